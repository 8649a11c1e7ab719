"""Prices of seats that nearly balance wishes and seats: where the linear program starts from."""

from collections import deque
from dataclasses import dataclass, field

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


@dataclass
class Descent:
    """Subgradient steps with memory: raise the price of what too many choose, lower that of what has seats left."""

    limits: Counts
    prices: Numbers = field(init=False)
    best: Numbers = field(init=False)  # the prices of the least bound
    bound: float = np.inf
    size: float = 1.0  # of steps; shrinks where they fail, and with time
    _push: Numbers = field(init=False)
    _shrunk: float = 1.0
    _failures: int = 0
    _turn: int = 0

    def __post_init__(self) -> None:
        self.prices = self.best = self._push = np.zeros(len(self.limits))

    def step(self, bound: float, used: Numbers) -> bool:
        """Step on from the bound and the seats used at these prices; say whether from the best prices, not from these."""
        self._failures = 0 if bound < self.bound * (1 - 1e-7) else self._failures + 1
        if bound < self.bound:
            self.best, self.bound = self.prices, bound
        excess = used - self.limits
        push = np.where((self.prices <= 0) & (excess < 0), 0, excess) / np.maximum(self.limits, 1)
        self._push = MEMORY * self._push + push
        back = self._failures >= PATIENCE
        if back:
            self._shrunk, self._failures, self._push, self.prices = (
                self._shrunk * SHRINK, 0, np.zeros(len(push)), self.best,
            )  # fmt: skip
        self.size = self._shrunk / (1 + self._turn / 20)
        self.prices = np.maximum(0, self.prices + self.size * FIRST_STEP * self._push)
        self._turn += 1
        return back


def find_prices(chooser: Chooser, watch: Stopwatch) -> Pricing:
    """Find prices of a low bound in shrinking steps.

    The bound is the Lagrangian dual in which only the limits are priced: the rest of each unit's choice is a matching,
    whose linear program has whole solutions, so the least bound is that of the linear program.
    """
    limits = chooser.program.limits
    descent = Descent(limits)
    kept, bounds = deque[Counts](maxlen=LAST), deque[float]([np.inf], maxlen=LAST)
    for _ in range(ROUNDS):
        offer = chooser.choose(descent.prices)
        kept.append(offer.schedules)
        descent.step(float(offer.most.sum() + descent.prices @ limits), chooser.program.used(offer.schedules))
        bounds.append(descent.bound)
        if watch.over or bounds[0] - descent.bound < STILL * abs(descent.bound):
            break
    return Pricing(descent.best, descent.bound, tuple(kept))
