"""Prices of seats that nearly balance wishes and seats: where the linear program starts from."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.schedules import Chooser
from lecen.science.stopwatch import Stopwatch

ROUNDS = 50
LAST = 18  # rounds whose schedules are kept: those of the first belong to prices far off
STILL = 1e-4  # of the bound: less than that in as many rounds, and the linear program may take over
PATIENCE = 3
MEMORY = 0.6
SHRINK = 0.6
FIRST_STEP = 6.0


@dataclass(frozen=True)
class Pricing:
    """The best prices found, the bound they prove, and schedules chosen on the way."""

    prices: Numbers
    bound: float
    schedules: tuple[Counts, ...]


def find_prices(chooser: Chooser, watch: Stopwatch) -> Pricing:
    """Raise the price of sections too many choose, lower that of those with seats left, in shrinking steps.

    Subgradient steps with memory on the Lagrangian dual, in which only the limits are priced: the rest of each unit's
    choice is a matching, whose linear program has whole solutions, so the least bound is that of the linear program.
    """
    limits = np.maximum(chooser.program.limits, 1)
    prices = np.zeros(len(limits))
    push, step, failures = np.zeros(len(limits)), 1.0, 0
    best, bound, kept = prices, np.inf, deque[Counts](maxlen=LAST)
    bounds = deque[float]([np.inf], maxlen=LAST)
    for turn in range(ROUNDS):
        offer = chooser.choose(prices)
        value = offer.most.sum() + prices @ chooser.program.limits
        kept.append(offer.schedules)
        failures = 0 if value < bound * (1 - 1e-7) else failures + 1
        if value < bound:
            best, bound = prices, value
        excess = chooser.program.used(offer.schedules) - chooser.program.limits
        push = MEMORY * push + np.where((prices <= 0) & (excess < 0), 0, excess) / limits
        if failures >= PATIENCE:
            step, failures, push, prices = step * SHRINK, 0, np.zeros(len(limits)), best
        prices = np.maximum(0, prices + step * FIRST_STEP * push / (1 + turn / 20))
        bounds.append(bound)
        if watch.over or bounds[0] - bound < STILL * abs(bound):
            break
    return Pricing(best, float(bound), tuple(kept))
