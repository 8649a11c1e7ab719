"""Whether groups are there at all: two questions, each answered by comparing the data with made-up data without groups.

1. Do people agree with each other across statements more than chance brings about? Votes are dealt out anew within each
   statement among those who voted on it: margins and gaps stay, any tie between statements goes.
2. Do people stand in separate groups, rather than all along a line or in one cloud? Places are drawn evenly from an
   ellipse of the same spread. A normal cloud would be too easy a rival: where people differ along one line, answers
   that cannot go beyond "agree" make the cloud flat, and a flat cloud parts more clearly than a normal one.

Sources: permutation tests as in Peres-Neto, Jackson and Somers, Computational Statistics and Data Analysis 49 (2005)
974-997 (number of principal components); an evenly filled shape as the rival of groups: Tibshirani, Walther and Hastie,
Journal of the Royal Statistical Society B 63 (2001) 411-423 (a box there); draws until the first that reaches the data: Besag and
Clifford, Biometrika 78 (1991) 301-304.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from lecen.science.arrays import Numbers
from lecen.science.opinion.clusters import Grouping, groupings, in_order, points
from lecen.science.opinion.projection import Keys, person_keys
from lecen.science.opinion.votes import Votes

DRAWS = 39  # groups only where the data lie beyond every draw: 1 in 40 without groups
MOST_PEOPLE, MOST_VOTES, MOST_PLACES = 2_000, 200_000, 500


@dataclass(frozen=True)
class Evidence:
    """How surprising the data would be without groups; groups are reported where both figures are 1/40 or less.

    agreement : p-value for the greatest common variation of votes against votes dealt out anew
    separation : p-value for how far groups stand apart against one even cloud; 1 where it was not asked for, because
        the first question was answered by no, or no two groups of the least size were found
    """

    agreement: float
    separation: float

    @property
    def clear(self) -> bool:
        return beyond(self.agreement) and beyond(self.separation)


def beyond(p_value: float) -> bool:
    """Whether no draw reached the data."""
    return p_value * (DRAWS + 1) <= 1


def agreement(votes: Votes, keys: Keys, chance: np.random.Generator) -> float:
    """Give the p-value for ties between statements, from at most some thousands of people drawn with `chance`.

    `keys` are the numbers of the statements by `statement_keys`: they sort people and statements by what they hold
    alone, so that chance falls the same whatever their order was.
    """
    share = MOST_VOTES / max(len(votes.answers), 1)
    drawn = min(len(votes.people), MOST_PEOPLE, max(int(len(votes.people) * share), MOST_PEOPLE // 10))
    in_line = np.argsort(person_keys(votes, keys), kind="stable")
    sample = votes.of_people(in_line[chance.choice(len(in_line), drawn, replace=False)]).arranged(np.argsort(keys))
    order = np.argsort(sample.places, kind="stable")
    statements, people = sample.places[order], sample.voters[order]
    answers = sample.answers[order].astype(np.float64)
    seen = np.maximum(np.bincount(statements), 1)
    answers -= (np.bincount(statements, weights=answers) / seen)[statements]
    shape = (drawn, len(votes.statements))

    def greatest(values: Numbers) -> float:
        return _greatest(sparse.csr_array((values, (people, statements)), shape=shape))

    def dealt() -> float:
        anew = np.argsort(statements + chance.random(len(statements)))
        return greatest(answers[anew])

    return _p_value(greatest(answers), dealt)


def separation(best: Grouping, ordered: Numbers, least: int, chance: np.random.Generator) -> float:
    """Give the p-value for the silhouette of the best grouping of places against even clouds of the same spread."""
    drawn = min(len(ordered), MOST_PLACES)
    values, axes = np.linalg.eigh(np.cov(ordered.T))
    stretch = axes * np.sqrt(np.maximum(values, 0)) * 2  # an even disk of radius 2 has variance 1 in each direction

    def even() -> float:
        angle, radius = 2 * np.pi * chance.random(drawn), np.sqrt(chance.random(drawn))
        disk = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
        return clearest(groupings(points(in_order(disk @ stretch.T)), least)).silhouette

    return _p_value(best.silhouette, even)


def clearest(found: list[Grouping]) -> Grouping:
    """Give the grouping whose people stand furthest from other groups; of two alike the one with fewer groups."""
    return max(found, key=lambda grouping: grouping.silhouette, default=Grouping(np.zeros((1, 2)), 0.0))


def _greatest(table: sparse.csr_array) -> float:
    """The greatest singular value."""
    if min(table.shape) < 3:  # noqa: PLR2004 (the iteration wants more than it gives)
        return float(np.linalg.norm(table.toarray(), 2))
    start = np.ones(min(table.shape)) + np.arange(min(table.shape)) % 2
    return float(svds(table, k=1, v0=start, tol=1e-2, return_singular_vectors=False)[0])


def _p_value(observed: float, draw: Callable[[], float]) -> float:
    """Draw until a draw reaches the data or `DRAWS` have not."""
    for count in range(1, DRAWS + 1):
        if draw() >= observed * (1 - 1e-9):
            return 1 / count
    return 1 / (DRAWS + 1)
