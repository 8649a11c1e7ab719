"""Tests and intervals from the treated unit's own periods."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import conformal_interval, conformal_p, mixture
from tests.science.synthetic_control.panels import simulated


def test_the_p_value_counts_stretches_with_gaps_as_large():
    table = simulated(1, effect=1.5)
    supposed = table.copy()
    supposed[0, 14:] -= 1.0
    gaps = np.abs(supposed[0] - mixture(supposed[0], supposed[1:]) @ supposed[1:])
    stretches = [np.mean([gaps[(start + step) % 20] for step in range(6)]) for start in range(20)]

    p = conformal_p(table, 14, effect=1.0)

    assert p == np.mean([one >= stretches[14] - 1e-12 for one in stretches])


def test_demeaned_gaps_do_not_depend_on_levels():
    table = simulated(2)
    raised = table + 100 * np.arange(21)[:, None]

    assert conformal_p(raised, 14, method="demeaned") == conformal_p(table, 14, method="demeaned")


def test_shuffled_periods_give_finer_values():
    table = simulated(3, effect=4.0)

    p = conformal_p(table, 14, permutations="shuffled", draws=400, seed=2)

    assert p < 0.05 == conformal_p(table, 14)


@pytest.mark.parametrize("permutations", ["moving_blocks", "shuffled"])
def test_the_interval_ends_where_the_p_value_falls_below_the_error(permutations):
    table, options = simulated(4, periods=40, before=34, effect=2.0), {"permutations": permutations, "seed": 1}

    interval = conformal_interval(table, 34, level=0.9, **options)

    inside = [conformal_p(table, 34, effect=value, **options) for value in np.linspace(*interval, 9)[1:-1]]
    outside = [conformal_p(table, 34, effect=value, **options) for value in (interval.low - 1, interval.high + 1)]
    assert min(inside) > 0.1 >= max(outside)
    assert interval.low < 2 < interval.high


def test_too_few_periods_leave_the_interval_endless():
    assert conformal_interval(simulated(5, periods=19), 14) == (-np.inf, np.inf)


def test_no_constant_effect_agrees_with_an_effect_that_swings():
    table = simulated(6, periods=40, before=30, noise=0.05)
    table[0, 30:] += np.array([50, -50] * 5)

    assert conformal_interval(table, 30) is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "synthetic_did"}, "treats all periods alike, which 'synthetic_did' does not"),
        ({"method": "magic"}, "treats all periods alike"),
        ({"permutations": "none"}, "must be 'moving_blocks' or 'shuffled', not 'none'"),
        ({"permutations": "shuffled", "draws": 0}, "number of draws must be at least 1"),
        ({"effect": np.nan}, "The supposed effect must be finite"),
    ],
)
def test_what_cannot_be_tested_is_refused(options, message):
    with pytest.raises(ScienceError, match=message):
        conformal_p(simulated(1), 14, **options)


def test_a_level_above_one_is_refused():
    with pytest.raises(ScienceError, match="The level must lie between 0 and 1"):
        conformal_interval(simulated(1), 14, level=1.5)


def test_the_true_effect_is_rarely_ruled_out():
    """100 panels without memory in their gaps: shuffled p-values of the truth are at or below 0.1 in 1 of 10."""
    p = [
        conformal_p(simulated(seed, effect=1.0), 14, effect=1.0, permutations="shuffled", draws=99, seed=seed)
        for seed in range(100)
    ]

    assert np.mean(np.array(p) <= 0.1) <= 0.1 + 4 * 0.03
