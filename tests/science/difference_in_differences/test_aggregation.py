"""Effects put together."""

import numpy as np
import pytest

from lecen.science.difference_in_differences import (
    NEVER,
    aggregate,
    group_time_effects,
    influence_functions,
    wide_panel,
)
from lecen.science.errors import ScienceError
from tests.science.difference_in_differences.panels import staggered

# Overall estimate and error, then those of each place; csdid 0.4.3 as in test_group_time.py.
COUNTIES = {
    "simple": ((-0.03995128, 0.01203401), {}),
    "group": (
        (-0.03101828, 0.01244606),
        {2004: (-0.07974913, 0.02636780), 2006: (-0.02290954, 0.01670333), 2007: (-0.02605441, 0.01665544)},
    ),
    "calendar": (
        (-0.04170043, 0.01597185),
        {
            2004: (-0.01050325, 0.02325104),
            2005: (-0.07042316, 0.03098477),
            2006: (-0.04881598, 0.02012586),
            2007: (-0.03705934, 0.01374708),
        },
    ),
    "event": (
        (-0.07723982, 0.01996499),
        {
            -3: (0.03050666, 0.01503356),
            -2: (-0.00056308, 0.01329164),
            -1: (-0.02445874, 0.01423640),
            0: (-0.01993182, 0.01182636),
            1: (-0.05095737, 0.01689348),
            2: (-0.13725874, 0.03643566),
            3: (-0.10081136, 0.03435923),
        },
    ),
}


@pytest.mark.data
@pytest.mark.parametrize("kind", COUNTIES)
def test_effects_on_county_employment_are_put_together_as_by_another_implementation(counties, kind):
    found = aggregate(group_time_effects(counties), kind)

    overall, places = COUNTIES[kind]
    assert (found.overall.value, found.overall.error) == pytest.approx(overall, abs=6e-9)
    pairs = zip(found.estimates.values, found.estimates.errors, strict=True)
    expected = {place: pytest.approx(pair, abs=6e-9) for place, pair in places.items()}
    assert dict(zip(found.at.tolist(), pairs, strict=True)) == expected


@pytest.mark.data
def test_the_published_figures_for_county_employment_are_met(counties):
    effects = group_time_effects(counties)

    overall = {kind: round(aggregate(effects, kind).overall.value, 4) for kind in ("simple", "group", "event")}
    assert overall == {"simple": -0.0400, "group": -0.0310, "event": -0.0772}


@pytest.mark.parametrize("kind", COUNTIES)
@pytest.mark.parametrize("controls", ["never", "not_yet"])
def test_errors_are_those_of_weights_estimated_with_the_effects(kind, controls):
    """The error of a smooth function of means, its slope in each unit found by giving that unit a little more weight."""
    panel = staggered(units=120, effect=1.0, seed=5)

    found = influence_functions(group_time_effects(panel, controls=controls), kind)

    some = range(0, 120, 8)
    slopes = np.stack([slope_of_unit(panel, unit, kind, controls) for unit in some])
    np.testing.assert_allclose(found[some], slopes, atol=2e-5)


def slope_of_unit(panel, unit, kind, controls):
    """How an estimate moves as one unit's weight does."""
    times = 10_000
    comparisons = group_time_effects(panel, controls=controls).comparisons
    weight = np.where(comparisons.units == unit, 1 + 1 / times, 1.0)
    return (weighted_estimates(comparisons, weight, kind) - weighted_estimates(comparisons, np.ones(120), kind)) * times


def weighted_estimates(comparisons, weight, kind):
    sizes = comparisons.cohort_sums(weight[:, None])[:, 0]
    treated, controls = comparisons.effects(comparisons.cohort_sums(comparisons.outcomes * weight[:, None]), sizes)
    effects, heavy = treated - controls, sizes[comparisons.cohort]
    after = comparisons.event_times >= 0
    if kind == "simple":
        return np.array([np.average(effects[after], weights=heavy[after])])
    places = {
        "event": comparisons.event_times,
        "calendar": np.where(after, comparisons.period, -99),
        "group": np.where(after, comparisons.cohort, -99),
    }[kind]
    labels = [label for label in np.unique(places) if label != -99]
    each = [np.average(effects[places == label], weights=heavy[places == label]) for label in labels]
    if kind == "group":
        return np.array([*each, np.average(each, weights=sizes[np.array(labels)])])
    return np.array([*each, np.mean([one for one, label in zip(each, labels, strict=True) if label >= 0])])


def test_an_estimate_counts_the_treated_units_behind_it():
    found = aggregate(group_time_effects(staggered(units=61)), "event")

    assert dict(zip(found.at.tolist(), found.treated.tolist(), strict=True)) == {
        -4: 15, -3: 15, -2: 30, -1: 46, 0: 46, 1: 31, 2: 31, 3: 16
    }  # fmt: skip


def test_a_way_to_put_together_that_does_not_exist_is_refused():
    with pytest.raises(ScienceError, match="simple, group, calendar, event, not 'dynamic'"):
        aggregate(group_time_effects(staggered()), "dynamic")


def test_where_only_expected_effects_are_seen_nothing_is_put_together():
    panel = wide_panel(np.random.default_rng(0).normal(size=(30, 3)), np.resize([3, NEVER], 30))

    with pytest.raises(ScienceError, match="No comparison lies at or after a first treated period"):
        aggregate(group_time_effects(panel, anticipation=1), "event")
