"""The best schedule of one unit when some courses must come before others."""

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from scipy.optimize import linear_sum_assignment

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.program import NOTHING

TINY = 1e-9
MOST_BRANCHES = 200  # of one search: each is a matching


def best_in_order(
    gains: Numbers, needs: tuple[tuple[int, int], ...], most_branches: int = MOST_BRANCHES
) -> tuple[Counts, float]:
    """Choose one place a slot for the greatest sum, no place twice, each after the places it needs.

    `gains` is (slots, places), minus infinity where a place has no seat in a slot; `needs` are pairs (place, place
    before it). Gives the place of each slot, or -1, and a bound on the sum: the sum itself, unless the search ended at
    its limit. A matching that ignores `needs` is split where it breaks one: either the later course is not taken by
    then, or the earlier one is taken before; the better branch first, until none can be better than the best found.
    """
    best, most = np.full(len(gains), NOTHING), 0.0
    waiting = [_Branch.of(gains, frozenset())]
    for _ in range(most_branches):
        branch = heappop(waiting)
        if branch.value <= most + TINY:
            return best, most
        kept = _in_order(branch.held, needs)
        value = float(gains[kept != NOTHING, kept[kept != NOTHING]].sum())
        if value > most:
            best, most = kept, value
        broken = _broken(branch.held, needs)
        if broken is None:
            return best, most
        slot, place, before = broken
        without, after = branch.allowed.copy(), branch.allowed.copy()
        without[: slot + 1, place] = -np.inf
        after[slot:, before] = -np.inf
        heappush(waiting, _Branch.of(without, branch.forced))
        heappush(waiting, _Branch.of(after, branch.forced | {before}))
    return best, max(most, waiting[0].value)


@dataclass(frozen=True)
class _Branch:
    """Part of the search: what may be held, what must be, and the best of it when order is ignored."""

    value: float  # minus infinity where what must be held cannot be
    held: Counts
    allowed: Numbers
    forced: frozenset[int]

    @classmethod
    def of(cls, allowed: Numbers, forced: frozenset[int]) -> "_Branch":
        held, value = _matching(allowed, forced)
        return cls(value, held, allowed, forced)

    def __lt__(self, other: "_Branch") -> bool:
        """Let the better one come first in a heap."""
        return self.value > other.value


def _matching(allowed: Numbers, forced: frozenset[int]) -> tuple[Counts, float]:
    """Give the best places and their sum, with every forced place held; minus infinity where that cannot be."""
    possible = np.isfinite(allowed)
    table = np.where(possible, np.maximum(allowed, 0), 0)
    bonus = 1 + 2 * np.abs(allowed[possible]).sum()
    for place in forced:
        table[:, place] = np.where(possible[:, place], allowed[:, place] + bonus, 0)
    slots, places = linear_sum_assignment(table, maximize=True)
    held = np.full(len(allowed), NOTHING)
    taken = table[slots, places] > TINY
    held[slots[taken]] = places[taken]
    if not forced <= set(held.tolist()):
        return held, -np.inf
    return held, float(allowed[slots[taken], places[taken]].sum())


def _in_order(held: Counts, needs: tuple[tuple[int, int], ...]) -> Counts:
    """Leave out what is held before what it needs, and what then lacks that."""
    kept = held.copy()
    while (broken := _broken(kept, needs)) is not None:
        kept[broken[0]] = NOTHING
    return kept


def _broken(held: Counts, needs: tuple[tuple[int, int], ...]) -> tuple[int, int, int] | None:
    at = {int(place): slot for slot, place in enumerate(held) if place != NOTHING}
    for place, before in needs:
        if place in at and at.get(before, len(held)) >= at[place]:
            return at[place], place, before
    return None
