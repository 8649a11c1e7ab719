"""Raise the least share anybody gets before the sum: of what they could have if they were alone."""

from dataclasses import dataclass, replace

import numpy as np

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.optimum import Optimum, find_optimum
from lecen.science.assignment.program import Program
from lecen.science.assignment.schedules import Chooser
from lecen.science.stopwatch import Stopwatch

STEPS = 100  # floors are whole percents
PENALTY = 10_000  # points that a point below the floor costs


@dataclass(frozen=True)
class Raised:
    """The best sum above the highest floor found, and the highest floor that was not shown to be impossible."""

    optimum: Optimum
    floor: float
    most: float


def best_alone(program: Program) -> Counts:
    """Points each unit would have if every section had a seat for it."""
    offer = Chooser(replace(program, penalty=0)).choose(np.zeros(len(program.limits)))
    return program.points_of(offer.schedules)


def shares_of_best(program: Program, schedules: Counts) -> Numbers:
    """Give what each unit gets of what it could have alone, for those who could have anything."""
    best = best_alone(program)
    wishing = best > 0
    return program.points_of(schedules)[wishing] / best[wishing]


def raise_floor(program: Program, begun: Counts, gap: float, watch: Stopwatch) -> Raised:
    """Find the highest floor by halving, each tried with the greatest sum above it.

    A floor is out of reach where the bound on all points, less the penalties, is below the points it asks for.
    """
    best = best_alone(program)
    found = find_optimum(program, begun, gap=gap, watch=watch)
    low, high, most = _reached(program, found.schedules, best), STEPS, STEPS
    while low < high and not watch.over:
        tried = (low + high + 1) // 2
        floors = _floors(best, tried)
        raised = replace(program, floors=floors, penalty=PENALTY)
        one = find_optimum(raised, found.schedules, gap=gap, watch=watch, most=found.bound)
        if _reached(program, one.schedules, best) >= tried:
            found, low = one, tried
            continue
        high = tried - 1
        if one.bound < program.reward * program.musts.sum() + floors.sum():
            most = min(most, high)
    return Raised(found, low / STEPS, most / STEPS)


def _floors(best: Counts, percent: int) -> Counts:
    return -(-best * percent // STEPS)


def _reached(program: Program, schedules: Counts, best: Counts) -> int:
    wishing = best > 0
    return int((STEPS * program.points_of(schedules)[wishing] // best[wishing]).min()) if wishing.any() else STEPS
