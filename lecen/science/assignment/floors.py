"""Raise the least share anybody gets before the sum: of what they could have if they were alone."""

from dataclasses import dataclass, replace

import numpy as np

from lecen.science.arrays import Counts, Numbers, generator
from lecen.science.assignment.level import STEPS, Level, find_level, floor_points
from lecen.science.assignment.optimum import Ended, Optimum, find_optimum, searchable
from lecen.science.assignment.prices import Pricing
from lecen.science.assignment.program import Program
from lecen.science.assignment.schedules import Chooser
from lecen.science.stopwatch import Stopwatch

PENALTY = 5  # first choices that a point below the floor costs
BEGINNINGS = 12  # schedules of each unit that the linear program starts from
APART = 0.2  # how far the logarithms of their prices stand apart
FIRST_DOWN = 2  # percent below the highest possible floor, where the search begins


@dataclass(frozen=True)
class Raised:
    """The best sum above the highest floor found, and the highest floor that was not shown to be impossible."""

    optimum: Optimum
    most: float


def best_alone(program: Program) -> Counts:
    """Points each unit would have if all others let it, its own requirements met."""
    if not len(program.unit):
        return np.zeros(program.units, dtype=np.int64)
    offer = Chooser(replace(program, penalty=0, keep=0)).choose(np.zeros(len(program.limits)))
    return program.points_of(offer.schedules)


def shares_of_best(program: Program, schedules: Counts) -> Numbers:
    """Give what each unit gets of what it could have alone, for those who could have anything."""
    best = best_alone(program)
    wishing = best > 0
    return program.points_of(schedules)[wishing] / best[wishing]


def raise_floor(program: Program, begun: Counts, plain: Optimum, gap: float, watch: Stopwatch) -> Raised:
    """Find the highest floor between that of the `plain` sum and what is shown to be impossible, and the sum above it.

    Nearly all that is impossible is shown to be, so the search begins just below that: down in doubled steps, by halving
    where that is shorter.

    Parameters
    ----------
    program : Program
        The problem, without floors.
    begun : ndarray of int, (units, slots)
        Schedules that are the answer where time ends the search below their floor.
    plain : Optimum
        The best sum; answers keep as many held seats.
    gap : float
        How much less than the bound on the sum will do, as a share of it.
    watch : Stopwatch
        Ends the search.

    Returns
    -------
    Raised

    Raises
    ------
    ScienceError
        Never for a checked program.

    """
    best = best_alone(program)
    # Above all points there are, or, where a search among all would not end, above what a point moved costs others.
    penalty = 1 + int(best.sum()) if searchable(program) else PENALTY * int(program.points.max())
    program = replace(
        program, reward=program.reward * (1 + penalty), keep=program.keep * (1 + penalty), penalty=penalty
    )
    found, owed = plain, program.beside(plain.schedules)
    start = begun if program.beside(begun) >= owed else plain.schedules
    level = find_level(program, best, owed, watch)
    low, high, most, down = _reached(program, plain.schedules, best), level.most, level.most, FIRST_DOWN
    while low < high and not watch.over:
        tried = max(high - down, (low + high + 1) // 2)
        floors = floor_points(best, tried)
        one = _above(replace(program, floors=floors), start, level, gap, watch)
        reached = _reached(program, one.schedules, best)
        if reached >= tried:
            found, low, start = one, reached, one.schedules
            continue
        high, down = tried - 1, 2 * down
        if one.bound < owed + floors.sum():
            most = high
    if _reached(program, begun, best) > low and program.beside(begun) >= owed:
        found, low = replace(plain, schedules=begun), _reached(program, begun, best)
    ended: Ended = "time" if watch.over else "iterations" if low < most else found.ended
    return Raised(replace(found, ended=ended), most / STEPS)


def _above(program: Program, begun: Counts, level: Level, gap: float, watch: Stopwatch) -> Optimum:
    """Find the best sum above the program's floors, beginning with schedules at prices near those of the level."""
    chooser, rng = Chooser(program), generator(0)
    offer = chooser.choose(level.prices)
    near = [
        level.prices * np.exp(APART * rng.normal(size=len(level.prices)))
        for _ in range(BEGINNINGS if not watch.over else 0)
    ]
    pricing = Pricing(
        level.prices,
        float(offer.most.sum() + level.prices @ program.limits),
        (offer.schedules, *(chooser.choose(prices).schedules for prices in near)),
    )
    return find_optimum(program, begun, gap=gap, watch=watch, pricing=pricing)


def _reached(program: Program, schedules: Counts, best: Counts) -> int:
    wishing = best > 0
    return int((STEPS * program.points_of(schedules)[wishing] // best[wishing]).min()) if wishing.any() else STEPS
