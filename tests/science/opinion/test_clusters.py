"""Groups on the plane against true groups and against SciPy's k-means from many starts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.vq import kmeans

from lecen.science.opinion import clusters as module
from lecen.science.opinion.clusters import groupings, in_order, nearest, points

MIDDLES = np.array([[0.0, 0], [4, 0], [0, 4], [4, 4], [9, 9]])


def cloud(seed, k, people=200, spread=0.6):
    chance = np.random.default_rng(seed)
    return in_order(MIDDLES[chance.integers(0, k, people)] + spread * chance.standard_normal((people, 2)))


def loss(places, centers):
    return np.square(places[:, np.newaxis] - centers).sum(axis=2).min(axis=1).sum()


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_the_clearest_grouping_has_as_many_groups_as_there_are(k):
    found = groupings(points(cloud(1, k)), 10)
    best = max(found, key=lambda grouping: grouping.silhouette)

    assert sorted(np.rint(best.centers).tolist()) == sorted(MIDDLES[:k].tolist())


@pytest.mark.parametrize("spread", [0.6, 2.0])
def test_centers_are_as_close_to_people_as_those_of_another_k_means_from_many_starts(spread):
    places = cloud(2, 5, spread=spread)

    for grouping in groupings(points(places), 1):
        other, _ = kmeans(places, len(grouping.centers), iter=50, rng=1)
        assert loss(places, grouping.centers) <= loss(places, other) * 1.02


def test_a_group_below_the_least_size_is_merged_with_the_nearest():
    places = in_order(np.vstack([cloud(3, 2), [[30.0, 30]] * 9]))

    for grouping in groupings(points(places), 10):
        assert np.bincount(nearest(places, grouping.centers)).min() >= 10


def test_too_few_people_for_two_groups_give_none():
    assert groupings(points(cloud(4, 2, people=19)), 10) == []


def test_all_people_at_one_place_give_no_groups():
    assert groupings(points(np.ones((50, 2))), 10) == []


def test_people_at_one_place_are_counted_there():
    gathered = points(np.array([[0.0, 1], [0, 1], [0, 2]]))

    assert (gathered.places.tolist(), gathered.people.tolist()) == ([[0, 1], [0, 2]], [2, 1])


def test_a_grid_for_many_people_finds_the_same_groups(monkeypatch):
    places = cloud(5, 3, people=900)
    each = groupings(points(places), 10)
    monkeypatch.setattr(module, "MOST_POINTS", 500)

    gathered = groupings(points(places), 10)

    assert points(places).people.sum() == 900
    assert gathered[1].centers == pytest.approx(each[1].centers, abs=0.05)
    assert gathered[1].silhouette == pytest.approx(each[1].silhouette, abs=0.01)


def test_the_silhouette_is_that_of_distances_to_centers():
    found = groupings(points(np.array([[0.0, 0], [2, 0], [10, 0], [12, 0]])), 2)

    assert found[0].centers.tolist() == [[1, 0], [11, 0]]
    assert found[0].silhouette == pytest.approx(np.mean([1 - 1 / 11, 1 - 1 / 9, 1 - 1 / 9, 1 - 1 / 11]))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), k=st.integers(1, 5))
def test_the_order_of_people_changes_nothing(seed, k):
    places = cloud(seed, k, people=60)
    moved = np.random.default_rng(seed).permutation(places)

    found, again = groupings(points(places), 10), groupings(points(in_order(moved)), 10)

    assert [grouping.centers.tolist() for grouping in found] == [grouping.centers.tolist() for grouping in again]
