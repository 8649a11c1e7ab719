"""The best for the whole pool: as many pairs as can be made, and of those the ones with the highest score."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from lecen.science.arrays import Counts, Numbers, generator
from lecen.science.errors import ScienceError
from lecen.science.matching.pool import Pool
from lecen.science.matching.prices import Offers, proves
from lecen.science.matching.result import Matching, matching

# Sums of weights must stay exact in the solvers' float64.
LARGEST = 2**50
# As a table (128 MB) where at least one in so many pairs may be made, else as a list.
MOST_CELLS, SPARSE = 16_000_000, 20
MOST_LISTED = 40_000_000


def best_matching(
    pool: Pool, *, seed: int, waiting_bonus: float = 0.0, longest_waiting_first: bool = False
) -> Matching:
    """Pair as many mentees as can be, and of all such ways take the one with the highest sum of scores.

    With `longest_waiting_first`, those who waited most rounds come first: as many as possible of them are paired, then
    of those who waited one round less, and so on; this never costs a pair, only score. `waiting_bonus` is milder: it
    adds so many points a round waited to all pairs of a mentee while the pool is decided (not to the score reported).
    Ways that are equally good are told apart by the `seed` alone, and people alike in all have equal chances. Raises
    `ScienceError` where a bonus is negative or huge, or points differ by so much that sums would not be exact.

    The problem is the transportation problem with mentors' seats as destinations, solved by shortest augmenting paths:
    Crouse, IEEE Transactions on Aerospace and Electronic Systems 52 (2016) 1679-1696, and for lists of candidates
    Jonker and Volgenant, Computing 38 (1987) 325-340, both as SciPy has them. Afterwards prices are looked for that
    prove it best (see `Matching.proved`). That waiting can be put first without losing a pair is because the sets of
    mentees who can be paired at once are the independent sets of a matroid (Edmonds and Fulkerson, 1965).
    """
    bonus = pool.bonus(waiting_bonus)
    weight = _weights(pool, bonus, longest_waiting_first=longest_waiting_first)
    bound = np.zeros(len(pool.mentees), dtype=bool)
    bound[pool.mentee_of[pool.required]] = True
    at = np.flatnonzero(~bound[pool.mentee_of])
    seats = pool.seats - np.bincount(pool.mentor_of[pool.required], minlength=len(pool.mentors))
    undecided = Offers(pool.mentee_of[at], pool.mentor_of[at], weight[at], seats)
    picked = _solve(undecided, len(pool.mentees), generator(seed))
    chosen = pool.required.copy()
    chosen[at] = picked
    proved = proves(undecided, picked)
    return matching(pool, chosen, proved=proved)


def _weights(pool: Pool, bonus: int, *, longest_waiting_first: bool) -> Counts:
    """Give each candidate a weight above 0 by whose sum a matching is judged: pairs, then waiting, then score."""
    if not len(pool.mentee_of):
        return np.zeros(0, dtype=np.int64)
    score = pool.given_by(pool.mentee_parts) + pool.given_by(pool.mentor_parts)
    highest_wait = int(pool.waited.max())
    _exact(int(np.abs(score).max()) + bonus * highest_wait)
    score = score + bonus * pool.waited[pool.mentee_of]
    score -= score.min()
    best = np.zeros(len(pool.mentees), dtype=np.int64)
    np.maximum.at(best, pool.mentee_of, score)
    # More than all scores together, so that one more pair outweighs any of them.
    pair = sum(int(value) for value in best) + 1
    levels = np.unique(pool.waited, return_inverse=True)[1] if longest_waiting_first else np.zeros(len(best), int)
    _exact(pair * (int(levels.max()) + 2))
    return score + pair * (1 + levels[pool.mentee_of])


def _exact(size: int) -> None:
    if size > LARGEST:
        raise ScienceError("The points are too large or too fine to be summed exactly; give them in larger units.")


def _solve(undecided: Offers, mentees: int, chance: np.random.Generator) -> NDArray[np.bool_]:
    """Mark the candidates of greatest weight; people are shuffled first, so that ties fall by chance."""
    picked = np.zeros(len(undecided.mentee), dtype=bool)
    if not len(undecided.mentee):
        return picked
    shuffled = chance.permutation(mentees)
    mentors = len(undecided.seats)
    use = np.minimum(undecided.seats, np.bincount(undecided.mentor, minlength=mentors))
    # Each seat is a column; a mentor's seats stand together, mentors in shuffled order.
    order = chance.permutation(mentors)
    start = np.zeros(mentors, dtype=np.int64)
    start[order] = np.cumsum(use[order]) - use[order]
    rows, columns, total = shuffled[undecided.mentee], start[undecided.mentor], int(use.sum())
    cells = mentees * total
    if cells <= MOST_CELLS and int(use[undecided.mentor].sum()) * SPARSE >= cells:
        row, column = _by_table(rows, columns, use[undecided.mentor], undecided.weight, (mentees, total))
    else:
        row, column = _by_list(rows, columns, use[undecided.mentor], undecided.weight, (mentees, total))
    if not len(row):
        return picked
    owner = np.repeat(order, use[order])
    keys = undecided.mentee * mentors + undecided.mentor
    mentee = np.argsort(shuffled)[row]
    made = np.searchsorted(keys, mentee * mentors + owner[column])
    picked[made] = True
    return picked


def _by_table(
    rows: Counts, columns: Counts, seats: Counts, weight: Counts, shape: tuple[int, int]
) -> tuple[Counts, Counts]:
    table: Numbers = np.zeros(shape)
    for seat in range(int(seats.max())):
        held = seats > seat
        table[rows[held], columns[held] + seat] = weight[held]
    row, column = linear_sum_assignment(table, maximize=True)
    # A cell of 0 is a pair that may not be made: the mentee goes without.
    real = table[row, column] > 0
    return row[real], column[real]


def _by_list(
    rows: Counts, columns: Counts, seats: Counts, weight: Counts, shape: tuple[int, int]
) -> tuple[Counts, Counts]:
    entries = int(seats.sum())
    if entries > MOST_LISTED:
        raise ScienceError(
            f"{entries:,} candidates, each counted once a seat, are too many; list at most {MOST_LISTED:,}."
        )
    within = np.arange(entries) - np.repeat(np.cumsum(seats) - seats, seats)
    most = int(weight.max()) + 1
    # Beside the seats stands a way out for each mentee, at the cost of a weight of 0; costs of 0 would not be entries.
    cost = np.r_[np.repeat(most - weight, seats), np.full(shape[0], most)].astype(np.float64)
    row = np.r_[np.repeat(rows, seats), np.arange(shape[0])]
    column = np.r_[np.repeat(columns, seats) + within, shape[1] + np.arange(shape[0])]
    graph = csr_array((cost, (row, column)), shape=(shape[0], shape[0] + shape[1]))
    found_row, found_column = min_weight_full_bipartite_matching(graph)
    real = found_column < shape[1]
    return found_row[real], found_column[real]
