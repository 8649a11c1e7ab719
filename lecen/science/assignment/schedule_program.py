"""The linear program over schedules: each unit takes parts of schedules that add to one, within the limits."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.prices import Pricing
from lecen.science.assignment.program import NOTHING
from lecen.science.assignment.schedules import Chooser
from lecen.science.highs import (
    ENDLESS,
    LESS_THAN_ONE,
    add_columns,
    add_rows,
    has_answer,
    make_whole,
    new_solver,
)
from lecen.science.stopwatch import Stopwatch

ROUNDS = 60
CLOSE = 1e-7  # of the bound: nearer than that, more columns would not change a whole number
MANY = 0.3  # new schedules a unit, from which on a solution is found anew rather than from the last
SPARE = 100  # seats of which one is left free, with floors
WHOLE = 1e-6
NEAR = 2.0  # points that a schedule may cost beside the best, to be in the integer program
MOST_OTHERS = 6_000  # schedules in it of units that the linear program does not split
NODES = 200  # of its search
BETWEEN = (0.5, 0.8)  # how far from the new prices to the best ones schedules are sought too, which steadies the prices


@dataclass(frozen=True)
class Relaxed:
    """The end of the linear program: prices, bound, and each unit's schedule where it is whole."""

    prices: Numbers
    bound: float
    value: float  # of the last solution
    schedules: Counts
    split: Counts  # units that take parts of several schedules
    done: bool  # whether more rounds would not change a whole number


class ScheduleProgram:
    """Schedules found so far and the solver that combines them; each solution starts where the last one ended."""

    def __init__(self, chooser: Chooser) -> None:
        self._chooser, self._program = chooser, chooser.program
        self._known: set[bytes] = set()
        self._owners: list[Counts] = []
        self._schedules: list[Counts] = []
        self._solver = new_solver(presolve="off", solver="ipm", run_crossover="on")
        limits, units = self._program.limits, self._program.units
        # A seat in many, left free, is room for whole schedules where floors allow few.
        spare = limits // SPARE if self._program.floors.any() else 0 * limits
        high = np.concatenate([limits - spare, np.ones(units)])
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
            add_columns(
                self._solver, -gain, np.full(len(owners), ENDLESS), self._entries(rows, owners, self._program.units)
            )
        return len(owners)

    def solve(self, start: Pricing, watch: Stopwatch, slack: float = 0.0) -> Relaxed:
        """Solve, price, add what pays, until the bound and the program's value meet, or are within the `slack`."""
        prices, bound, last = start.prices, start.bound, -np.inf
        for _ in range(ROUNDS):
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
            if bound - value <= max(slack, CLOSE * abs(bound)) or value - last < slack / 10 or not new or watch.over:
                break
            last = value
            # The last vertex is a good start unless very much is new.
            self._solver.setOptionValue("solver", "ipm" if new > MANY * self._program.units else "simplex")
            self._solver.setOptionValue("simplex_strategy", 4)
        self._parts, self._reduced = np.array(solution.col_value), np.array(solution.col_dual)
        done = not new or bound - value <= CLOSE * abs(bound)
        return Relaxed(prices, bound, float(value), *self._whole(), done)

    def choose_whole(self, slack: float, watch: Stopwatch) -> Counts:
        """Choose one schedule for each unit by an integer program over those nearest to the last solution.

        Units with one such schedule keep it. The search ends within `slack` of its best.
        """
        program = self._program
        owners, rows, _ = self._solved()
        near = self._near()
        choices = np.bincount(owners[near], minlength=program.units)[owners[near]]
        alone, several = near[choices == 1], near[choices > 1]
        chosen = np.full((program.units, program.slots), NOTHING)
        chosen[owners[alone]] = rows[alone]
        if not len(several):
            return chosen
        units, place = np.unique(owners[several], return_inverse=True)
        left = program.limits - program.used(chosen)
        solver = new_solver(mip_rel_gap=0.0, mip_abs_gap=max(slack, LESS_THAN_ONE), mip_max_nodes=NODES)
        solver.setOptionValue("time_limit", watch.left)
        gain = (program.values(rows[several], owners[several]) - self._nothing[owners[several]]).astype(float)
        add_rows(solver, np.full(len(left) + len(units), -ENDLESS), np.concatenate([left, np.ones(len(units))]))
        add_columns(solver, -gain, np.ones(len(several)), self._entries(rows[several], place, len(units)))
        make_whole(solver, np.arange(len(several)))
        solver.run()
        found = np.array(solver.getSolution().col_value)
        if len(found) and has_answer(solver):
            held = several[found > 0.5]  # noqa: PLR2004  rounding
            chosen[owners[held]] = rows[held]
        return chosen

    def _near(self) -> Counts:
        """Give the schedules taken, all of units between several, and others that cost little beside the best."""
        owners, _, parts = self._solved()
        taken = parts > WHOLE
        split = np.bincount(owners[taken], minlength=self._program.units) > 1
        first = taken | split[owners]
        others = np.flatnonzero(~first & (self._reduced <= NEAR))
        nearest = np.argsort(self._reduced[others], kind="stable")[:MOST_OTHERS]
        return np.union1d(np.flatnonzero(first), others[nearest])

    def _entries(self, rows: Counts, owners: Counts, units: int) -> sparse.csr_array:
        """Give what schedules take of the limits and of their owners' one choice."""
        held = rows != NOTHING
        which = sparse.csr_array(
            (np.ones(held.sum()), (np.nonzero(held)[0], rows[held])), shape=(len(rows), len(self._program.unit))
        )
        ones = np.ones(len(rows))
        own = sparse.csr_array((ones, (np.arange(len(rows)), owners)), shape=(len(rows), units))
        return sparse.csr_array(sparse.hstack([which @ self._program.uses, own], format="csr"))

    def _whole(self) -> tuple[Counts, Counts]:
        """Give the schedules taken whole, and the units that take parts of several."""
        owners, rows, parts = self._solved()
        whole = np.full((self._program.units, self._program.slots), NOTHING)
        taken = parts >= 1 - WHOLE
        whole[owners[taken]] = rows[taken]
        return whole, np.unique(owners[(parts > WHOLE) & ~taken])

    def _solved(self) -> tuple[Counts, Counts, Numbers]:
        """Give owners, schedules and parts of the last solution, which knows nothing of schedules added since."""
        parts = self._parts
        return np.concatenate(self._owners)[: len(parts)], np.concatenate(self._schedules)[: len(parts)], parts
