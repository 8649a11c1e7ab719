"""Columns as numbers, and coarser ones."""

import numpy as np
import pytest

from lecen.science.disclosure.columns import any_numbers, coarsened, codes_of
from lecen.science.errors import ScienceError


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        (["b", "a", "b"], [1, 0, 1]),
        ([30, 10, 20], [2, 0, 1]),
        ([True, False, True], [1, 0, 1]),
        ([2.5, float("nan"), 2.5, float("nan")], [0, 1, 0, 1]),
        ([None, "x", None], [0, 1, 0]),
        (np.array(["x", 3, None, 3.0], dtype=object), [3, 1, 0, 1]),
    ],
)
def test_equal_values_get_equal_numbers(values, codes):
    assert len(set(zip(codes, codes_of(values, "a").tolist(), strict=True))) == len(set(codes))


def test_numbers_are_known_from_words():
    assert any_numbers({"age": [1, 2], "sex": ["f", "m"], "seen": [1.5, 2.0]}, ["age", "sex", "seen"]) == {
        "age",
        "seen",
    }


def test_neighboring_numbers_are_joined_two_by_two():
    found = coarsened(np.array([0, 1, 2, 3, 4]), np.ones(5, dtype=int), 10, numbers=True)

    assert found.codes.tolist() == [0, 0, 1, 1, 2]


def test_rare_words_are_joined_where_several_are_rare_and_not_all():
    people = np.array([20, 3, 4])

    assert coarsened(np.array([0, 1, 2]), people, 10, numbers=False).codes.tolist() == [0, 3, 3]
    assert coarsened(np.array([0, 1, 2]), people + 10, 10, numbers=False) is None
    assert coarsened(np.array([0, 1, 1]), people, 10, numbers=False) is None
    assert coarsened(np.array([0, 1, 0]), np.ones(3, dtype=int), 10, numbers=True) is None


def test_values_that_cannot_be_compared_are_refused_by_the_columns_name():
    with pytest.raises(ScienceError, match=r"The column 'a' holds values that cannot be compared\."):
        codes_of(np.array([{"b": 1}, None], dtype=object), "a")
