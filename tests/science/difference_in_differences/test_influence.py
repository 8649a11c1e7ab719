"""Contributions of units."""

import numpy as np

from lecen.science.difference_in_differences import aggregate, group_time_effects, influence_functions
from lecen.science.difference_in_differences.influence import cluster_contributions
from lecen.science.difference_in_differences.weights import each_alone
from tests.science.difference_in_differences.panels import staggered


def test_contributions_sum_to_nothing_and_their_squares_to_the_variance():
    effects = group_time_effects(staggered(units=100, effect=1.0), controls="not_yet")

    each = influence_functions(effects, "group")

    found = aggregate(effects, "group")
    np.testing.assert_allclose(each.sum(axis=0), 0, atol=1e-13)
    np.testing.assert_allclose((each**2).sum(axis=0), [*found.estimates.errors**2, found.overall.error**2])


def test_contributions_stand_in_the_order_of_the_panel():
    panel = staggered(units=100)
    effects = group_time_effects(panel)

    each = influence_functions(effects)

    early = (effects.cohorts == 2)[None, :] & (panel.treated_from == 3)[:, None]
    assert (each[early] == 0).all()  # a unit of another cohort adds nothing
    assert (each[panel.treated_from == 2][:, effects.cohorts == 2] != 0).all()


def test_contributions_by_cluster_come_some_estimates_at_a_time(monkeypatch):
    monkeypatch.setattr("lecen.science.difference_in_differences.influence.COLUMNS_AT_ONCE", 5)
    effects = group_time_effects(staggered(60, clusters=np.arange(60) % 30))

    blocks = list(
        cluster_contributions(effects.comparisons, each_alone(effects.comparisons).apply(effects.comparisons))
    )

    units = influence_functions(effects)
    assert [each.shape for _, each in blocks] == [(30, 5), (30, 5), (30, 5)]
    np.testing.assert_allclose(np.hstack([each for _, each in blocks]), units[:30] + units[30:], atol=1e-14)
