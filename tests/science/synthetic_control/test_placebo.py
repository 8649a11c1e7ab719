"""Ranks and intervals from placebos."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import METHODS, Matching, fit, placebo_test
from tests.science.synthetic_control.panels import simulated


def ratios_by_hand(table, before, **options):
    """The ratio of every unit, each donor's from the other donors alone."""
    found = [fit(table, before, **options)]
    for donor in range(1, len(table)):
        others = [other for other in range(1, len(table)) if other != donor]
        found.append(fit(table[[donor, *others]], before, **options))
    return [one.after_error / one.before_error for one in found]


@pytest.mark.parametrize("method", METHODS)
def test_units_are_ranked_by_the_ratio_of_errors(method):
    table = simulated(1, effect=1.0)
    ratios = ratios_by_hand(table, 14, method=method)

    test = placebo_test(table, 14, method=method)

    rank = sum(ratio >= ratios[0] for ratio in ratios)
    assert test.ratios == pytest.approx(ratios[1:])
    assert (test.ratio, test.rank, test.n, test.p) == (pytest.approx(ratios[0]), rank, 21, rank / 21)


def test_predictors_follow_their_units():
    table, values = simulated(2), np.random.default_rng(2).normal(size=(21, 2))
    others = [4, *(row for row in range(1, 21) if row != 4)]
    alone = fit(table[others], 14, matching=Matching(values[others], np.ones(2)))

    test = placebo_test(table, 14, matching=Matching(values, np.ones(2)))

    assert test.effects[3] == pytest.approx(alone.effect)


@pytest.mark.parametrize("method", METHODS)
def test_the_treated_unit_is_never_a_donor(method):
    plain, shifted = (placebo_test(simulated(3, effect=effect), 14, method=method) for effect in (0.0, 1000.0))

    assert (shifted.effects == plain.effects).all()
    assert (shifted.ratios == plain.ratios).all()


def test_a_raw_gap_of_an_unmatched_unit_does_not_count():
    table = simulated(4, effect=2.0)
    table[5] += 50  # far outside the others, so badly matched before and after

    test = placebo_test(table, 14)

    assert abs(test.effects[4]) > 20 > abs(test.effect)
    assert test.rank == 1


def test_a_tie_counts_against_the_treated_unit():
    table = np.vstack([simulated(5)[:4], simulated(5)[:1]])  # the last donor is the treated unit's twin

    test = placebo_test(table, 14)

    assert test.rank == test.n == 5


def test_the_interval_holds_what_ranks_do_not_rule_out():
    table, level = simulated(6, units=41, effect=2.0), 0.9
    test = placebo_test(table, 14, level=level)
    own = fit(table, 14)
    others = np.abs(test.effects) / test.before_errors

    def p(value):
        return (1 + np.sum(others >= abs(own.effect - value) / own.before_error)) / 41

    low, high = test.interval
    step = 1e-6
    assert [p(value) > 1 - level for value in (low - step, low + step, high - step, high + step)] == [0, 1, 1, 0]


def test_too_few_units_leave_the_interval_endless():
    assert placebo_test(simulated(7, units=19), 14).interval == (-np.inf, np.inf)
    assert np.isfinite(placebo_test(simulated(7, units=20), 14).interval).all()


def test_an_exact_fit_gives_a_finite_ratio():
    table = np.vstack([np.eye(5)[:, [0, 1, 2, 0, 1, 2, 3]], np.zeros(7)])
    table[0] = table[1:4].mean(axis=0) + np.array([0, 0, 0, 0, 0, 0, 1.0])

    test = placebo_test(table, 6)

    assert np.isfinite([test.ratio, *test.ratios]).all()


def test_several_treated_units_are_compared_with_groups_of_as_many():
    table = simulated(8, effect=3.0)

    test, again = (placebo_test(table, 14, method="synthetic_did", treated_count=3, draws=30, seed=5) for _ in range(2))

    assert (test.n, len(test.effects), test.drawn) == (31, 30, True)
    assert (test.effects == again.effects).all()
    assert test.rank == 1


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (simulated(1, units=3), {}, "At least 3 donors are needed"),
        (simulated(1), {"level": 95}, "The level must lie between 0 and 1"),
        (
            simulated(1, units=5),
            {"method": "synthetic_did", "treated_count": 3},
            "4 donors are too few for placebos of 3 units each: at least 5",
        ),
        (
            simulated(1),
            {"method": "synthetic_did", "treated_count": 2, "draws": 0},
            "number of draws must be at least 1",
        ),
        (simulated(1), {"method": "synthetic_did", "treated_count": 2, "seed": -1}, "The seed must be at least 0"),
    ],
)
def test_what_leaves_no_placebos_is_refused(table, options, message):
    with pytest.raises(ScienceError, match=message):
        placebo_test(table, 14, **options)


def test_without_an_effect_few_units_pass_for_affected():
    """At 10 % of 20 units, chance alone puts the treated one first or second in 1 of 10 panels."""
    tests = [placebo_test(simulated(seed, units=20), 14, method="demeaned", level=0.9) for seed in range(150)]

    false = np.mean([test.p <= 0.1 for test in tests])
    covered = np.mean([test.interval.low <= 0 <= test.interval.high for test in tests])

    # Four standard errors around 0.10; coverage may only be higher.
    assert 0.1 - 4 * 0.0245 <= false <= 0.1 + 4 * 0.0245
    assert covered >= 0.9 - 4 * 0.0245
