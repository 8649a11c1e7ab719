"""Arrays that methods are given."""

import numpy as np
import pytest

from lecen.science import arrays
from lecen.science.arrays import SQUARABLE, counts, generator, labels_of, numbers
from lecen.science.errors import ScienceError


def test_rows_of_numbers_become_an_array():
    assert numbers([[1, 2], [3, None]], "Answers", dimensions=2, missing=True).shape == (2, 2)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "hold at least one number"),
        (["a"], "must be numbers"),
        ([[1], [1, 2]], "must be numbers in rows of one length"),
        ([[1.0]], "must have 1 dimensions, not 2"),
        (3.0, "must have 1 dimensions, not 0"),
        ([1.0, float("nan")], r"place 1 \(counted from 0\) holds nan"),
        ([float("inf")], r"place 0 \(counted from 0\) holds inf"),
        ([10**400], "must be numbers"),
        ([1j], "must be numbers"),
        (["1", "2"], "must be numbers"),
        (np.array(["2026-01-01"], dtype="M8[D]"), "must be numbers"),
        ({"a": 1}, "must be numbers"),
    ],
)
def test_what_is_no_list_of_finite_numbers_is_refused(values, message):
    with pytest.raises(ScienceError, match=message):
        numbers(values, "Weights")


def test_infinity_is_refused_where_answers_may_be_missing():
    with pytest.raises(ScienceError, match="place 0, 1"):
        numbers([[np.nan, np.inf]], "Answers", dimensions=2, missing=True)


def test_a_number_too_large_to_be_squared_is_refused_where_squares_are_taken():
    assert numbers([1e100], "Scores", largest=SQUARABLE).tolist() == [1e100]
    with pytest.raises(ScienceError, match=r"a size up to 1e\+100"):
        numbers([-1e101], "Scores", largest=SQUARABLE)


def test_too_many_numbers_are_refused_before_work_begins(monkeypatch):
    monkeypatch.setattr(arrays, "MOST_NUMBERS", 3)
    with pytest.raises(ScienceError, match="holds 4 numbers; at most 3"):
        numbers([1, 2, 3, 4], "Weights")


def test_a_seed_gives_the_same_draws():
    assert generator(7).integers(0, 10**9, 5).tolist() == generator(7).integers(0, 10**9, 5).tolist()
    with pytest.raises(ScienceError, match="The seed must be at least 0"):
        generator(-1)


def test_counts_are_whole_numbers():
    assert counts([[1, 2.0]], "Votes", dimensions=2).tolist() == [[1, 2]]


@pytest.mark.parametrize(("values", "found"), [([1, -1], "-1.0"), ([1, 0.5], "0.5"), ([1, 2e9], "2000000000.0")])
def test_counts_that_are_none_are_refused(values, found):
    with pytest.raises(ScienceError, match=rf"whole numbers from 0 to 1,000,000,000; place 1 .* holds {found}"):
        counts(values, "Votes")


def test_labels_stand_in_order_with_each_rows_place():
    found, places = labels_of(["south", "north", "south"], "Blocks", 3)

    assert (found.tolist(), places.tolist()) == (["north", "south"], [1, 0, 1])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["a"], "Blocks must be a list of 2 labels, one for each of the 2 rows, not labels of shape"),
        ([["a"], ["b", "c"]], "not a ragged table"),
        ([1.0, float("nan")], "Blocks must not be missing or infinite"),
        (np.array(["a", None], dtype=object), "all numbers or all text, and none missing"),
        (np.array(["a", 1], dtype=object), "all numbers or all text"),
        (np.array([1.0, float("nan")], dtype=object), "none missing"),
    ],
)
def test_rows_without_one_label_each_are_refused(values, message):
    with pytest.raises(ScienceError, match=message):
        labels_of(values, "Blocks", 2)
