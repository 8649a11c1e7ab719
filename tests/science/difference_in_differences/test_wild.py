"""The wild cluster bootstrap."""

import numpy as np
import pytest

from lecen.science.difference_in_differences import Inference, aggregate, group_time_effects
from lecen.science.errors import ScienceError
from tests.science.difference_in_differences.panels import staggered


def test_with_many_clusters_intervals_are_close_to_normal_ones():
    effects = group_time_effects(staggered(600, clusters=np.arange(600) % 150))

    wild = aggregate(effects, "event", inference=Inference(method="wild", draws=4_999)).estimates

    usual = aggregate(effects, "event").estimates
    np.testing.assert_allclose(wild.high - wild.low, usual.high - usual.low, rtol=0.1)
    np.testing.assert_allclose(wild.p_values, usual.p_values, atol=0.05)


def test_few_clusters_widen_the_interval_and_take_six_points():
    effects = group_time_effects(staggered(60, clusters=np.arange(60) % 6))

    wild = aggregate(effects, "simple")

    assert (wild.overall.high - wild.overall.low) / wild.overall.error > 2 * 2.2
    assert "six-point (Webb) weights, 999 draws over 6 clusters" in wild.said


def test_bands_contain_the_intervals():
    found = aggregate(group_time_effects(staggered(60, clusters=np.arange(60) % 10)), "event").estimates

    assert (found.band_low <= found.low).all()
    assert (found.band_high >= found.high).all()


def test_fewer_than_5_clusters_are_refused():
    with pytest.raises(ScienceError, match="at least 5 clusters, not 4"):
        group_time_effects(staggered(60, clusters=np.arange(60) // 15))
