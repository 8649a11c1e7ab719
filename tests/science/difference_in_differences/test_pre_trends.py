"""The joint test before treatment."""

import numpy as np
import pytest
from scipy import stats

from lecen.science.difference_in_differences import (
    NEVER,
    Inference,
    group_time_effects,
    influence_functions,
    pre_trends,
    wide_panel,
)
from lecen.science.errors import ScienceError
from tests.science.difference_in_differences.panels import staggered


@pytest.mark.parametrize("of", ["event", "group_time"])
@pytest.mark.parametrize("base", ["varying", "universal"])
def test_the_statistic_is_walds(of, base):
    effects = group_time_effects(staggered(200), base=base)
    early = effects.periods < effects.cohorts

    found = pre_trends(effects, of=of)

    values, each = effects.estimates.values, influence_functions(effects)
    if of == "group_time":
        values, each = values[early], each[:, early]
    else:
        each = influence_functions(effects, "event")
        times = np.unique(effects.periods - effects.cohorts)
        # Averages over cohorts by their units.
        at = effects.periods - effects.cohorts
        values = [np.average(values[at == e], weights=effects.treated[at == e]) for e in times[times < 0]]
        each = each[:, : len(values)]
    statistic = values @ np.linalg.inv(each.T @ each) @ values
    assert found.statistic == pytest.approx(statistic)
    assert found.restrictions == len(values)
    assert found.method == "wald"


def test_with_many_units_the_p_value_is_that_of_chi_squared():
    found = pre_trends(group_time_effects(staggered(20_000)))

    assert found.p_value == pytest.approx(stats.chi2.sf(found.statistic, found.restrictions), abs=2e-3)


@pytest.mark.data
def test_county_employment_moved_alike_before_as_far_as_the_test_can_see(counties):
    found = pre_trends(group_time_effects(counties), of="group_time")

    # The statistic is csdid 0.4.3's (bench_difference_in_differences.py), whose chi-squared p-value is 0.168.
    assert found.statistic == pytest.approx(7.791237, abs=1e-6)
    assert (found.restrictions, round(found.p_value, 2)) == (5, 0.18)


def drifting(slope, seed=0):
    panel = staggered(200, seed=seed)
    drift = slope * np.isfinite(panel.treated_from)[:, None] * np.arange(6)
    return wide_panel(panel.outcomes + drift, panel.treated_from)


@pytest.mark.parametrize("base", ["varying", "universal"])
def test_a_drift_well_above_the_detectable_one_is_found(base):
    slope = pre_trends(group_time_effects(drifting(0), base=base)).detectable_slope

    assert pre_trends(group_time_effects(drifting(0), base=base)).p_value > 0.05
    assert pre_trends(group_time_effects(drifting(2 * slope), base=base)).p_value < 0.001


def test_the_detectable_drift_halves_with_4_times_the_units():
    slopes = [pre_trends(group_time_effects(staggered(units))).detectable_slope for units in (400, 1_600)]

    assert slopes[0] / slopes[1] == pytest.approx(2, rel=0.15)


def test_periods_in_which_units_may_already_react_are_not_tested():
    effects = group_time_effects(staggered(200), anticipation=1)

    assert pre_trends(effects, of="group_time").restrictions == (effects.periods < effects.cohorts - 1).sum()


def test_few_units_are_dealt_anew():
    found = pre_trends(group_time_effects(staggered(18)))

    assert found.method == "randomization"
    assert 0 < found.p_value <= 1
    assert np.isnan(found.detectable_slope)
    assert found.said.endswith("beside 999 random assignments of cohorts to 18 units.")


def test_a_drift_of_few_units_is_found_by_dealing():
    panel = staggered(18)
    outcomes = panel.outcomes + 5.0 * np.isfinite(panel.treated_from)[:, None] * np.arange(6)

    assert pre_trends(group_time_effects(wide_panel(outcomes, panel.treated_from))).p_value <= 0.01


@pytest.mark.parametrize(
    ("panel", "options", "message"),
    [
        (staggered(dates=(1, NEVER)), {}, "no estimate before treatment to test: the panel begins too late"),
        (staggered(), {"of": "groups"}, "event or group_time, not 'groups'"),
        (
            staggered(24, clusters=np.arange(24) % 4),
            {"inference": Inference(method="analytic")},
            "too many to test with 4",
        ),
        (staggered(60, clusters=np.arange(60) % 10), {}, "Units of one cluster were first treated at different times"),
        (
            wide_panel(np.repeat(np.eye(60)[:, :1], 6, axis=1), np.resize([3, NEVER], 60)),
            {"inference": Inference(method="analytic")},
            "no error",
        ),
        (wide_panel(np.repeat(np.eye(60)[:, :1], 6, axis=1), np.resize([3, NEVER], 60)), {}, "nothing varies there"),
    ],
)
def test_what_cannot_be_tested_is_refused(panel, options, message):
    effects = group_time_effects(panel, inference=Inference(method="analytic"))
    with pytest.raises(ScienceError, match=message):
        pre_trends(effects, **options)


def test_estimates_that_repeat_each_other_are_refused():
    panel = staggered(dates=(4, NEVER))
    outcomes = panel.outcomes.copy()
    outcomes[:, 2] = 2 * outcomes[:, 1] - outcomes[:, 0]  # the change to period 2 is that to period 1 again

    with pytest.raises(ScienceError, match="repeat each other"):
        pre_trends(group_time_effects(wide_panel(outcomes, panel.treated_from)))
