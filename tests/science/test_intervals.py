"""Intervals against published and computed figures."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from lecen.science.errors import ScienceError
from lecen.science.intervals import normal_quantile, share_difference, wilson


def test_the_half_width_of_a_95_percent_interval():
    assert normal_quantile(0.95) == pytest.approx(1.959963985)


@pytest.mark.parametrize(("count", "n", "level"), [(0, 10, 0.95), (10, 10, 0.95), (3, 17, 0.9), (81, 263, 0.99)])
def test_score_intervals_equal_those_of_statsmodels(count, n, level):
    low, high = wilson([count], [n], level)

    assert (low[0], high[0]) == pytest.approx(proportion_confint(count, n, 1 - level, method="wilson"), abs=1e-12)


def test_nobody_asked_leaves_everything_possible():
    low, high = wilson([0, 5], [0, 10])

    assert (low[0], high[0]) == pytest.approx((0, 1))


@pytest.mark.parametrize(("counts", "n"), [([-1], [3]), ([4], [3])])
def test_a_count_out_of_range_is_refused(counts, n):
    with pytest.raises(ScienceError, match="between 0 and the number"):
        wilson(counts, n)


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (5, 56, 0, 29)])
def test_intervals_of_differences_equal_those_of_statsmodels(counts):
    low, high = share_difference(*([figure] for figure in counts))

    assert (low[0], high[0]) == pytest.approx(confint_proportions_2indep(*counts, method="newcomb"), abs=1e-9)


def test_nobody_to_compare_with_is_refused():
    with pytest.raises(ScienceError, match="at least one person on each side"):
        share_difference([1], [2], [0], [0])
