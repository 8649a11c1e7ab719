"""Groups that are there stay; what chance put together falls apart."""

from dataclasses import replace

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.opinion.map import map_opinions
from lecen.science.opinion.stability import adjusted_rand, stability
from tests.science.opinion.simulated import simulated_votes


@pytest.fixture(scope="module")
def apart():
    table, _ = simulated_votes(seed=1, people=150, groups=3, apart=2)
    return table, map_opinions(table, seed=1)


def test_groups_far_apart_stay(apart):
    table, found = apart

    told = stability(table, found, seed=1, resamples=10)

    assert (told.groups.shape, told.resamples) == ((3,), 10)
    assert min(*told.groups, told.partition) > 0.85


def test_groups_of_chance_fall_apart():
    table, _ = simulated_votes(seed=2, people=150)
    chance = np.random.default_rng(2)
    one = map_opinions(table, seed=1)
    made_up = replace(one, groups=chance.integers(0, 2, 150), centers=np.array([[0.0, 0], [1, 1]]))

    told = stability(table, made_up, seed=1, resamples=10)

    assert max(told.groups) < 0.6
    assert abs(told.partition) < 0.1


def test_the_seed_alone_decides_chance(apart):
    first, again = (stability(*apart, seed=3, resamples=3) for _ in range(2))

    assert (first.groups.tolist(), first.partition) == (again.groups.tolist(), again.partition)


def test_the_index_equals_a_published_example():
    """Three pairs against four and two: 0.444 in the manual of SBMSplitMerge (CRAN), `ARI`."""
    assert adjusted_rand(np.array([[2, 0], [2, 0], [0, 2]])) == pytest.approx(0.444, abs=5e-4)


@pytest.mark.parametrize(("table", "index"), [([[5, 0], [0, 7]], 1), ([[4, 4], [4, 4]], -1 / 14), ([[9]], 1)])
def test_the_index_of_equal_and_of_crossed_partitions(table, index):
    assert adjusted_rand(np.array(table)) == pytest.approx(index)


def test_a_map_without_clear_groups_has_no_stability():
    table, _ = simulated_votes(seed=3, people=40)

    with pytest.raises(ScienceError, match="no clear groups"):
        stability(table, map_opinions(table, seed=1), seed=1)


def test_the_map_of_other_votes_is_refused(apart):
    table, found = apart

    with pytest.raises(ScienceError, match="other votes"):
        stability(table[:-1], found, seed=1)


@pytest.mark.parametrize("bad", [None, "map", 5])
def test_what_is_no_map_has_no_stability(apart, bad):
    with pytest.raises(ScienceError, match="Stability is that of a map"):
        stability(apart[0], bad, seed=1)


@pytest.mark.parametrize("options", [{"seed": -1}, {"seed": 1, "resamples": 1}, {"seed": 1, "resamples": 2.5}])
def test_options_out_of_range_are_refused(apart, options):
    with pytest.raises(ScienceError):
        stability(*apart, **options)
