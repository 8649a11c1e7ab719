"""The linear program over schedules: each unit takes parts of schedules that add to one, within the limits."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.prices import Pricing
from lecen.science.assignment.program import NOTHING
from lecen.science.assignment.schedules import Chooser
from lecen.science.assignment.solver import ENDLESS, add_columns, add_rows, new_solver
from lecen.science.stopwatch import Stopwatch

ROUNDS = 60
CLOSE = 1e-7  # of the bound: nearer than that, more columns would not change a whole number
WHOLE = 1e-6
BETWEEN = (0.5, 0.8)  # how far from the new prices to the best ones schedules are sought too, which steadies the prices


@dataclass(frozen=True)
class Relaxed:
    """The end of the linear program: prices, bound, and each unit's schedule where it is whole."""

    prices: Numbers
    bound: float
    schedules: Counts
    split: Counts  # units that take parts of several schedules
    rounds: int
    closed: bool


class ScheduleProgram:
    """Schedules found so far and the solver that combines them; each solution starts where the last one ended."""

    def __init__(self, chooser: Chooser) -> None:
        self._chooser, self._program = chooser, chooser.program
        self._known: set[bytes] = set()
        self._owners: list[Counts] = []
        self._schedules: list[Counts] = []
        self._solver = new_solver(presolve="off", solver="ipm", run_crossover="on")
        limits, units = self._program.limits, self._program.units
        high = np.concatenate([limits, np.ones(units)])
        add_rows(self._solver, np.full(len(high), -ENDLESS), high)
        # What no schedule at all is worth to each unit, below 0 where a floor is missed.
        self._nothing = self._program.values(np.full((units, self._program.slots), NOTHING))

    def add(self, schedules: Counts) -> int:
        """Take these schedules, one a unit, and give how many were new."""
        units = []
        for unit, row in enumerate(schedules):
            key = unit.to_bytes(4, "little") + row.tobytes()
            if key not in self._known:
                self._known.add(key)
                units.append(unit)
        owners = np.array(units, dtype=np.int64)
        rows = schedules[owners]
        if len(owners):
            self._owners.append(owners)
            self._schedules.append(rows)
            gain = (self._program.values(rows, owners) - self._nothing[owners]).astype(float)
            add_columns(self._solver, -gain, np.full(len(owners), ENDLESS), self._entries(rows, owners))
        return len(owners)

    def solve(self, start: Pricing, watch: Stopwatch) -> Relaxed:
        """Solve, price, add what pays, until the bound and the program's value meet."""
        prices, bound, closed = start.prices, start.bound, False
        for turn in range(ROUNDS):  # noqa: B007  the number of rounds is told
            self._solver.setOptionValue("time_limit", watch.left + self._solver.getRunTime())
            self._solver.run()
            solution = self._solver.getSolution()
            value = self._nothing.sum() - self._solver.getInfo().objective_function_value
            duals = np.maximum(0, -np.array(solution.row_dual[: len(prices)]))
            new = 0
            for share in (0.0, *BETWEEN):
                tried = share * prices + (1 - share) * duals
                offer = self._chooser.choose(tried)
                proven = offer.most.sum() + tried @ self._program.limits
                if proven < bound:
                    prices, bound = tried, float(proven)
                new += self.add(offer.schedules)
            closed = bound - value <= CLOSE * abs(bound)
            if closed or not new or watch.over:
                break
            self._solver.setOptionValue("solver", "simplex")
            self._solver.setOptionValue("simplex_strategy", 4)
        schedules, split = self._whole(np.array(solution.col_value))
        return Relaxed(prices, bound, schedules, split, turn + 1, closed)

    def _entries(self, rows: Counts, owners: Counts) -> sparse.csr_array:
        held = rows != NOTHING
        which = sparse.csr_array(
            (np.ones(held.sum()), (np.nonzero(held)[0], rows[held])), shape=(len(rows), len(self._program.unit))
        )
        ones = np.ones(len(rows))
        own = sparse.csr_array((ones, (np.arange(len(rows)), owners)), shape=(len(rows), self._program.units))
        return sparse.csr_array(sparse.hstack([which @ self._program.uses, own], format="csr"))

    def _whole(self, parts: Numbers) -> tuple[Counts, Counts]:
        # Schedules found after the last solution have no parts yet.
        owners, rows = np.concatenate(self._owners)[: len(parts)], np.concatenate(self._schedules)[: len(parts)]
        whole = np.full((self._program.units, self._program.slots), NOTHING)
        taken = parts >= 1 - WHOLE
        whole[owners[taken]] = rows[taken]
        return whole, np.unique(owners[(parts > WHOLE) & ~taken])
