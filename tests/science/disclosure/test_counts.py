"""The small-number rule, tried by readers who enumerate every table that a release leaves possible."""

import doctest
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lecen.science.disclosure import Cell, protect, release_size
from lecen.science.errors import ScienceError

WITHHELD = Cell(None)
PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "small-numbers.md"


def values(cells):
    return {label: cell.value for label, cell in cells.items()}


def lines(most, widest=6):
    return st.lists(st.integers(0, most), min_size=1, max_size=widest).map(
        lambda counts: {str(place): count for place, count in enumerate(counts)}
    )


def grids(most, rows=3, columns=3):
    sizes = st.tuples(st.integers(1, rows), st.integers(1, columns))
    return sizes.flatmap(
        lambda size: st.fixed_dictionaries(
            {(f"r{row}", f"c{column}"): st.integers(0, most) for row in range(size[0]) for column in range(size[1])}
        )
    )


def sums_to(total, parts):
    """Every way to put `total` people into `parts` cells."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in sums_to(total - first, parts - 1):
            yield (first, *rest)


def is_possible(release, figure, value):
    """Whether some two-way table has the published cells and totals and this value in a withheld figure, by search."""
    rows, columns = release.labels
    order = list(product(rows, columns))
    known = {cell_label: cell.value for cell_label, cell in figures_of(release).items() if not cell.suppressed}
    known[figure] = value

    def fill(at, left, left_of):
        if at == len(order):
            return left == 0
        row, column = order[at]
        lines = [line for line in (("row", row), ("column", column)) if line in left_of]
        most = min(left, *(left_of[line] for line in lines), left)
        # The last cell of a line with a known total is what is left of it.
        forced = {left_of[line] for line in lines if order[at] == (row, columns[-1]) and line[0] == "row"}
        forced |= {left_of[line] for line in lines if order[at] == (rows[-1], column) and line[0] == "column"}
        forced |= {known[order[at]]} if order[at] in known else set()
        choices = range(most + 1) if not forced else forced if len(forced) == 1 else ()
        return any(
            fill(at + 1, left - one, {line: rest - one * (line in lines) for line, rest in left_of.items()})
            for one in choices
            if one <= most
        )

    return fill(0, release.total.value, {line: known[line] for line in known if line[0] in {"row", "column"}})


def figures_of(release):
    """All cells and totals of a two-way release under one kind of label."""
    totals = {("row", label): cell for label, cell in release.row_totals.items()}
    totals |= {("column", label): cell for label, cell in release.column_totals.items()}
    return {**release.cells, **totals}


def what_a_reader_can_exclude(release):
    """The withheld figures of a two-way table with a value in 0..k-1 that no possible table gives them."""
    hidden = [label for label, cell in figures_of(release).items() if cell.suppressed]
    return [(label, value) for label in hidden for value in range(release.k) if not is_possible(release, label, value)]


def test_protect_withholds_everything_below_k_people():
    release = protect({"yes": 4, "no": 5})

    assert release.withheld
    assert (values(release.cells), release.total) == ({"yes": None, "no": None}, WITHHELD)


def test_protect_shows_a_table_without_small_counts():
    release = protect({"yes": 25, "no": 10})

    assert release.complete
    assert (values(release.cells), release.total, release.labels) == (
        {"yes": 25, "no": 10},
        Cell(35),
        (("yes", "no"),),
    )


def test_protect_shows_exactly_k_people_in_one_answer_where_there_is_no_other():
    assert values(protect({"here": 10}).cells) == {"here": 10}


def test_protect_does_not_show_that_everyone_answered_alike():
    release = protect({"1": 0, "2": 0, "3": 40})

    assert (values(release.cells), release.total) == ({"1": None, "2": None, "3": None}, Cell(40))


def test_protect_withholds_the_neighbor_of_a_small_count():
    release = protect({"1": 4, "2": 25, "3": 30, "4": 41})

    assert values(release.cells) == {"1": None, "2": None, "3": 30, "4": 41}


def test_protect_orders_whole_numbers_as_numbers():
    release = protect({"10": 4, "9": 20, "1": 20, "2": 20})

    assert values(release.cells) == {"10": None, "9": None, "1": 20, "2": 20}


def test_protect_keeps_the_small_group_of_a_two_way_table_out_of_its_totals():
    counts = {("member", "yes"): 30, ("member", "no"): 25, ("guest", "yes"): 5, ("guest", "no"): 2}

    release = protect(counts)

    assert values(release.row_totals) == {"member": None, "guest": None}
    assert values(release.column_totals) == {"yes": 35, "no": 27}
    assert all(cell.suppressed for cell in release.cells.values())


def test_protect_withholds_a_two_way_table_below_k_people_whole():
    release = protect({("a", "x"): 1, ("a", "y"): 3, ("b", "x"): 2, ("b", "y"): 3})

    figures = (*release.cells.values(), *release.row_totals.values(), *release.column_totals.values(), release.total)
    assert set(figures) == {WITHHELD}


def test_protect_keeps_the_totals_of_a_two_way_table_as_its_one_way_tables_show_them():
    counts = {(row, column): 12 + 7 * (column == "y") for row in "abc" for column in "xyz"}
    counts["a", "x"] = 3

    release = protect(counts)

    assert release.row_totals == protect({row: sum(counts[row, c] for c in "xyz") for row in "abc"}).cells
    assert release.column_totals == protect({column: sum(counts[r, column] for r in "abc") for column in "xyz"}).cells
    assert release.cells["a", "x"] == WITHHELD


@settings(max_examples=700, deadline=None)
@given(lines(40), st.integers(2, 12))
def test_one_way_release_shows_true_counts_and_none_below_k(counts, k):
    release = protect(counts, k)

    assert all(cell.value in (None, counts[label]) for label, cell in release.cells.items())
    assert all(cell.suppressed for label, cell in release.cells.items() if counts[label] < k)
    assert release.total.value == (sum(counts.values()) if sum(counts.values()) >= k else None)


@settings(max_examples=700, deadline=None)
@given(lines(40), st.integers(2, 12))
def test_one_way_release_leaves_every_withheld_count_anything_below_k(counts, k):
    release = protect(counts, k)
    assume(not release.withheld)
    hidden = [label for label, cell in release.cells.items() if cell.suppressed]

    # With one sum for all of them, each of two or more withheld counts may be anything up to that sum.
    assert not hidden or (len(hidden) >= 2 and sum(counts[label] for label in hidden) >= k - 1)


@pytest.mark.parametrize(
    ("parts", "k", "most"), [(2, 2, 10), (3, 2, 10), (4, 2, 10), (2, 5, 25), (3, 3, 18), (4, 3, 14)]
)
def test_one_way_release_tells_no_small_count_to_a_reader_who_runs_this_code_on_every_table(parts, k, most):
    labels = [str(place) for place in range(parts)]
    for total in range(k, most + 1):
        tables_of = defaultdict(list)
        for counts in sums_to(total, parts):
            release = protect(dict(zip(labels, counts, strict=True)), k)
            tables_of[tuple(release.cells.values())].append(counts)
        for tables in tables_of.values():
            possible = [set(column) for column in zip(*tables, strict=True)]
            assert all(
                set(range(k)) <= possible[place] for counts in tables for place, count in enumerate(counts) if count < k
            )


@settings(max_examples=400, deadline=None)
@given(grids(40, 5, 5), st.integers(2, 12))
def test_two_way_release_shows_true_counts_and_none_below_k(counts, k):
    release = protect(counts, k)

    assert all(cell.value in (None, counts[label]) for label, cell in release.cells.items())
    shown = [*release.cells.values(), *release.row_totals.values(), *release.column_totals.values(), release.total]
    assert all(cell.suppressed or cell.value >= k for cell in shown)


@settings(max_examples=300, deadline=None)
@given(grids(7), st.integers(2, 4))
def test_two_way_release_leaves_every_withheld_figure_anything_below_k(counts, k):
    release = protect(counts, k)
    assume(not release.withheld)

    assert what_a_reader_can_exclude(release) == []


@settings(max_examples=30, deadline=None)
@given(grids(10, 2, 4), st.integers(4, 5))
def test_two_way_release_with_few_rows_leaves_every_withheld_figure_anything_below_k(counts, k):
    release = protect(counts, k)
    assume(not release.withheld)

    assert what_a_reader_can_exclude(release) == []


@pytest.mark.parametrize(("rows", "columns", "k", "total"), [(2, 2, 2, 12), (2, 2, 3, 16), (2, 3, 2, 9)])
def test_two_way_release_fixes_no_small_count_for_a_reader_who_runs_this_code_on_every_table(rows, columns, k, total):
    labels = list(product("abc"[:rows], "xyz"[:columns]))
    tables_of = defaultdict(list)
    for counts in sums_to(total, len(labels)):
        release = protect(dict(zip(labels, counts, strict=True)), k)
        figures = (*release.cells.values(), *release.row_totals.values(), *release.column_totals.values())
        tables_of[figures].append(counts)

    for tables in tables_of.values():
        possible = [set(column) for column in zip(*tables, strict=True)]
        assert all(len(possible[place]) > 1 for counts in tables for place, count in enumerate(counts) if count < k)


@settings(max_examples=150, deadline=None)
@given(st.one_of(lines(30), grids(30, 4, 4)), st.randoms(use_true_random=False))
def test_release_does_not_depend_on_the_order_of_the_table(counts, random):
    shuffled = list(counts.items())
    random.shuffle(shuffled)

    release, again = protect(counts), protect(dict(shuffled))

    assert (again.cells, again.row_totals, again.column_totals, again.total) == (
        release.cells,
        release.row_totals,
        release.column_totals,
        release.total,
    )


@pytest.mark.parametrize(
    ("table", "k", "sentence"),
    [
        ({}, 10, "The table must map at least one label to a count of people."),
        ([1, 2], 10, "The table must map at least one label to a count of people."),
        ({"a": -1}, 10, "The count of 'a' must be at least 0, not -1."),
        ({"a": 2.5}, 10, "The count of 'a' must be a whole number, not 2.5."),
        ({"a": float("nan")}, 10, "The count of 'a' must be a whole number, not nan."),
        ({"a": None}, 10, "The count of 'a' must be a whole number, not None."),
        ({"a": True}, 10, "The count of 'a' must be a whole number, not True."),
        ({"a": 20}, 1, "k must be at least 2, not 1."),
        ({"a": 20}, 9.5, "k must be a whole number, not 9.5."),
        (
            {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 3},
            10,
            "The table is ragged: row 'b' has no count for column 'y'.",
        ),
        (
            {"a": 1, ("b", "x"): 3},
            10,
            "Labels must all be text, or all be (row, column) of text; this one is not: 'a'.",
        ),
        (
            {("a", "x", "1"): 1},
            10,
            "Labels must all be text, or all be (row, column) of text; this one is not: ('a', 'x', '1').",
        ),
    ],
)
def test_protect_says_what_is_wrong_with_bad_input(table, k, sentence):
    with pytest.raises(ScienceError) as caught:
        protect(table, k)

    assert str(caught.value) == sentence


def test_release_size_grows_in_steps_of_k():
    assert [release_size(n) for n in (0, 9, 10, 19, 20, 137)] == [0, 0, 10, 10, 20, 130]
    assert release_size(14, 5) == 10


@pytest.mark.parametrize(("n", "k"), [(-1, 10), (10, 1), (2.5, 10)])
def test_release_size_refuses_bad_input(n, k):
    with pytest.raises(ScienceError):
        release_size(n, k)


def test_the_page_on_small_numbers_shows_what_the_code_answers():
    results = doctest.testfile(str(PAGE), module_relative=False)

    assert (results.failed, results.attempted) == (0, 12)
