"""Raise the least share anybody gets before the sum: of what they could have if they were alone."""

from dataclasses import dataclass, replace

import numpy as np

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.optimum import Optimum, find_optimum
from lecen.science.assignment.program import Program
from lecen.science.assignment.schedules import Chooser
from lecen.science.assignment.solver import Stopwatch

STEPS = 100  # floors are whole percents
PENALTY = 1_000  # points that a point below the floor costs


@dataclass(frozen=True)
class Raised:
    """The best sum with the highest floor found, and the highest share that was not shown to be impossible."""

    optimum: Optimum
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
    """Find the highest floor by halving, then the greatest sum above it."""
    best = best_alone(program)
    found = find_optimum(program, begun, gap=gap, watch=watch)
    low, high = _reached(program, found.schedules, best), STEPS
    while low < high and not watch.over:
        tried = (low + high + 1) // 2
        raised = find_optimum(_with_floors(program, best, tried, weight=0), found.schedules, gap=0, watch=watch)
        if raised.value == 0:
            found, low = raised, max(tried, _reached(program, raised.schedules, best))
        else:
            high = tried - 1
    return Raised(find_optimum(_with_floors(program, best, low, weight=1), found.schedules, gap=gap, watch=watch), high)


def _reached(program: Program, schedules: Counts, best: Counts) -> int:
    wishing = best > 0
    return int((STEPS * program.points_of(schedules)[wishing] // best[wishing]).min()) if wishing.any() else STEPS


def _with_floors(program: Program, best: Counts, percent: int, weight: int) -> Program:
    floors = -(-best * percent // STEPS)
    return replace(program, floors=floors, penalty=PENALTY if weight else 1, weight=weight)
