"""The best for the whole pool: as many pairs as can be made, and of those the ones with the highest score."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from lecen.science.arrays import Counts, Numbers, generator
from lecen.science.errors import ScienceError
from lecen.science.inputs import yes_or_no
from lecen.science.matching.guess import likely_prices
from lecen.science.matching.pool import STEPS, Pool
from lecen.science.matching.prices import Offers, proves
from lecen.science.matching.result import Matching, matching

# Sums and differences of weights must stay exact in the solvers' float64.
LARGEST = 2**48
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

    The problem is the transportation problem with mentors' seats as destinations. Prices of the seats are guessed
    (`likely_prices`), from which shortest augmenting paths start: Crouse, IEEE Transactions on Aerospace and Electronic
    Systems 52 (2016) 1679-1696, and for lists of candidates Jonker and Volgenant, Computing 38 (1987) 325-340, both as
    SciPy has them. Afterwards prices are looked for that prove it best (see `Matching.proved`). That waiting can be put
    first without losing a pair is because the sets of mentees who can be paired at once are the independent sets of a
    matroid (Edmonds and Fulkerson, 1965).
    """
    bonus = pool.bonus(waiting_bonus)
    by_waiting = yes_or_no(longest_waiting_first, "Longest waiting first")
    weight = _weights(pool, bonus, longest_waiting_first=by_waiting)
    bound = np.zeros(len(pool.mentees), dtype=bool)
    bound[pool.mentee_of[pool.required]] = True
    seats = pool.seats - np.bincount(pool.mentor_of[pool.required], minlength=len(pool.mentors))
    at = np.flatnonzero(~bound[pool.mentee_of] & (seats[pool.mentor_of] > 0))
    undecided = Offers(pool.mentee_of[at], pool.mentor_of[at], weight[at], seats)
    price = likely_prices(undecided)
    picked = _solve(undecided, price, len(pool.mentees), generator(seed))
    chosen = pool.required.copy()
    chosen[at] = picked
    return matching(pool, chosen, proved=proves(undecided, picked, price))


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
    # More than all scores together, so that one more pair outweighs any of them; whole points stay whole.
    pair = sum(int(value) for value in best) + STEPS
    levels = np.unique(pool.waited, return_inverse=True)[1] if longest_waiting_first else np.zeros(len(best), int)
    _exact(pair * (int(levels.max()) + 2))
    return score + pair * (1 + levels[pool.mentee_of])


def _exact(size: int) -> None:
    if size > LARGEST:
        raise ScienceError("The points are too large or too fine to be summed exactly; give them in larger units.")


def _solve(undecided: Offers, price: Counts, mentees: int, chance: np.random.Generator) -> NDArray[np.bool_]:
    """Mark the candidates of greatest weight; people are shuffled first, so that ties fall by chance."""
    picked = np.zeros(len(undecided.mentee), dtype=bool)
    shuffled = chance.permutation(mentees)
    mentors = len(undecided.seats)
    use = np.minimum(undecided.seats, np.bincount(undecided.mentor, minlength=mentors))
    # Each seat is a column; a mentor's seats stand together, mentors in shuffled order.
    order = chance.permutation(mentors)
    start = np.zeros(mentors, dtype=np.int64)
    start[order] = np.cumsum(use[order]) - use[order]
    owner = np.repeat(order, use[order])
    places = _Places(
        rows=shuffled[undecided.mentee],
        columns=start[undecided.mentor],
        seats=use[undecided.mentor],
        weight=undecided.weight,
        price=price[owner],
        mentees=mentees,
    )
    row, column = places.by_table() if places.dense() else places.by_list()
    keys = undecided.mentee * mentors + undecided.mentor
    picked[np.searchsorted(keys, np.argsort(shuffled)[row] * mentors + owner[column])] = True
    return picked


@dataclass(frozen=True)
class _Places:
    """Candidates by row (a mentee) and first column (a mentor's seats), with their weights; prices by column.

    Going without is worth 0, and so is an empty seat. Where everybody and every seat has one of these or a pair, each
    column is taken once, and its price may be taken off all that stands in it: the best stays the best.
    """

    rows: Counts
    columns: Counts
    seats: Counts
    weight: Counts
    price: Counts
    mentees: int

    def dense(self) -> bool:
        cells = max(self.mentees, len(self.price)) ** 2
        return cells <= MOST_CELLS and int(self.seats.sum()) * SPARSE >= cells

    def by_table(self) -> tuple[Counts, Counts]:
        side = max(self.mentees, len(self.price))
        price = np.zeros(side)
        price[: len(self.price)] = self.price
        cost: Numbers = np.tile(price, (side, 1))
        for seat in range(int(self.seats.max(initial=0))):
            held = self.seats > seat
            cost[self.rows[held], self.columns[held] + seat] -= self.weight[held]
        row, column = linear_sum_assignment(cost)
        real = cost[row, column] < price[column]
        return row[real], column[real]

    def by_list(self) -> tuple[Counts, Counts]:
        entries = int(self.seats.sum())
        if entries > MOST_LISTED:
            raise ScienceError(
                f"{entries:,} candidates, each counted once a seat, are too many; list at most {MOST_LISTED:,}."
            )
        within = np.arange(entries) - np.repeat(np.cumsum(self.seats) - self.seats, self.seats)
        row, column = np.repeat(self.rows, self.seats), np.repeat(self.columns, self.seats) + within
        net = self.weight - self.price[self.columns]
        gain = np.zeros(self.mentees, dtype=np.int64)
        np.maximum.at(gain, self.rows, net)
        # Below stand the empty seats, on the right those who go without; where two are paired, these two are as well.
        everybody, seats = np.arange(self.mentees), np.arange(len(self.price))
        down, right = self.mentees, len(self.price)
        loss = np.r_[np.repeat(gain[self.rows] - net, self.seats), gain, self.price, np.zeros(entries)]
        rows = np.r_[row, everybody, down + seats, down + column]
        columns = np.r_[column, right + everybody, seats, right + row]
        # A cost of 0 would be no entry.
        graph = csr_array((loss + 1.0, (rows, columns)), shape=(down + right, down + right))
        taken = min_weight_full_bipartite_matching(graph)[1][: self.mentees]
        real = np.flatnonzero(taken < right)
        return real, taken[real]
