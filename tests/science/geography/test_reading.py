"""Adults, their errors and the protected table, as they are read."""

import math

import pytest

from lecen.science.errors import ScienceError
from lecen.science.geography.reading import ELSEWHERE, UNPLACED, read_adults, standard_errors, table_of_counts


def test_adults_that_are_not_known_are_none():
    assert read_adults({"a": 3, "b": None, "c": math.nan}) == {"a": 3.0, "b": None, "c": None}


def test_a_margin_at_ninety_percent_is_one_and_two_thirds_standard_errors():
    assert standard_errors({"a": 1645}, {"a": 9000.0, "b": None}, 0.9, 10) == {
        "a": pytest.approx(1000, rel=1e-3),
        "b": 0,
    }


def test_every_area_and_both_other_cells_always_stand_in_the_table():
    assert table_of_counts({"a": 3, "far": 2, "farther": 4}, ["a", "b"], 5) == {
        "a": 3,
        "b": 0,
        ELSEWHERE: 6,
        UNPLACED: 5,
    }


def test_the_other_cells_come_after_every_area():
    assert sorted(["zebra", ELSEWHERE, "Ωmega", UNPLACED, "漢字"])[-2:] == [ELSEWHERE, UNPLACED]


def test_an_area_cannot_have_the_name_of_such_a_cell():
    with pytest.raises(ScienceError, match=r"^Areas must be names in text; "):
        read_adults({ELSEWHERE: 300})


def test_a_margin_of_an_area_too_small_to_be_compared_may_be_of_any_size():
    assert standard_errors({"park": 1645}, {"park": 3.0}, 0.9, 10) == {"park": pytest.approx(1000, rel=1e-3)}


def test_one_number_that_is_none_is_named_among_many():
    with pytest.raises(ScienceError, match=r"^The population of 'b' must be numbers"):
        read_adults({"a": 300, "b": "many", "c": 200})
