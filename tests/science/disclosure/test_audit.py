"""The audit, beside a reader who tries every table."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.disclosure import WITHHELD, Cell, protect
from lecen.science.disclosure.audit import Exposure, audit, require_safe
from lecen.science.disclosure.tables import Release, flat, release_of, totals_of, tree
from lecen.science.errors import ScienceError
from tests.science.disclosure.readers import exposed_by_trying

AREA = tree("area", {"city": ["north", "b3"], "north": ["b1", "b2"]})
ROWS, COLUMNS, LAYERS = (flat(name, [f"{name}1", f"{name}2"]) for name in "rcl")
ANSWER = flat("answer", ["yes", "no"])
SHAPES = [(AREA,), (ROWS, COLUMNS), (AREA, ANSWER), (ROWS, COLUMNS, LAYERS)]
MOST = 11
PAIRS = [("abd", "c"), ("bcd", "a"), ("acd", "b")]


@st.composite
def releases(draw):
    """A small table and any pattern of withheld figures, safe or not."""
    dimensions = draw(st.sampled_from(SHAPES))
    leaves = list(product(*(dimension.leaves for dimension in dimensions)))
    counts, left = {}, MOST
    for leaf in leaves:
        counts[leaf] = draw(st.integers(0, min(left, 5)))
        left -= counts[leaf]
    figures = totals_of(counts, dimensions)
    open_ = draw(st.sets(st.sampled_from(sorted(figures)[1:] if len(figures) > 1 else sorted(figures))))
    shown = {key: WITHHELD if key in open_ else Cell(count) for key, count in figures.items()}
    shown[tuple(one.total for one in dimensions)] = Cell(sum(counts.values()))
    return Release(dimensions, shown, draw(st.integers(2, 4)))


def found_by(result):
    return {(one.release, one.key, one.since): (one.low, one.high, one.missing) for one in result.exposed}


@settings(max_examples=120, deadline=None)
@given(releases())
def test_audit_finds_what_a_reader_finds_who_tries_every_table(release):
    result = audit([release], release.k)

    assert found_by(result) == exposed_by_trying([release], release.k, MOST)
    assert result.proved


def counts_of(people, release_dimensions):
    """Count people, given by their labels in every dimension, in one table."""
    names = [one.name for one in release_dimensions]
    counts = dict.fromkeys(product(*(one.leaves for one in release_dimensions)), 0)
    for person in people:
        counts[tuple(person[name] for name in names)] += 1
    return totals_of(counts, release_dimensions)


def drawn_release(draw, people, dimensions, k, *, step=0):
    """Any pattern over the true counts of a table; the total is shown."""
    figures = counts_of(people, dimensions)
    total = next(iter(figures))
    hidden = draw(st.sets(st.sampled_from([key for key in figures if key != total])))
    return Release(dimensions, {key: WITHHELD if key in hidden else Cell(one) for key, one in figures.items()}, k, step)


@st.composite
def pairs_about_the_same_people(draw):
    labels = st.fixed_dictionaries({one.name: st.sampled_from(one.leaves) for one in (ROWS, COLUMNS, LAYERS)})
    people, k = draw(st.lists(labels, min_size=1, max_size=8)), draw(st.integers(2, 3))
    return [drawn_release(draw, people, one, k) for one in ((ROWS, COLUMNS), (COLUMNS, LAYERS))]


@st.composite
def pairs_in_time(draw):
    labels = st.fixed_dictionaries({AREA.name: st.sampled_from(AREA.leaves)})
    people = draw(st.lists(labels, min_size=1, max_size=12))
    before, k = draw(st.integers(1, len(people))), draw(st.integers(2, 3))
    return [drawn_release(draw, people[:before], (AREA,), k), drawn_release(draw, people, (AREA,), k, step=1)]


@st.composite
def pairs_of_groupings(draw):
    people = draw(st.lists(st.fixed_dictionaries({"age": st.sampled_from("abcd")}), min_size=1, max_size=14))
    k, whole = draw(st.integers(2, 4)), Cell(len(people))
    for_trees = [
        (tree("age", {"all": ["low", *high], "low": list(low)}), low) for low, high in (("ab", "cd"), ("abc", "d"))
    ]
    shown = [sum(person["age"] in low for person in people) for _, low in for_trees]
    return [
        Release((one,), {("all",): whole, ("low",): Cell(count)}, k)
        for (one, _), count in zip(for_trees, shown, strict=True)
    ]


@settings(max_examples=100, deadline=None)
@given(st.one_of(pairs_about_the_same_people(), pairs_in_time(), pairs_of_groupings()))
def test_audit_of_two_releases_finds_what_a_reader_finds_who_tries_every_table(pair):
    k = pair[0].k

    result = audit(pair, k)

    assert found_by(result) == exposed_by_trying(pair, k, pair[-1].total.value)
    assert result.proved


def test_two_groupings_of_ages_give_away_the_age_between_them():
    first = tree("age", {"all": ["minors", "adults"], "minors": ["0-17"], "adults": ["18-20", "21+"]})
    second = tree("age", {"all": ["young", "21+"], "young": ["0-17", "18-20"]})
    shown = [
        Release((first,), {("all",): Cell(100), ("minors",): Cell(40), ("adults",): Cell(60)}, 10),
        Release((second,), {("all",): Cell(100), ("young",): Cell(45), ("21+",): Cell(55)}, 10),
    ]

    assert audit(shown[:1]).safe
    assert audit(shown[1:]).safe
    assert {(one.key, one.low, one.high) for one in audit(shown).exposed} == {(("18-20",), 5, 5)}


def test_ten_new_people_who_answered_alike_are_given_away_by_the_difference():
    before = Release((ANSWER,), {("all",): Cell(60), ("yes",): Cell(30), ("no",): Cell(30)}, 10)
    after = Release((ANSWER,), {("all",): Cell(70), ("yes",): Cell(40), ("no",): Cell(30)}, 10, step=1)

    assert audit([before, after]).exposed == (Exposure(1, ("no",), 0, 0, 0),)


def test_a_difference_of_fewer_than_k_people_is_found_behind_an_unchanged_pattern():
    before = Release((ANSWER,), {("all",): Cell(60), ("yes",): WITHHELD, ("no",): WITHHELD}, 10)
    after = Release((ANSWER,), {("all",): Cell(64), ("yes",): WITHHELD, ("no",): WITHHELD}, 10, step=1)

    assert {(one.key, one.since, one.low, one.high) for one in audit([before, after]).exposed} == {
        (("all",), 0, 4, 4),
        (("yes",), 0, 0, 4),
        (("no",), 0, 0, 4),
    }


def grid(cells, row_totals, column_totals, n):
    """A two-way release from rows of counts, None for withheld."""
    rows, columns = [f"r{at}" for at in range(len(cells))], [f"c{at}" for at in range(len(cells[0]))]
    shown = {("all", "all"): Cell(n)}
    shown |= {(row, "all"): Cell(total) for row, total in zip(rows, row_totals, strict=True)}
    shown |= {("all", column): Cell(total) for column, total in zip(columns, column_totals, strict=True)}
    shown |= {(rows[a], columns[b]): Cell(count) for a, line in enumerate(cells) for b, count in enumerate(line)}
    return Release((flat("row", rows), flat("column", columns)), shown, 10)


def test_a_lone_withheld_cell_is_computed_by_subtraction():
    result = audit([grid([[None, 20], [30, 40]], [24, 70], [34, 60], 94)])

    assert result.exposed == (Exposure(0, ("r0", "c0"), None, 4, 4),)


def test_a_square_of_withheld_cells_is_narrowed_by_its_sums():
    result = audit([grid([[None, None], [None, None]], [14, 26], [20, 20], 40)])

    assert [(one.key, one.low, one.high) for one in result.exposed] == [(("r1", "c0"), 6, 20), (("r1", "c1"), 6, 20)]


def test_whole_numbers_may_leave_holes_that_linear_programs_do_not_see():
    # a + b + d = b + c + d = a + c + d = 20 makes a = b = c, so 20 - d is even: nine values of d become four.
    trees = [tree("age", {"all": [three, one], three: list(three)}) for three, one in PAIRS]
    result = audit([Release((one,), {(one.labels[1],): Cell(20)}, 10) for one in trees])

    found = {one.key: (one.low, one.high, one.missing) for one in result.exposed}
    assert found == {("d",): (0, 20, (1, 3, 5, 7, 9))}
    assert result.proved


def test_what_is_not_proved_is_said():
    trees = [tree("age", {"all": [three, one], three: list(three)}) for three, one in PAIRS]

    result = audit([Release((one,), {(one.labels[1],): Cell(20)}, 10) for one in trees], most_programs=3)

    assert (result.safe, result.proved, result.open > 0) == (True, False, True)


def test_a_table_withheld_whole_tells_that_it_is_small_and_no_more():
    assert audit([release_of(protect({"yes": 3, "no": 4}), "answer")]).safe


def test_require_safe_names_the_first_figure():
    with pytest.raises(ScienceError) as caught:
        require_safe([grid([[None, 20], [30, 40]], [24, 70], [34, 60], 94)])

    assert str(caught.value) == (
        "Not to be released: readers could narrow down 1 figures; the first is that of r0, c0."
    )


def test_require_safe_gives_the_audit_of_a_safe_release():
    result = require_safe([release_of(protect({"yes": 30, "no": 4, "unsure": 40}), "answer")])

    assert (result.safe, result.proved, result.figures) == (True, True, 2)


def test_releases_that_contradict_themselves_are_refused():
    with pytest.raises(ScienceError, match="contradict each other"):
        audit([grid([[None, 20], [30, 40]], [14, 70], [34, 60], 94)])
    with pytest.raises(ScienceError, match="contradict each other"):
        audit([grid([[10, 20], [30, 40]], [31, 70], [40, 60], 100)])


@pytest.mark.parametrize(
    ("releases", "k", "sentence"),
    [
        ([], 10, "The audit needs at least one release, each a Release."),
        ([3], 10, "The audit needs at least one release, each a Release."),
        ([Release((ROWS,), {("x",): Cell(3)}, 10)], 10, "The figure ('x',) is no combination of its table's labels."),
        ([Release((ROWS,), {("all",): Cell(30)}, 10)], 1, "k must be at least 2, not 1."),
    ],
)
def test_audit_says_what_is_wrong_with_bad_input(releases, k, sentence):
    with pytest.raises(ScienceError) as caught:
        audit(releases, k)

    assert str(caught.value) == sentence
