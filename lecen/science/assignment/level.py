"""How high a floor can be at most: prices of seats and weights of people by which no higher one can hold."""

from dataclasses import dataclass

import numpy as np

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.prices import Descent
from lecen.science.assignment.program import Program
from lecen.science.assignment.schedules import Chooser
from lecen.science.stopwatch import Stopwatch

STEPS = 100  # floors are whole percents
ROUNDS = 120
RAISE = 4.0  # how fast the weight of those below the level rises
ROUNDING = 1e-9


@dataclass(frozen=True)
class Level:
    """The highest floor not shown to be impossible, in percent, and the prices that show it."""

    most: int
    prices: Numbers


def floor_points(best: Counts, percent: int) -> Counts:
    """Points that are `percent` of each unit's best at least: points are whole, so rounded up."""
    return -(-best * percent // STEPS)


def find_level(program: Program, best: Counts, owed: int, watch: Stopwatch) -> Level:
    """Find weights of people and prices of seats by which no floor above some percent can hold.

    For any weights and prices, the points of everybody, weighted, are at most what all their best schedules are worth
    less their prices, and the price of all seats; a floor that asks for more is impossible. Subgradient steps on both
    make that bound small: the dual of raising the least share. `best` are the points of each unit alone, `owed` what
    met requirements and kept seats count for in any answer.
    """
    chooser, descent = Chooser(program), Descent(program.limits)
    asked = np.stack([floor_points(best, percent) for percent in range(STEPS + 1)])
    total, most = best.sum(), STEPS
    if not total:
        return Level(most, descent.prices)
    weights = kept = np.ones(program.units)
    for _ in range(ROUNDS):
        offer = chooser.choose(descent.prices, weights)
        bound = offer.most.sum() + descent.prices @ program.limits - owed
        possible = asked @ weights <= bound + ROUNDING * (abs(bound) + owed)
        most = min(most, int(np.flatnonzero(possible).max(initial=0)))
        share = bound / (weights @ best)
        if share < descent.bound:
            kept = weights
        if descent.step(float(share), program.used(offer.schedules)):
            weights = kept
        lack = np.where(best > 0, descent.bound - program.points_of(offer.schedules) / np.maximum(best, 1), 0)
        weights = weights * np.exp(np.clip(RAISE * descent.size * lack, -1, 1))
        weights = weights * total / (weights @ best)
        if watch.over:
            break
    return Level(most, descent.best)
