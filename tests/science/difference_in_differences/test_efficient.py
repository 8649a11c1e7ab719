"""The efficient estimator beside the paper's matrices, and on panels whose dates were drawn by lot."""

import numpy as np
import pytest

from lecen.science.difference_in_differences import (
    NEVER,
    Inference,
    aggregate,
    efficient_effects,
    group_time_effects,
    wide_panel,
)
from lecen.science.errors import ScienceError

KINDS = ["simple", "group", "calendar", "event"]


def drawn_by_lot(units=200, *, persistence=0.5, effect=1.0, seed=0, dates=(2, 3, 5, NEVER)):
    chance = np.random.default_rng(seed)
    since = chance.permutation(np.resize(dates, units))
    noise = chance.normal(size=(units, 8))
    for period in range(1, 8):
        noise[:, period] = persistence * noise[:, period - 1] + np.sqrt(1 - persistence**2) * noise[:, period]
    return wide_panel(noise + effect * (np.arange(8) >= since[:, None]), since)


def simple_by_matrices(panel):
    """Roth and Sant'Anna's formulas with a matrix for each cohort, for the simple average."""
    cohorts, length = np.unique(panel.treated_from), panel.periods.size
    sizes = {cohort: int((panel.treated_from == cohort).sum()) for cohort in cohorts}
    after, before = ({cohort: np.zeros(length) for cohort in cohorts} for _ in range(2))
    pairs = [(int(g), t) for g in cohorts[:-1] for t in range(int(g), length) if (cohorts > t).any()]
    total = sum(sizes[g] for g, _ in pairs)
    for g, t in pairs:
        share = sizes[g] / total
        after[g][t] += share
        before[g][g - 1] += share
        controls = [cohort for cohort in cohorts if cohort > t]
        mass = sum(sizes[cohort] for cohort in controls)
        for cohort in controls:
            after[cohort][t] -= share * sizes[cohort] / mass
            before[cohort][g - 1] -= share * sizes[cohort] / mass
    means = {cohort: panel.outcomes[panel.treated_from == cohort].mean(axis=0) for cohort in cohorts}
    spread = {cohort: np.cov(panel.outcomes[panel.treated_from == cohort].T) for cohort in cohorts}

    def variance(one, two):
        return sum(one[cohort] @ spread[cohort] @ two[cohort] / sizes[cohort] for cohort in cohorts)

    def sum_of(one):
        return sum(one[cohort] @ means[cohort] for cohort in cohorts)

    best = variance(before, after) / variance(before, before)
    error = np.sqrt(variance(after, after) - variance(before, after) ** 2 / variance(before, before))
    return sum_of(after) - best * sum_of(before), error, best


@pytest.mark.parametrize("dates", [(2, 3, 5, NEVER), (2, 4, 6)])
def test_the_simple_effect_is_that_of_the_papers_matrices(dates):
    panel = drawn_by_lot(dates=dates)

    found = efficient_effects(panel)

    assert (found.overall.value, found.overall.error, found.adjustment) == pytest.approx(simple_by_matrices(panel))


@pytest.mark.parametrize("kind", KINDS)
def test_unadjusted_is_difference_in_differences(kind):
    panel = drawn_by_lot()

    found = efficient_effects(panel, kind)

    usual = aggregate(group_time_effects(panel, controls="not_yet"), kind)
    assert found.unadjusted.value == pytest.approx(usual.overall.value)
    assert found.unadjusted.error == pytest.approx(usual.overall.error, rel=0.02)
    assert found.at.tolist() == [place for place in usual.at.tolist() if place >= 0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_true_effect_is_found_with_less_noise_than_by_difference_in_differences(kind):
    found = [efficient_effects(drawn_by_lot(seed=seed), kind) for seed in range(40)]

    values, plain = (np.array([getattr(one, part).value for one in found]) for part in ("overall", "unadjusted"))
    errors = np.array([one.overall.error for one in found])
    assert abs(values.mean() - 1) < 4 * errors.mean() / np.sqrt(40)
    assert values.std() < 0.9 * plain.std()
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)


@pytest.mark.parametrize(("persistence", "low", "high"), [(0.0, -0.2, 0.2), (0.999, 0.9, 1.1)])
def test_the_adjustment_follows_how_long_differences_last(persistence, low, high):
    assert low < efficient_effects(drawn_by_lot(2_000, persistence=persistence)).adjustment < high


def test_few_units_get_a_randomization_test():
    found = efficient_effects(drawn_by_lot(16, effect=3.0), "event")

    assert (found.method, found.overall.p_value) == ("randomization", 0.001)
    assert found.said == "Studentized randomization test over 999 lots among 16 units."
    assert 0 < found.overall.low < found.overall.value < found.overall.high


def test_with_many_units_the_randomization_test_is_the_normal_one():
    panel = drawn_by_lot(effect=0.15, seed=8)

    usual, lots = efficient_effects(panel), efficient_effects(panel, inference=Inference(method="randomization"))

    assert lots.overall.p_value == pytest.approx(usual.overall.p_value, abs=0.05)
    assert (lots.overall.low, lots.overall.high) == pytest.approx((usual.overall.low, usual.overall.high), abs=0.04)


def test_cohorts_that_differed_before_are_told():
    panel = drawn_by_lot()
    chosen = wide_panel(panel.outcomes + 2.0 * np.isfinite(panel.treated_from)[:, None], panel.treated_from)

    assert efficient_effects(panel).balance_p_value > 0.05
    assert efficient_effects(chosen).balance_p_value < 1e-6


def test_where_nothing_varied_before_nothing_is_subtracted():
    panel = drawn_by_lot(dates=(3, NEVER))
    outcomes = np.where(np.arange(8) < 3, 5.0, panel.outcomes)

    found = efficient_effects(wide_panel(outcomes, panel.treated_from))

    assert found.adjustment == 0
    assert np.isnan(found.balance_p_value)
    assert found.overall.value == pytest.approx(found.unadjusted.value)


def test_without_any_noise_no_error_is_given():
    since = np.resize([2, NEVER], 60)
    outcomes = 1.0 * (np.arange(4) >= since[:, None])

    found = efficient_effects(wide_panel(outcomes, since))

    assert (found.overall.value, np.isnan(found.overall.error)) == (pytest.approx(1), True)


@pytest.mark.parametrize(
    ("panel", "options", "message"),
    [
        (wide_panel(np.eye(8)[:, :4], np.resize([2, NEVER], 8), clusters=np.arange(8) // 2), {}, "drawn one by one"),
        (wide_panel(np.eye(8)[:, :4], [1, *[2] * 3, *[NEVER] * 4]), {}, "Only one unit was first treated in 1"),
        (wide_panel(np.eye(8)[:, :4], [*[2] * 7, NEVER]), {}, "Only one unit was never treated"),
        (wide_panel(np.eye(8)[:, :4], [2] * 8), {}, "In no period is a treated unit beside one"),
        (drawn_by_lot(), {"kind": "all"}, "not 'all'"),
        (drawn_by_lot(), {"inference": Inference(method="wild")}, "takes analytic errors or randomization, not 'wild'"),
    ],
)
def test_what_no_lot_gives_is_refused(panel, options, message):
    with pytest.raises(ScienceError, match=message):
        efficient_effects(panel, **options)
