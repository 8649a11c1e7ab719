"""Tables with totals and levels: what is shown is true, what is withheld passes the audit."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.disclosure import Cell
from lecen.science.disclosure.audit import audit
from lecen.science.disclosure.complement import protect_table
from lecen.science.disclosure.tables import Release, flat, totals_of, tree
from lecen.science.errors import ScienceError

AREA = tree("area", {"city": ["north", "south"], "north": ["b1", "b2", "b3"], "south": ["b4", "b5"]})
AGE = flat("age", ["18-34", "35-64", "65+"])
ANSWER = flat("answer", ["yes", "no"])
LONE = tree("area", {"city": ["center", "rest"], "center": ["b1"], "rest": ["b2", "b3"]})
YOUNG_OLD = (flat("age", ["young", "old"]), ANSWER)
SHAPES = [(AREA,), (AREA, ANSWER), (AGE, ANSWER), (LONE, ANSWER), (AGE, ANSWER, flat("sex", ["f", "m"]))]


@st.composite
def tables(draw, shapes=SHAPES, most=40):
    dimensions = draw(st.sampled_from(shapes))
    leaves = list(product(*(dimension.leaves for dimension in dimensions)))
    counts = draw(st.lists(st.integers(0, most), min_size=len(leaves), max_size=len(leaves)))
    return dimensions, dict(zip(leaves, counts, strict=True))


def values(release):
    return {key: cell.value for key, cell in release.cells.items()}


@settings(max_examples=12, deadline=None)
@given(tables(), st.integers(2, 12))
def test_release_shows_true_counts_and_none_below_k(table, k):
    dimensions, counts = table
    figures = totals_of(counts, dimensions)

    release = protect_table(counts, dimensions, k)

    assert set(release.cells) == set(figures)
    assert all(cell.value in (None, figures[key]) for key, cell in release.cells.items())
    assert all(cell.suppressed or cell.value >= k for cell in release.cells.values())
    assert release.total == Cell(sum(counts.values()) if sum(counts.values()) >= k else None)


@settings(max_examples=8, deadline=None)
@given(tables(), st.integers(2, 12))
def test_release_passes_the_audit_with_every_value_proved(table, k):
    dimensions, counts = table

    result = audit([protect_table(counts, dimensions, k)], k)

    assert (result.exposed, result.proved) == ((), True)


def test_a_table_without_small_counts_is_shown_whole():
    counts = dict.fromkeys(product(AREA.leaves, AGE.leaves), 20)

    assert protect_table(counts, (AREA, AGE)).complete


def test_a_table_below_k_people_is_withheld_whole():
    assert protect_table({("yes",): 4, ("no",): 5}, (ANSWER,)).withheld


def test_a_small_beat_takes_one_other_beat_of_its_district_along():
    counts = {("b1",): 4, ("b2",): 30, ("b3",): 50, ("b4",): 25, ("b5",): 40}

    release = protect_table(counts, (AREA,))

    assert [key for key, cell in release.cells.items() if cell.suppressed] == [("b1",), ("b2",)]


def test_a_district_is_withheld_where_its_beats_could_not_hide_their_sum():
    # b4 and b5 sum to 8, so the district is small too, and the other district must not give it away.
    counts = {("b1",): 20, ("b2",): 30, ("b3",): 50, ("b4",): 3, ("b5",): 5}

    release = protect_table(counts, (AREA,))

    assert {key for key, cell in release.cells.items() if not cell.suppressed} == {("city",)}


def test_a_label_divided_into_one_is_that_one():
    counts = {("b1",): 40, ("b2",): 3, ("b3",): 30}

    release = protect_table(counts, (LONE,))

    assert values(release) == {
        ("city",): 73, ("center",): 40, ("b1",): 40, ("rest",): 33, ("b2",): None, ("b3",): None,
    }  # fmt: skip


def test_a_small_cell_of_three_dimensions_is_hidden_by_cells_alone():
    # One cube of eight would let the small cell move, but half of its corners could not come down to 0.
    dimensions = (AGE, ANSWER, flat("sex", ["f", "m", "x"]))
    counts = dict.fromkeys(product(AGE.leaves, ANSWER.leaves, ("f", "m", "x")), 30)
    counts["65+", "no", "x"] = 2

    release = protect_table(counts, dimensions)

    assert release.cells["65+", "no", "x"].suppressed
    assert all(not cell.suppressed for key, cell in release.cells.items() if "all" in key)


def test_small_counts_do_not_hide_behind_each_other_where_all_must_be_large_among_the_small():
    # 9 and 9 sum to 18: who takes both for small knows both, so a third is withheld.
    release = protect_table({("18-34",): 9, ("35-64",): 9, ("65+",): 40}, (AGE,))

    assert values(release) == {("all",): 58, ("18-34",): None, ("35-64",): None, ("65+",): None}


@settings(max_examples=5, deadline=None)
@given(tables([(AREA, ANSWER)]), st.randoms(use_true_random=False))
def test_release_does_not_depend_on_the_order_of_the_counts(table, random):
    dimensions, counts = table
    shuffled = list(counts.items())
    random.shuffle(shuffled)

    assert protect_table(dict(shuffled), dimensions) == protect_table(counts, dimensions)


def test_protect_table_says_what_is_wrong_with_bad_input():
    with pytest.raises(ScienceError, match="k must be at least 2"):
        protect_table({("yes",): 40, ("no",): 50}, (ANSWER,), 1)
    with pytest.raises(ScienceError, match="A table must have 1 to 3"):
        protect_table({}, ())
    with pytest.raises(ScienceError, match="The step must be at least 0"):
        protect_table({("yes",): 40, ("no",): 50}, (ANSWER,), step=-1)


def people(draw, dimensions, most):
    labels = st.fixed_dictionaries({one.name: st.sampled_from(one.leaves) for one in dimensions})
    return draw(st.lists(labels, min_size=10, max_size=most))


def counted(persons, dimensions):
    counts = dict.fromkeys(product(*(one.leaves for one in dimensions)), 0)
    for person in persons:
        counts[tuple(person[one.name] for one in dimensions)] += 1
    return counts


@settings(max_examples=4, deadline=None)
@given(st.data(), st.integers(2, 6))
def test_a_second_table_about_the_same_people_passes_the_audit_with_the_first(data, k):
    persons = people(data.draw, (AREA, AGE, ANSWER), 24)
    first = protect_table(counted(persons, (AGE, ANSWER)), (AGE, ANSWER), k)

    second = protect_table(counted(persons, (AREA, ANSWER)), (AREA, ANSWER), k, earlier=[first])

    assert audit([first, second], k).exposed == ()


@settings(max_examples=4, deadline=None)
@given(st.data(), st.integers(2, 6))
def test_a_table_with_more_people_passes_the_audit_with_the_one_before(data, k):
    persons = people(data.draw, (AGE, ANSWER), 30)
    first = protect_table(counted(persons[:-k], (AGE, ANSWER)), (AGE, ANSWER), k)

    second = protect_table(counted(persons, (AGE, ANSWER)), (AGE, ANSWER), k, earlier=[first], step=1)

    assert audit([first, second], k).exposed == ()


@settings(max_examples=10, deadline=None)
@given(st.data(), st.integers(2, 6))
def test_n_alone_can_always_be_shown_where_k_more_of_the_same_labels_are_counted(data, k):
    # So a refusal there would be a fault: beside n, each figure may have any of the people added, or none.
    persons = people(data.draw, (AGE, ANSWER), 30)
    figures = totals_of(counted(persons, (AGE, ANSWER)), (AGE, ANSWER))
    first = protect_table(counted(persons[:-k], (AGE, ANSWER)), (AGE, ANSWER), k)

    alone = {key: Cell(len(persons) if key == ("all", "all") else None) for key in figures}

    assert audit([first, Release((AGE, ANSWER), alone, k, 1)], k).exposed == ()


def test_a_second_table_withholds_more_than_it_would_alone():
    # Of the 60 people added none is old and said no; the difference of both tables must not tell.
    first = protect_table({("young", "yes"): 40, ("young", "no"): 40, ("old", "yes"): 40, ("old", "no"): 12}, YOUNG_OLD)
    later = {("young", "yes"): 60, ("young", "no"): 60, ("old", "yes"): 60, ("old", "no"): 12}

    alone = protect_table(later, YOUNG_OLD, step=1)
    beside = protect_table(later, YOUNG_OLD, earlier=[first], step=1)

    assert alone.complete
    assert beside.cells["old", "no"].suppressed
    assert beside.total == Cell(192)


def test_fewer_than_k_new_people_are_refused():
    first = protect_table({("yes",): 40, ("no",): 50}, (ANSWER,))

    with pytest.raises(ScienceError, match="until at least k more people are counted"):
        protect_table({("yes",): 44, ("no",): 55}, (ANSWER,), earlier=[first], step=1)


def test_a_table_that_contradicts_an_earlier_one_is_refused():
    first = protect_table({("yes",): 40, ("no",): 50}, (ANSWER,))

    with pytest.raises(ScienceError, match="contradict"):
        protect_table({("yes",): 30, ("no",): 70}, (ANSWER,), earlier=[first], step=1)
    with pytest.raises(ScienceError, match="An earlier release has a later step than this table"):
        protect_table(
            {("yes",): 44, ("no",): 55},
            (ANSWER,),
            earlier=[protect_table({("yes",): 40, ("no",): 50}, (ANSWER,), step=3)],
        )
