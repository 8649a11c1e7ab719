"""Which method finds errors, and what the multiplier bootstrap gives."""

import numpy as np
import pytest

from lecen.science.difference_in_differences import NEVER, Inference, aggregate, group_time_effects, influence_functions
from lecen.science.errors import ScienceError
from tests.science.difference_in_differences.panels import staggered

EIGHT_A_CLUSTER = np.arange(240) // 8


def test_errors_by_cluster_are_roots_of_squared_sums_of_contributions():
    panel = staggered(240, clusters=EIGHT_A_CLUSTER, shared=1.0)
    effects = group_time_effects(panel)

    found = aggregate(effects, "event").estimates.errors

    each = influence_functions(effects, "event")[:, :-1]
    sums = np.stack([each[cluster == EIGHT_A_CLUSTER].sum(axis=0) for cluster in range(30)])
    np.testing.assert_allclose(found, np.sqrt((sums**2).sum(axis=0)), rtol=1e-10)


@pytest.mark.parametrize("weights", ["mammen", "rademacher"])
@pytest.mark.parametrize("clusters", [None, EIGHT_A_CLUSTER])
def test_bootstrapped_errors_are_the_analytic_ones_but_for_chance(weights, clusters):
    effects = group_time_effects(staggered(240, clusters=clusters))

    drawn = aggregate(effects, "event", inference=Inference(method="multiplier", weights=weights, draws=9_999))

    np.testing.assert_allclose(drawn.estimates.errors, aggregate(effects, "event").estimates.errors, rtol=0.12)
    assert drawn.method == "multiplier"
    assert f"{weights.capitalize()} weights, 9,999 draws over {'240 units' if clusters is None else '30'}" in drawn.said


def test_bands_are_wider_than_intervals_and_as_wide_in_errors_for_all():
    effects = group_time_effects(staggered(), inference=Inference(method="multiplier"))
    found = effects.estimates

    widths = (found.band_high - found.values) / found.errors
    assert widths == pytest.approx(np.full(widths.size, widths[0]))
    assert 2.5 < widths[0] < 3.5  # 12 estimates; 2.86 were they independent


def test_a_seed_gives_the_same_draws_however_many_estimates_there_are():
    options = Inference(method="multiplier", seed=3)
    effects = group_time_effects(staggered(periods=60, dates=(*range(2, 8), *[NEVER] * 3)), inference=options)

    again = group_time_effects(effects.comparisons.panel, inference=options)

    assert effects.estimates.errors.size > 256  # more than are worked on at once
    np.testing.assert_array_equal(effects.estimates.band_low, again.estimates.band_low)


@pytest.mark.parametrize(
    ("panel", "method", "reason"),
    [
        (staggered(), "analytic", "Analytic errors from 120 units."),
        (staggered(240, clusters=EIGHT_A_CLUSTER), "analytic", "Analytic errors from 30 clusters."),
        (
            staggered(16),
            "randomization",
            "Because there are only 16 units, fewer than 20: randomization inference over 999",
        ),
        (staggered(60, clusters=np.arange(60) % 10), "wild", "Because there are only 10 clusters, fewer than 20: wild"),
        (
            staggered(60, dates=(3, *[NEVER] * 9)),
            "randomization",
            "Because only 6 of 60 units are treated, and 54 compared with: randomization",
        ),
        (
            staggered(60, dates=(3, 4, *[NEVER] * 4)),
            "randomization",
            "Because only 20 of 60 units are treated, at 2 dates,",
        ),
        (
            staggered(80, periods=23, dates=(*range(2, 22), *[NEVER] * 20)),
            "randomization",
            "Because most treated of 80 units are in cohorts of fewer than 5: randomization",
        ),
        (staggered(60, dates=(2, *[4] * 29, *[NEVER] * 30)), "randomization", "Because 1 cohorts stand alone"),
    ],
)
def test_few_clusters_change_the_method_and_the_result_says_so(panel, method, reason):
    effects = group_time_effects(panel)

    assert (effects.method, effects.said[: len(reason)]) == (method, reason)


def test_a_unit_standing_alone_gets_no_error_from_the_data():
    panel = staggered(60, dates=(2, *[4] * 29, *[NEVER] * 30))

    effects = group_time_effects(panel, inference=Inference(method="analytic"))

    assert np.isnan(effects.estimates.errors).tolist() == [*[True] * 5, *[False] * 5]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "guess"}, "The method must be automatic, analytic, multiplier, wild, randomization; not 'guess'"),
        ({"weights": "normal"}, "The weights must be mammen or rademacher, not 'normal'"),
        ({"draws": 10}, "Draws must be at least 99"),
        ({"draws": 10**9}, "Draws must be at most"),
        ({"level": 1.0}, "The level must lie between 0 and 1"),
        ({"seed": -1}, "The seed must be at least 0"),
    ],
)
def test_options_that_do_not_exist_are_refused(options, message):
    with pytest.raises(ScienceError, match=message):
        group_time_effects(staggered(), inference=Inference(**options))
