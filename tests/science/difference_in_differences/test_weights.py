"""How comparisons weigh in what is put together of them."""

import numpy as np
import pytest

from lecen.science.difference_in_differences.comparisons import compare
from lecen.science.difference_in_differences.weights import each_alone, scheme
from tests.science.difference_in_differences.panels import staggered


@pytest.mark.parametrize("kind", ["simple", "group", "calendar", "event"])
def test_weights_after_treatment_sum_to_1(kind):
    comparisons = compare(staggered(), controls="never", base="varying", anticipation=0)

    weights = scheme(comparisons, kind).apply(comparisons).weights.toarray()

    np.testing.assert_allclose(weights.sum(axis=0), 1)
    overall = weights[:, -1]
    assert (overall[comparisons.event_times < 0] == 0).all()


def test_simple_weighs_by_units():
    comparisons = compare(staggered(units=61), controls="never", base="varying", anticipation=0)

    weights = scheme(comparisons, "simple").apply(comparisons).weights.toarray()[:, 0]

    after = comparisons.event_times >= 0
    sizes = comparisons.sizes[comparisons.cohort]
    np.testing.assert_allclose(weights, np.where(after, sizes, 0) / sizes[after].sum())


def test_alone_every_comparison_is_itself():
    comparisons = compare(staggered(), controls="not_yet", base="varying", anticipation=0)

    found = each_alone(comparisons).apply(comparisons)

    np.testing.assert_array_equal(found.weights.toarray(), np.eye(comparisons.cohort.size))
    np.testing.assert_allclose(found.sampling, 0, atol=1e-16)
