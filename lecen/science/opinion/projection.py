"""Where people stand on a plane, so that those who vote alike stand close to each other.

Source of the method: principal components of the table of votes with unseen cells at their statement's mean, and
positions stretched by sqrt(statements / votes cast), as in Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis:
Scaling deliberation by mapping high dimensional opinion spaces", Recerca 26 (2021).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.opinion.tally import Tally
from lecen.science.opinion.votes import Votes

ROUNDS = 3
NOTHING = 1e-10  # an eigenvalue below this share of all variation is a rounding error
TIED = 1e-9
UNIT = 2.0**40  # positions are summed in whole multiples of 1 / UNIT, so that the order of votes does not matter
VOTES_AT_ONCE = 2_000_000
Keys = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Projection:
    """Two principal components and the people on them.

    weights : (statements, 2) the components, of length 1, or 0 where the votes hold less than two dimensions
    variances : (2,) the share of all variation around the statements' means along each component
    positions : (people, 2) the people on the plane, stretched for the statements they have not seen
    keys : (statements,) the numbers of `statement_keys`
    """

    weights: Numbers
    variances: Numbers
    positions: Numbers
    keys: Keys


def project(votes: Votes, tally: Tally) -> Projection:
    """Place people on the two principal components of their votes; raises `ScienceError` where nobody differs.

    The sign of a component: agreeing with the statement of greatest weight moves a person to its positive side.
    """
    keys = statement_keys(tally)
    order = np.argsort(keys, kind="stable")
    gram = tally.gram()[np.ix_(order, order)]
    total = float(np.trace(gram))
    if total <= NOTHING * tally.counts.trace():
        raise ScienceError("Nobody differs: to each statement, all who voted on it gave the same answer.")
    size = len(order)
    values, vectors = eigh(gram, subset_by_index=[size - 2, size - 1], overwrite_a=True, check_finite=False)
    shares = np.maximum(values[::-1] / total, 0)
    weights = np.zeros((size, 2))
    weights[order] = np.where(shares > NOTHING, _signed(vectors[:, ::-1]), 0)
    return Projection(weights, shares, _positions(votes, tally.means, weights), keys)


def statement_keys(tally: Tally) -> Keys:
    """Give each statement a number that depends on the votes alone, not on the order of people or statements.

    Each round mixes a statement's number with those of all others and the counts of both together (color refinement
    as for graphs), so that statements share a number only where the counts of all pairs cannot tell them apart.
    """
    keys = mixed(np.diagonal(tally.counts), np.diagonal(tally.sums), np.diagonal(tally.products))
    for _ in range(ROUNDS):
        rows = [
            mixed(keys, tally.products[i], tally.sums[i], tally.sums[:, i], tally.counts[i]).sum(dtype=np.uint64)
            for i in range(len(keys))
        ]
        keys = mixed(keys, np.array(rows))
    return keys


def person_keys(votes: Votes, keys: Keys) -> Keys:
    """Give each person a number that depends on their votes alone, from the numbers of the statements."""
    table = np.column_stack([mixed(keys, np.full(len(keys), answer)) for answer in (-1, 0, 1)])
    keys_of_people: Keys = _sums(votes, table[..., np.newaxis])[:, 0]
    return keys_of_people


def mixed(*parts: NDArray[np.integer]) -> Keys:
    """Mix arrays of whole numbers of one length into one array of scattered numbers (multiply and shift)."""
    scattered = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        scattered = (scattered ^ part.astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9) + np.uint64(0x9E3779B97F4A7C15)
        scattered ^= scattered >> np.uint64(29)
        scattered *= np.uint64(0x94D049BB133111EB)
        scattered ^= scattered >> np.uint64(32)
    return scattered


def _signed(vectors: Numbers) -> Numbers:
    sizes = np.abs(vectors)
    greatest = np.argmax(sizes >= sizes.max(axis=0) * (1 - TIED), axis=0)
    return vectors * np.where(vectors[greatest, [0, 1]] < 0, -1, 1)


def _positions(votes: Votes, means: Numbers, weights: Numbers) -> Numbers:
    moves = (np.array([-1, 0, 1])[:, np.newaxis] - means[:, np.newaxis, np.newaxis]) * weights[:, np.newaxis]
    sums = _sums(votes, np.rint(moves * UNIT).astype(np.int64))
    stretch = np.sqrt(len(votes.statements) / np.maximum(votes.votes_cast, 1))
    return sums / UNIT * stretch[:, np.newaxis]


def _sums(votes: Votes, table: NDArray[Any]) -> NDArray[Any]:
    """Add up, for each person, the entries of `table` (statements, answers, any) for that person's votes."""
    rows = table.reshape(-1, table.shape[2])
    sums = np.zeros((len(votes.people), rows.shape[1]), dtype=table.dtype)
    first = 0
    while first < len(sums):
        end = int(np.searchsorted(votes.starts, votes.starts[first] + VOTES_AT_ONCE))
        end = min(max(end, first + 1), len(sums))
        reach = slice(votes.starts[first], votes.starts[end])
        running = np.zeros((reach.stop - reach.start + 1, rows.shape[1]), dtype=table.dtype)
        np.cumsum(rows[votes.places[reach] * 3 + votes.answers[reach] + 1], axis=0, out=running[1:])
        starts = votes.starts[first : end + 1] - votes.starts[first]
        sums[first:end] = np.diff(running[starts], axis=0)
        first = end
    return sums
