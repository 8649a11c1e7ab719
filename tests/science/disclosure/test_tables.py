"""Dimensions, their trees, and releases of tables."""

import pytest

from lecen.science.disclosure import Cell, protect
from lecen.science.disclosure.tables import Release, check_counts, check_dimensions, flat, release_of, totals_of, tree
from lecen.science.errors import ScienceError

AREA = tree("area", {"city": ["north", "south"], "north": ["beat 1", "beat 2"], "south": ["beat 3"]})
AGE = flat("age", ["young", "old"])


def test_a_tree_lists_each_label_before_what_lies_in_it():
    assert AREA.total == "city"
    assert AREA.labels == ("city", "north", "beat 1", "beat 2", "south", "beat 3")
    assert AREA.leaves == ("beat 1", "beat 2", "beat 3")
    assert AREA.leaves_in["north"] == ("beat 1", "beat 2")
    assert AREA.leaves_in["city"] == AREA.leaves
    assert AREA.leaves_in["beat 3"] == ("beat 3",)


def test_a_flat_dimension_has_one_total():
    assert (AGE.total, AGE.labels) == ("all", ("all", "young", "old"))


def test_totals_add_up_over_all_levels_of_both_dimensions():
    counts = {(beat, age): 10 * int(beat[-1]) + (age == "old") for beat in AREA.leaves for age in AGE.leaves}

    figures = totals_of(counts, (AREA, AGE))

    assert len(figures) == 6 * 3
    assert next(iter(figures)) == ("city", "all")
    assert figures["city", "all"] == sum(counts.values()) == 123
    assert (figures["north", "old"], figures["south", "all"], figures["city", "young"]) == (32, 61, 60)


def test_what_protect_gives_becomes_a_release():
    release = release_of(protect({("a", "x"): 30, ("a", "y"): 20, ("b", "x"): 25, ("b", "y"): 40}), "row", "column")

    assert release.cells["all", "all"] == release.total == Cell(115)
    assert (release.cells["a", "all"], release.cells["all", "y"], release.cells["b", "y"]) == (
        Cell(50),
        Cell(60),
        Cell(40),
    )
    assert (release.complete, release.withheld, release.step) == (True, False, 0)


def test_a_one_way_release_has_keys_of_one_label():
    release = release_of(protect({"yes": 2, "no": 3}), "answer", step=4)

    assert set(release.cells) == {("all",), ("yes",), ("no",)}
    assert (release.withheld, release.step) == (True, 4)


@pytest.mark.parametrize(
    ("children", "sentence"),
    [
        ({}, "The labels of 'area' must be text, at least one under each that is divided."),
        ({"city": []}, "The labels of 'area' must be text, at least one under each that is divided."),
        ({"city": ["a"], "a": []}, "The label 'a' of 'area' is divided into nothing."),
        ({"city": ["a", 3]}, "The labels of 'area' must be text, at least one under each that is divided."),
        ({"city": ["a", "a"]}, "The label 'a' of 'area' stands in two places."),
        ({"city": ["a"], "town": ["b"]}, "The labels of 'area' must have one total, not 2."),
        ({"a": ["b"], "b": ["a"]}, "The labels of 'area' must have one total, not 0."),
        ({"city": ["c"], "a": ["b"], "b": ["a"]}, "Some labels of 'area' lie in a circle."),
    ],
)
def test_a_tree_says_what_is_wrong_with_it(children, sentence):
    with pytest.raises(ScienceError) as caught:
        tree("area", children)

    assert str(caught.value) == sentence


def test_a_dimension_has_a_name_and_no_label_like_its_total():
    with pytest.raises(ScienceError, match="A dimension's name must be text, not 3"):
        flat(3, ["a"])
    with pytest.raises(ScienceError, match="must have one total, not 0"):
        flat("age", ["all", "old"])


@pytest.mark.parametrize(
    ("dimensions", "sentence"),
    [
        ((), "A table must have 1 to 3 dimensions, made by `flat` or `tree`."),
        ((AGE, "age"), "A table must have 1 to 3 dimensions, made by `flat` or `tree`."),
        ((AGE, AGE), "The dimensions of a table must have different names."),
        (
            [flat(name, map(str, range(1000))) for name in "ab"],
            "The table has 1,002,001 figures; at most 20,000 can be protected at once.",
        ),
    ],
)
def test_dimensions_of_a_table_are_checked(dimensions, sentence):
    with pytest.raises(ScienceError) as caught:
        check_dimensions(dimensions)

    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([1, 2], "The table must map combinations of labels to counts of people."),
        ({("young",): 1}, "The table is ragged: there is no count for ('old',)."),
        ({("young",): 1, ("older",): 1}, "The label ('older',) is no combination of the dimensions' finest labels."),
        ({("young",): 1, ("old",): -1}, "The count of ('old',) must be at least 0, not -1."),
        ({("young",): 1, ("old",): float("nan")}, "The count of ('old',) must be a whole number, not nan."),
        ({("young",): 1, ("old",): 10**12}, "The count of ('old',) must be at most 100000000, not 1000000000000."),
    ],
)
def test_counts_of_a_table_are_checked(counts, sentence):
    with pytest.raises(ScienceError) as caught:
        check_counts(counts, [AGE])

    assert str(caught.value) == sentence


def test_release_of_wants_a_name_for_each_dimension():
    with pytest.raises(ScienceError, match="The table has 1 dimensions, and 2 names are given"):
        release_of(protect({"yes": 20}), "answer", "age")


def test_a_release_without_a_total_has_none():
    assert Release((AGE,), {("young",): Cell(12)}, 10).total is None
