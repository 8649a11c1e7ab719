"""Groups of people who stand close together on the plane: k-means from starts that no order of people can change.

Sources: Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982) 129-137;
Rousseeuw, "Silhouettes", Journal of Computational and Applied Mathematics 20 (1987) 53-65.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers

MOST_GROUPS = 5
MOST_POINTS = 5_000
CELLS_A_SIDE, REACH = 48, 3.5  # beyond MOST_POINTS: a grid of so many cells over so many standard deviations each way
FIRST_STEPS, MOST_STEPS = 8, 200
TIED = 1e-9
DIRECTIONS = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0]])
Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Points:
    """Different places on the plane, in one order for every order of people, and how many people stand there."""

    places: Numbers
    people: Numbers


@dataclass(frozen=True, eq=False)
class Grouping:
    """Centers (k, 2) of groups, and how far their people are from the next group: 0 not at all, 1 entirely."""

    centers: Numbers
    silhouette: float


def in_order(positions: Numbers) -> Numbers:
    """Sort places from left to right, and from the bottom up where two are one above the other."""
    return positions[np.lexsort((positions[:, 1], positions[:, 0]))]


def points(ordered: Numbers) -> Points:
    """Gather people by place, from places in order; very many are gathered to the means of the cells of a grid."""
    if len(ordered) > MOST_POINTS:
        spread = ordered.std(axis=0) + np.finfo(float).tiny
        scaled = (ordered - ordered.mean(axis=0)) / spread
        cells = np.clip((scaled / REACH + 1) / 2 * CELLS_A_SIDE, 0, CELLS_A_SIDE - 1).astype(np.int64)
        codes = cells[:, 0] * CELLS_A_SIDE + cells[:, 1]
        people = np.bincount(codes)
        sums = [np.bincount(codes, weights=axis) for axis in ordered.T]
        filled = people > 0
        return Points(np.column_stack(sums)[filled] / people[filled, np.newaxis], people[filled].astype(float))
    new = np.append(True, (np.diff(ordered, axis=0) != 0).any(axis=1))
    return Points(ordered[new], np.diff(np.append(np.flatnonzero(new), len(ordered))).astype(float))


def groupings(cloud: Points, least: int) -> list[Grouping]:
    """Give the best grouping for each number of groups from 2 to 5 that leaves no group below `least` people.

    A group that came out smaller is merged: its people go to the nearest of the groups that stay.
    """
    found = []
    centers = _mean(cloud)[np.newaxis]
    for k in range(2, min(MOST_GROUPS, len(cloud.people)) + 1):
        centers = _best(cloud, _starts(cloud, centers, k))
        large = _merged(cloud, centers, least)
        if len(large) > 1:
            found.append(Grouping(large, _silhouette(cloud, large)))
    return found


def nearest(positions: Numbers, centers: Numbers) -> Rows:
    """Give the number of the nearest center for each position; of two at one distance the first."""
    return np.argmin(_distances(positions, centers), axis=1)


def _distances(places: Numbers, centers: Numbers) -> Numbers:
    """Squared distances (places, centers)."""
    across = places[:, :1] - centers[:, 0]
    along = places[:, 1:] - centers[:, 1]
    squares: Numbers = across**2 + along**2
    return squares


def _mean(cloud: Points) -> Numbers:
    mean: Numbers = cloud.people @ cloud.places / cloud.people.sum()
    return mean


def _starts(cloud: Points, centers: Numbers, k: int) -> Numbers:
    """Give starts (starts, k, 2): slices of equal numbers of people in four directions, each group of k-1 split."""
    slices = [_means(cloud, _slices(cloud, direction, k), k) for direction in DIRECTIONS]
    groups = nearest(cloud.places, centers)
    splits = []
    for group in range(k - 1):
        inside = groups == group
        if inside.sum() > 1:
            part = Points(cloud.places[inside], cloud.people[inside])
            halves = _means(part, _slices(part, _axis(part), 2), 2)
            splits.append(np.concatenate([np.delete(centers, group, axis=0), halves]))
    return np.stack([*slices, *splits])


def _slices(cloud: Points, direction: Numbers, k: int) -> Rows:
    """Cut the cloud across a direction into k slices with about as many people each."""
    order = np.argsort(cloud.places @ direction, kind="stable")
    before = np.cumsum(cloud.people[order]) - cloud.people[order] / 2
    groups = np.empty(len(order), dtype=np.int64)
    groups[order] = np.minimum(before / cloud.people.sum() * k, k - 1).astype(np.int64)
    return groups


def _axis(cloud: Points) -> Numbers:
    """Give the direction in which a cloud is longest."""
    away = cloud.places - _mean(cloud)
    return np.linalg.eigh((away * cloud.people[:, np.newaxis]).T @ away)[1][:, 1]


def _means(cloud: Points, groups: Rows, k: int) -> Numbers:
    """Give the mean place of each group; the mean of all for a group without people."""
    people = np.bincount(groups, weights=cloud.people, minlength=k)
    sums = [np.bincount(groups, weights=cloud.people * axis, minlength=k) for axis in cloud.places.T]
    return np.where(
        people[:, np.newaxis] > 0, np.column_stack(sums) / np.maximum(people, 1)[:, np.newaxis], _mean(cloud)
    )


def _best(cloud: Points, starts: Numbers) -> Numbers:
    """Run some steps of k-means from all starts at once and the rest from the one that brought people closest."""
    centers = _moved(cloud, starts, FIRST_STEPS)
    losses = cloud.people @ _distances(cloud.places, centers.reshape(-1, 2)).reshape(-1, *centers.shape[:2]).min(axis=2)
    least = int(np.argmax(losses <= losses.min() * (1 + TIED)))
    return _moved(cloud, centers[least : least + 1], MOST_STEPS)[0]


def _moved(cloud: Points, starts: Numbers, steps: int) -> Numbers:
    """Move centers (starts, k, 2) to the means of the people nearest to them, until nobody changes or steps end."""
    tries, k, _ = starts.shape
    shift = np.arange(tries) * k
    people = np.repeat(cloud.people, tries)
    weighted = [np.repeat(cloud.people * axis, tries) for axis in cloud.places.T]
    centers, groups = starts.reshape(-1, 2), np.empty(0, dtype=np.int64)
    for _step in range(steps):
        apart = _distances(cloud.places, centers).reshape(-1, tries, k)
        closest = (apart.argmin(axis=2) + shift).ravel()
        if np.array_equal(closest, groups):
            break
        groups = closest
        inside = np.bincount(groups, weights=people, minlength=tries * k)
        sums = np.column_stack([np.bincount(groups, weights=axis, minlength=tries * k) for axis in weighted])
        # A center that lost all its people stays where it was.
        centers = np.where(inside[:, np.newaxis] > 0, sums / np.maximum(inside, 1)[:, np.newaxis], centers)
    return centers.reshape(tries, k, 2)


def _merged(cloud: Points, centers: Numbers, least: int) -> Numbers:
    while len(centers) > 1:
        people = np.bincount(nearest(cloud.places, centers), weights=cloud.people, minlength=len(centers))
        smallest = int(np.argmin(people))
        if people[smallest] >= least:
            return centers
        centers = np.delete(centers, smallest, axis=0)
    return centers


def _silhouette(cloud: Points, centers: Numbers) -> float:
    """Give the mean over people of (b - a) / b: a the distance to their own group's center, b to the next one's."""
    apart = np.sqrt(np.sort(_distances(cloud.places, centers), axis=1)[:, :2])
    own, other = apart.T
    return float(cloud.people @ (1 - own / np.where(other > 0, other, 1)) / cloud.people.sum())
