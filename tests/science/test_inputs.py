"""Single values, names and records that methods are given."""

from dataclasses import dataclass

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, names, records, whole, yes_or_no


def test_a_whole_number_of_any_kind_is_taken():
    assert (whole(3, "k"), whole(np.int64(3), "k", least=3, most=3)) == (3, 3)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2.0, "k must be a whole number, not 2.0."),
        (True, "k must be a whole number, not True."),
        ("2", "k must be a whole number, not '2'."),
        (None, "k must be a whole number, not None."),
        (np.array(3), "k must be a whole number, not array(3)."),
        (1, "k must be at least 2, not 1."),
        (6, "k must be at most 5, not 6."),
    ],
)
def test_anything_else_is_refused_by_name(value, message):
    with pytest.raises(ScienceError) as refusal:
        whole(value, "k", least=2, most=5)
    assert str(refusal.value) == message


@pytest.mark.parametrize("value", [0, 1, -0.1, 95, float("nan"), True, "0.5", None])
def test_a_level_lies_between_0_and_1(value):
    with pytest.raises(ScienceError, match="The level must lie between 0 and 1"):
        fraction(value, "The level")


def test_a_level_is_kept():
    assert fraction(np.float64(0.95), "The level") == 0.95


@pytest.mark.parametrize("value", ["no", 1, 0, None, np.bool_(True), float("nan")])
def test_only_true_and_false_are_yes_or_no(value):
    with pytest.raises(ScienceError, match="Whether it rains must be True or False"):
        yes_or_no(value, "Whether it rains")
    assert (yes_or_no(True, "It"), yes_or_no(False, "It")) == (True, False)


def test_names_are_kept_in_their_order():
    assert names((name for name in ("b", "a")), "The courses") == ("b", "a")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("ab", "The courses must be a list of names, not 'ab'."),
        (b"ab", "The courses must be a list of names, not b'ab'."),
        ({"a"}, "The courses must be a list of names, not {'a'}."),
        ({"a": 1}, "The courses must be a list of names, not {'a': 1}."),
        (5, "The courses must be a list of names, not 5."),
        (["a", " "], "The courses must be a list of names; one of them is ' '."),
        ([["a"]], "The courses must be a list of names; one of them is ['a']."),
        (["a", "b", "a"], "The courses must be named once each; 'a' stands there 2 times."),
    ],
)
def test_what_is_no_list_of_names_is_refused(values, message):
    with pytest.raises(ScienceError) as refusal:
        names(values, "The courses")
    assert str(refusal.value) == message


@dataclass(frozen=True)
class Room:
    name: str


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "There must be at least one of the rooms."),
        (None, "The rooms must be a list of Room, not None."),
        (["hall"], "The rooms must be a list of Room; one of them is 'hall'."),
        ([Room("")], "Each of the rooms needs a name; one of them has ''."),
        ([Room("a"), Room("a")], "The rooms must be named once each; 'a' stands there 2 times."),
    ],
)
def test_what_are_no_records_is_refused(values, message):
    with pytest.raises(ScienceError) as refusal:
        records(values, Room, "rooms")
    assert str(refusal.value) == message
