"""How few people must be turned away and how few clashes there must be, whatever the timetable."""

import numpy as np
from scipy.linalg import eigh
from scipy.optimize import linear_sum_assignment

from lecen.science.arrays import Counts, Numbers
from lecen.science.stopwatch import Stopwatch

ROUNDS, VECTORS = 300, 30
# Eigenvalues are exact to far less than that, beside the largest number in the matrix.
ROUNDING = 1e-9


def fewest_clashes(clash: Counts, length: Counts, slots: int, watch: Stopwatch) -> int:
    """Bound from below the clashes of sessions that all run in some of `slots`, `length` each; whole people.

    `clash` is symmetric with a diagonal of 0. A session of several slots counts as so many parts; two sessions meet in
    as many slots as the shorter has at most, so their clash is divided by that, and a session's own parts never meet.
    Two bounds: so many sessions in so few slots make a least number of pairs that run at once, and those clash at least
    as much as the mildest do; and the semidefinite bound of graph partitioning (see `_relaxed`), as near as time allows.
    """
    pairs = clash[np.triu_indices(len(clash), 1)]
    if not pairs.any():
        return 0
    part = np.repeat(np.arange(len(clash)), length)
    parts = (clash / np.minimum.outer(length, length))[np.ix_(part, part)]
    parts[part[:, None] == part] = clash.max()
    np.fill_diagonal(parts, 0)
    full, rest = divmod(len(parts), slots)
    together = rest * full + slots * full * (full - 1) // 2
    mildest = np.sort(parts[np.triu_indices(len(parts), 1)])[:together].sum()
    return _whole(max(mildest, _relaxed(parts, slots, watch)), parts)


def _whole(bound: float, clash: Numbers) -> int:
    return int(np.ceil(bound - ROUNDING * len(clash) ** 2 * float(clash.max())))


def fewest_turned_away(cost: Numbers, watch: Stopwatch) -> int:
    """Bound from below what sessions cost that each take a place of their own; `cost` is sessions × places.

    It is infinite where a session may not be. The bound is the least sum of an assignment, which knows no rule between
    sessions but this one; where the time is over, of each session's cheapest place.
    """
    if watch.over:
        return int(cost.min(axis=1, initial=np.inf).sum())
    return int(cost[linear_sum_assignment(cost)].sum())


def _relaxed(clash: Numbers, slots: int, watch: Stopwatch) -> float:
    """Bound the clashes by duality with a semidefinite program, by ascent on its prices.

    Let Y hold 1 where two sessions share a slot, else 0. Its diagonal is 1, no entry is below 0, and Y less 1/slots
    everywhere is positive semidefinite: Z, of trace n (1 - 1/slots). The clashes are half the sum of clash * Y. So for
    any numbers d, one a session, and any N >= 0, one a pair, with M = clash - N:

        clashes >= sum(M) / (2 slots) + (1 - 1/slots) / 2 * (sum(d) + n * least eigenvalue of (M - diag(d)))

    Every round changes d and N the way the eigenvectors of the least eigenvalues point; the best bound counts, and it
    holds whether or not the ascent has settled. Source of the relaxation: Frieze and Jerrum, Algorithmica 18 (1997)
    67-81; of eigenvalue bounds with a diagonal: Donath and Hoffman, IBM Journal of Research and Development 17 (1973)
    420-425.
    """
    count, off = len(clash), 1 - 1 / slots
    scale = float(clash.std())
    diagonal, given = np.zeros(count), np.zeros_like(clash)
    best = 0.0
    for step in range(ROUNDS):
        if watch.over:
            break
        left = clash - given
        values, vectors = eigh(left - np.diag(diagonal), subset_by_index=(0, min(VECTORS, count) - 1))
        best = max(best, left.sum() / 2 / slots + off / 2 * (diagonal.sum() + count * values[0]))
        weights = np.exp((values[0] - values) * (1 + step / 5) / (3 * scale))
        inner = count * (vectors * (weights / weights.sum())) @ vectors.T
        rise = 1 - np.diag(inner)
        together = 1 / slots + off * inner
        np.fill_diagonal(together, 0)
        length = scale / (1 + step / 10)
        diagonal = diagonal + 2 * length * rise / max(np.abs(rise).max(), ROUNDING)
        given = np.maximum(given - length * together / max(np.abs(together).max(), ROUNDING), 0)
    return float(best)
