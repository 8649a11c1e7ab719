"""What unequal weights cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.weighting import design_effect, effective_n

WEIGHTS = st.lists(st.floats(0.01, 100), min_size=1, max_size=40)


def test_equal_weights_cost_nothing():
    assert (design_effect([3, 3, 3]), effective_n([3, 3, 3])) == (1, 3)


def test_the_design_effect_is_one_plus_the_squared_coefficient_of_variation():
    weights = np.array([1.0, 2.0, 3.0, 6.0])

    assert design_effect(weights) == pytest.approx(1 + (weights.std() / weights.mean()) ** 2)
    assert effective_n(weights) == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


@given(WEIGHTS, st.floats(1e-200, 1e200))
def test_the_scale_of_weights_does_not_matter(weights, scale):
    assert design_effect(np.array(weights) * scale) == pytest.approx(design_effect(weights))


@given(WEIGHTS)
def test_the_effective_n_lies_between_one_and_n(weights):
    assert 1 - 1e-9 <= effective_n(weights) <= len(weights) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([], "Weights must hold at least one number"),
        ([1, 0], "Weights must be above 0; place 1 (counted from 0) is not."),
        ([-1, 2], "Weights must be above 0; place 0 (counted from 0) is not."),
        ([1, float("inf")], "Weights must be finite numbers; place 1"),
        (["heavy"], "Weights must be numbers"),
        ([[1, 2]], "Weights must have 1 dimensions"),
    ],
)
def test_bad_weights_are_refused_with_a_sentence(weights, sentence):
    with pytest.raises(ScienceError) as caught:
        design_effect(weights)

    assert str(caught.value).startswith(sentence)
