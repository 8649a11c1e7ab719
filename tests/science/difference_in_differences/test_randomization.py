"""Randomization inference."""

from itertools import permutations

import numpy as np
import pytest

from lecen.science.difference_in_differences import NEVER, Inference, aggregate, group_time_effects, wide_panel
from lecen.science.errors import ScienceError
from tests.science.difference_in_differences.panels import staggered

BY_CHANCE = Inference(method="randomization")


def simple(outcomes, since, **options):
    return aggregate(group_time_effects(wide_panel(outcomes, since, **options), controls="not_yet"), "simple").overall


def test_all_assignments_are_tried_where_they_are_few():
    chance = np.random.default_rng(2)
    since, outcomes = np.array([2, 2, 3, NEVER, NEVER]), chance.normal(size=(5, 5))

    found = simple(outcomes, since)

    dealt = set(permutations(since))
    values = [simple(outcomes, np.array(deal)).value for deal in dealt]
    assert len(dealt) == 30
    assert found.p_value == pytest.approx(np.mean(np.abs(values) >= abs(found.value) - 1e-9))
    assert found.error == pytest.approx(np.std(values))


def test_the_interval_holds_the_effects_that_are_not_rejected():
    chance = np.random.default_rng(4)
    since, outcomes = np.array([2, 2, 2, 3, NEVER, NEVER, NEVER]), chance.normal(size=(7, 5))
    treated = np.arange(5) >= since[:, None]
    found = simple(outcomes, since)

    ends = [found.low - 1e-6, found.low + 1e-6, found.high - 1e-6, found.high + 1e-6]
    kept = [simple(outcomes - end * treated, since).p_value > 0.05 for end in ends]

    assert kept == [False, True, True, False]


def test_with_too_few_assignments_no_effect_can_be_excluded():
    found = simple(np.random.default_rng(0).normal(size=(4, 4)), [2, NEVER, NEVER, NEVER])

    assert (found.low, found.high, found.p_value >= 0.25) == (-np.inf, np.inf, True)


def test_clusters_are_dealt_whole():
    panel = staggered(40, clusters=np.arange(40) // 4)
    since = np.resize([2, NEVER], 10)[panel.clusters]

    effects = group_time_effects(wide_panel(panel.outcomes, since, clusters=panel.clusters))

    assert effects.said.endswith("randomization inference over all 252 assignments of cohorts to 10 clusters.")
    ways = effects.estimates.p_values * 252
    np.testing.assert_allclose(ways, np.rint(ways))


def test_estimates_before_treatment_have_a_p_value_and_no_interval():
    found = aggregate(group_time_effects(staggered(), inference=BY_CHANCE), "event", inference=BY_CHANCE)

    before = found.at < 0
    assert np.isnan(found.estimates.low).tolist() == before.tolist()
    assert np.isfinite(found.estimates.p_values).all()


def test_a_true_effect_of_a_few_clusters_is_found():
    overall = aggregate(group_time_effects(staggered(18, effect=2.0)), "simple").overall

    assert overall.p_value <= 0.002
    assert 0 < overall.low < overall.value < overall.high


def test_clusters_of_several_cohorts_cannot_be_dealt():
    with pytest.raises(ScienceError, match="Units of one cluster were first treated at different times"):
        group_time_effects(staggered(60, clusters=np.arange(60) // 4), inference=BY_CHANCE)
