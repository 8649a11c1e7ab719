"""The best schedule of one unit when some courses must come before others."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from lecen.science.arrays import Counts, Numbers

NOTHING = -1


def best_in_order(gains: Numbers, needs: tuple[tuple[int, int], ...]) -> Counts:
    """Choose one place a slot for the greatest sum, no place twice, each after the places it needs.

    `gains` is (slots, places), minus infinity where a place has no seat in a slot; `needs` are pairs (place, place
    before it). Gives the place of each slot, or -1. A matching that ignores `needs` is split where it breaks one: either
    the later course is not taken by then, or the earlier one is taken before; the better branch first, until no branch
    can be better than the best schedule found.
    """
    best, most = np.full(len(gains), NOTHING), 0.0
    waiting: list[tuple[Numbers, frozenset[int]]] = [(gains, frozenset())]
    while waiting:
        allowed, forced = waiting.pop()
        found = _matching(allowed, forced)
        if found is None:
            continue
        held, value = found
        if value <= most + 1e-9:
            continue
        broken = _broken(held, needs)
        if broken is None:
            best, most = held, value
            continue
        slot, place, before = broken
        without, after = allowed.copy(), allowed.copy()
        without[: slot + 1, place] = -np.inf
        after[slot:, before] = -np.inf
        waiting += [(without, forced), (after, forced | {before})]
    return best


def _matching(allowed: Numbers, forced: frozenset[int]) -> tuple[Counts, float] | None:
    """Give the best places and their sum, with every forced place held; None where that cannot be."""
    possible = np.isfinite(allowed)
    table = np.where(possible, np.maximum(allowed, 0), 0)
    bonus = 1 + 2 * np.abs(allowed[possible]).sum()
    for place in forced:
        table[:, place] = np.where(possible[:, place], allowed[:, place] + bonus, 0)
    slots, places = linear_sum_assignment(table, maximize=True)
    held = np.full(len(allowed), NOTHING)
    taken = table[slots, places] > 1e-9  # noqa: PLR2004  rounding
    held[slots[taken]] = places[taken]
    if not forced <= set(held.tolist()):
        return None
    return held, float(allowed[slots[taken], places[taken]].sum())


def _broken(held: Counts, needs: tuple[tuple[int, int], ...]) -> tuple[int, int, int] | None:
    at = {int(place): slot for slot, place in enumerate(held) if place != NOTHING}
    for place, before in needs:
        if place in at and at.get(before, len(held)) >= at[place]:
            return at[place], place, before
    return None
