"""How far a map would change had other people of the same kind taken part: people are drawn anew, with return.

Sources: Hennig, "Cluster-wise assessment of cluster stability", Computational Statistics and Data Analysis 52 (2007)
258-271 (Jaccard similarity under resampling); Hubert and Arabie, "Comparing partitions", Journal of Classification 2
(1985) 193-218 (adjusted Rand index).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, generator
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.opinion.clusters import Grouping, groupings, in_order, nearest, points
from lecen.science.opinion.map import NO_GROUP, OpinionMap
from lecen.science.opinion.projection import project
from lecen.science.opinion.tally import Counts, tally_votes
from lecen.science.opinion.votes import Labels, Votes, take_votes

RESAMPLES = 50


@dataclass(frozen=True, eq=False)
class Stability:
    """How alike the groups are over maps of people drawn anew, each with as many groups as the map at hand.

    groups : (groups,) mean Jaccard similarity of each group with the most similar one: people in both of people in
        either; 1 is the same group each time, below 0.6 a group should not be trusted
    partition : mean adjusted Rand index of all groups together: 1 the same, 0 no more alike than by chance
    resamples : how many maps were compared
    """

    groups: Numbers
    partition: float
    resamples: int


def stability(votes: Any, found: OpinionMap, *, seed: int, resamples: int = RESAMPLES) -> Stability:
    """Tell how much of a map's groups stays when people are drawn anew, so that no group of chance is relied on.

    Parameters: `votes`, those that `found` was made of; `resamples`, how many maps to compare, at least 2; each costs
    about as much as counting and placing anew. Raises `ScienceError` where the map is none, has no clear groups, is
    of other votes, or an option is out of range.
    """
    votes, chance = take_votes(votes), generator(seed)
    resamples = whole(resamples, "The number of resamples", least=2)
    if not isinstance(found, OpinionMap):
        raise ScienceError("Stability is that of a map, made by `map_opinions`.")
    if not found.clear:
        raise ScienceError("There are no clear groups in this map, so there is nothing whose stability could be told.")
    if not np.array_equal(found.people, votes.people) or not np.array_equal(found.votes_cast, votes.votes_cast):
        raise ScienceError("The map was made of other votes than those given.")
    k = len(found.centers)
    alike, rand = np.zeros(k), 0.0
    for _ in range(resamples):
        rows = np.sort(chance.integers(0, len(votes.people), len(votes.people)))
        again = _groups(votes.of_people(rows), found.groups[rows] != NO_GROUP, k)
        first = np.append(True, np.diff(rows) > 0) & (again != NO_GROUP)  # each person counts once
        table = _cross(found.groups[rows][first], again[first], k)
        alike += _jaccard(table)
        rand += adjusted_rand(table)
    return Stability(alike / resamples, rand / resamples, resamples)


def adjusted_rand(table: Counts) -> float:
    """Give the adjusted Rand index of two partitions from the table (groups, groups) of people in both."""
    pairs, rows, columns = (
        float((count * (count - 1) / 2).sum()) for count in (table, table.sum(axis=1), table.sum(axis=0))
    )
    n = int(table.sum())
    expected = rows * columns / max(n * (n - 1) / 2, 1)
    greatest = (rows + columns) / 2
    return 1.0 if greatest == expected else (pairs - expected) / (greatest - expected)


def _groups(votes: Votes, grouped: Labels, k: int) -> Counts:
    """Group the people drawn into k groups, as near to k as can be found."""
    groups = np.full(len(votes.people), NO_GROUP)
    places = project(votes, tally_votes(votes)).positions[grouped]
    found = groupings(points(in_order(places)), 1) or [Grouping(places[:1], 0.0)]
    closest = min(found, key=lambda grouping: abs(len(grouping.centers) - k))
    groups[grouped] = nearest(places, closest.centers)
    return groups


def _cross(one: Counts, other: Counts, k: int) -> Counts:
    width = max(int(other.max()) + 1, k)
    return np.bincount(one * width + other, minlength=k * width).reshape(k, width)


def _jaccard(table: Counts) -> Numbers:
    either = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
    similar: Numbers = (table / np.maximum(either, 1)).max(axis=1)
    return similar
