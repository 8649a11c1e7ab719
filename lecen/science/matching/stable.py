"""A matching that holds by itself: no mentee and mentor would both rather have each other."""

from heapq import heappush, heappushpop
from math import prod

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts, generator
from lecen.science.inputs import yes_or_no
from lecen.science.matching.pool import Pool
from lecen.science.matching.result import LARGEST_KEY, Matching, matching


def stable_matching(
    pool: Pool, *, seed: int, waiting_bonus: float = 0.0, longest_waiting_first: bool = False
) -> Matching:
    """Pair by what each side wants, so that no two who are not a pair would both rather be one.

    Mentees ask their mentors from the best down, by the mentees' parts; a mentor keeps the best of those who ask, by
    the mentors' parts, as far as seats go. Each mentee then has the best mentor whom they have in any stable matching
    of the same order of equals, and none gains by asking in another order than their true one. Equals are ordered by
    one lot a person, drawn from the `seed`. `waiting_bonus` (points a round waited) is added to what mentors see, and
    with `longest_waiting_first` mentors take whoever waited longest first: then stable means by that order. Required
    pairs are made before and hold their seats. Raises `ScienceError` where a bonus is negative or huge.

    Source: Gale and Shapley, American Mathematical Monthly 69 (1962) 9-15, colleges with seats; Roth, Mathematics of
    Operations Research 7 (1982) 617-628, for who can gain.
    """
    bonus = pool.bonus(waiting_bonus)
    by_waiting = yes_or_no(longest_waiting_first, "Longest waiting first")
    chance = generator(seed)
    lots = chance.permutation(len(pool.mentees)), chance.permutation(len(pool.mentors))
    wish = _order(pool.mentee_of, -pool.given_by(pool.mentee_parts), lots[1][pool.mentor_of])
    seen = pool.given_by(pool.mentor_parts) + bonus * pool.waited[pool.mentee_of]
    first = -pool.waited[pool.mentee_of] if by_waiting else np.zeros_like(seen)
    order = _order(first, -seen, lots[0][pool.mentee_of])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return matching(pool, _asking(pool, wish, rank), proved=False)


def _order(*keys: Counts) -> Counts:
    """Sort by the first key, then the second, then the third: as one number where it fits, which is much faster."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64)
    spans = [int(key.max()) - int(key.min()) + 1 for key in keys]
    if prod(spans) > LARGEST_KEY:
        return np.lexsort(keys[::-1])
    joined = np.zeros(len(keys[0]), dtype=np.int64)
    for key, span in zip(keys, spans, strict=True):
        joined = joined * span + (key - key.min())
    return np.argsort(joined)


def _asking(pool: Pool, wish: Counts, rank: Counts) -> NDArray[np.bool_]:
    """Let mentees ask in the order `wish` (candidates, mentee by mentee) and mentors keep the lowest `rank`."""
    chosen = pool.required.copy()
    bound = set(pool.mentee_of[pool.required].tolist())
    seats = (pool.seats - np.bincount(pool.mentor_of[pool.required], minlength=len(pool.mentors))).tolist()
    start = np.searchsorted(pool.mentee_of, np.arange(len(pool.mentees) + 1)).tolist()
    asked, mentor_of, ranks = start[:-1], pool.mentor_of[wish].tolist(), rank[wish].tolist()
    held: list[list[tuple[int, int, int]]] = [[] for _ in seats]
    waiting = [mentee for mentee in range(len(pool.mentees)) if mentee not in bound]
    while waiting:
        mentee = waiting[-1]
        at = asked[mentee]
        if at == start[mentee + 1]:
            waiting.pop()
            continue
        asked[mentee] = at + 1
        mentor, entry = mentor_of[at], (-ranks[at], mentee, at)
        if len(held[mentor]) < seats[mentor]:
            heappush(held[mentor], entry)
            waiting.pop()
        else:
            waiting[-1] = heappushpop(held[mentor], entry)[1]
    chosen[wish[[at for entries in held for _, _, at in entries]]] = True
    return chosen
