"""Single values that methods are given."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole


def test_a_whole_number_of_any_kind_is_taken():
    assert (whole(3, "k"), whole(np.int64(3), "k", least=3, most=3)) == (3, 3)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2.0, "k must be a whole number, not 2.0."),
        (True, "k must be a whole number, not True."),
        ("2", "k must be a whole number, not '2'."),
        (None, "k must be a whole number, not None."),
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
