"""What a scale takes as answers, and how items are turned."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.scales.answers import Scale, complete_rows, described_rows, few_answers, oriented, told

THREE = Scale(("heard", "ignored", "fair"), 1, 5, reverse=("ignored",))


def test_a_reversed_item_is_turned_around_the_middle_and_a_missing_answer_stays_missing():
    assert np.array_equal(oriented([[1, 1, None], [5, 2, 3]], THREE), [[1, 5, np.nan], [5, 4, 3]], equal_nan=True)


def test_turning_twice_gives_the_answers_back():
    answers = np.random.default_rng(3).integers(1, 6, (40, 3)).astype(float)

    assert np.array_equal(oriented(oriented(answers, THREE), THREE), answers)


def test_the_answers_given_are_not_changed():
    answers = np.array([[1.0, 1.0, 1.0]])
    oriented(answers, THREE)

    assert answers.tolist() == [[1, 1, 1]]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([[1, 2, 6]], "Person 0 .* answered 6.0 to item 'fair'; answers lie between 1 and 5 in steps of 1"),
        ([[1, 2, 3], [0, 1, 1]], "Person 1 .* answered 0.0 to item 'heard'"),
        ([[1, 2.5, 3]], "answered 2.5 to item 'ignored'"),
        ([[1, 2]], "2 columns, but the scale names 3 items"),
        ([1, 2, 3], "2 dimensions"),
        ([[1, 2, float("inf")]], "finite"),
        ([["a", "b", "c"]], "must be numbers"),
        ([[1, 2], [1]], "rows of one length"),
        (np.empty((0, 3)), "at least one number"),
        (np.ones((2, 1_000_000)), "1000000 columns"),
    ],
)
def test_answers_that_could_not_be_given_are_refused(answers, message):
    with pytest.raises(ScienceError, match=message):
        oriented(answers, THREE)


def test_something_that_is_no_scale_is_refused():
    with pytest.raises(ScienceError, match="must be a Scale, not tuple"):
        oriented([[1, 2]], ("a", "b"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"names": ("a",)}, "between 2 and 1,000 items, not 1"),
        ({"names": tuple(str(i) for i in range(1_001))}, "not 1,001"),
        ({"names": ("a", "a")}, "same name"),
        ({"names": ("a", "")}, "tuple of text"),
        ({"names": ["a", "b"]}, "tuple of text"),
        ({"reverse": ("c",)}, "'c' is to be reversed"),
        ({"minimum": 5, "maximum": 1}, "must lie below"),
        ({"minimum": float("nan")}, "finite"),
        ({"step": 0}, "Steps of 0"),
        ({"step": 3}, "do not lead from 1 to 5"),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused(fields, message):
    with pytest.raises(ScienceError, match=message):
        Scale(**{"names": ("a", "b"), "minimum": 1, "maximum": 5, **fields})


def test_a_scale_counts_its_options():
    assert (Scale(("a", "b"), 0, 1).options, Scale(("a", "b"), 0, 1, step=0.1).options) == (2, 11)
    assert Scale(("a", "b"), 0, 1, step=None).options is None


def test_any_number_may_be_answered_without_steps():
    assert oriented([[0.123, 1]], Scale(("a", "b"), 0, 1, step=None)).tolist() == [[0.123, 1]]


def test_only_people_with_every_item_answered_are_complete():
    answers = np.tile([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]], (6, 1))
    answers[0, 0] = np.nan

    assert complete_rows(answers, THREE).shape == (11, 3)


def test_too_few_complete_people_are_refused():
    answers = np.tile([[1.0, 2.0, 3.0], [2.0, 3.0, 4.0]], (5, 1))
    answers[0, 0] = np.nan

    with pytest.raises(ScienceError, match="Fewer than 10 people answered every item"):
        complete_rows(answers, THREE)


def test_an_item_that_does_not_vary_is_refused_by_name():
    answers = np.tile([[1.0, 2.0, 3.0], [2.0, 2.0, 4.0]], (6, 1))

    with pytest.raises(ScienceError, match="'ignored' has the same answer from everybody"):
        complete_rows(answers, THREE)


@pytest.mark.parametrize(("partly", "left"), [(9, 21), (10, 31)])
def test_people_who_answered_some_items_only_are_left_out_where_they_are_few(partly, left):
    rows = np.array([[1.0, 2]] * 20 + [[3, np.nan]] * partly + [[np.nan, np.nan]])

    assert len(described_rows(rows, 10)) == left


@pytest.mark.parametrize(("count", "shown"), [(0, None), (9, None), (10, 10)])
def test_how_many_did_not_answer_is_told_of_no_few(count, shown):
    assert told(count, 10) == shown


def test_few_answers_are_said_to_be_few():
    [caution] = few_answers(99)

    assert "rest on 99 people" in caution


def test_a_hundred_answers_need_no_caution():
    assert few_answers(100) == ()
