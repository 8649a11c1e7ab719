"""Each unit's best schedule at given prices of seats: a matching of its courses with its slots."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.prerequisites import best_in_order
from lecen.science.assignment.program import NOTHING, Program

TINY = 1e-9
# Halvings of the weight on the floor; each tightens the bound of a unit that a floor binds.
HALVINGS = 6


@dataclass(frozen=True)
class Offer:
    """Schedules that are best at some prices, and what no schedule of each unit can exceed."""

    schedules: Counts  # (units, slots)
    most: Numbers  # (units,) bound on a schedule's value less its price


class Chooser:
    """Finds schedules for many prices over one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        key = (program.unit * program.slots + program.slot) * program.width + program.place
        self._order = np.argsort(key, kind="stable")
        cells = key[self._order]
        self._starts = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]])
        self._cells = cells[self._starts]
        # Where no course of a unit has sections in two slots, the slots can be filled one by one.
        courses = self._cells // (program.width * program.slots), self._cells % program.width
        self._once = len(np.unique(np.stack(courses), axis=1).T) == len(self._cells)
        self._run = np.repeat(np.arange(len(self._starts)), np.diff(np.r_[self._starts, len(cells)]))

    def choose(self, prices: Numbers, weights: Numbers | None = None) -> Offer:
        """Give each unit its best schedule when a seat of limit l costs `prices[l]`, none negative.

        With `weights`, a point of unit u counts for `weights[u]` rather than 1, and floors for nothing.
        """
        program = self.program
        cost = program.uses @ prices
        gain = program.worth - cost
        if weights is not None:
            gain += (weights[program.unit] - 1) * program.weight * program.points
        schedules, beyond = self._match(gain)
        worth = np.where(schedules != NOTHING, gain[schedules], 0).sum(1)
        if weights is not None or not program.penalty or not program.floors.any():
            return Offer(schedules, worth + beyond)
        return self._above_floors(cost, Offer(schedules, worth + beyond), worth)

    def regrets(self, prices: Numbers, units: Counts) -> Numbers:
        """Give for each edge of these units how far any schedule with it stays below the unit's best, at least.

        Edges of other units get 0.
        """
        program = self.program
        gain = program.worth - program.uses @ prices
        table, _ = self._table(gain)
        most = self.choose(prices).most
        regret = np.zeros(len(gain))
        for unit in units.tolist():
            for edge in program.edges_of(unit):
                slot, place = program.slot[edge], program.place[edge]
                left = table[unit].copy()
                left[slot], left[:, place] = 0, 0
                rows, columns = linear_sum_assignment(left, maximize=True)
                regret[edge] = most[unit] - gain[edge] - left[rows, columns].sum()
        return regret

    def _above_floors(self, cost: Numbers, plain: Offer, worth: Numbers) -> Offer:
        """Weigh points more where the best schedule stays below its floor.

        A penalty of M for each point short is the least, over weights w from 0 to M, of w times (points less floor);
        so the best schedule at any w gives a bound, and the least of them is kept.
        """
        program = self.program
        points = program.points_of(plain.schedules)
        best, value = plain.schedules.copy(), worth - program.penalty * np.maximum(program.floors - points, 0)
        most = plain.most.copy()
        low, high = np.zeros(program.units), np.full(program.units, float(program.penalty))
        open_units = np.flatnonzero(points < program.floors)
        weight = high.copy()
        for _ in range(HALVINGS):
            if not len(open_units):
                break
            gain = program.worth * 1.0 - cost + (weight[program.unit] * program.points)
            found, beyond = self._match(gain, open_units)
            held = found != NOTHING
            points = program.points_of(found)
            worth = np.where(held, (program.worth - cost)[found], 0).sum(1)
            short = program.floors[open_units] - points
            most[open_units] = np.minimum(most[open_units], worth + beyond - weight[open_units] * short)
            reached = worth - program.penalty * np.maximum(short, 0)
            better = reached > value[open_units]
            value[open_units[better]], best[open_units[better]] = reached[better], found[better]
            above = short <= 0
            high[open_units[above]] = weight[open_units[above]]
            low[open_units[~above]] = weight[open_units[~above]]
            weight[open_units] = np.sqrt(np.maximum(low[open_units], 0.01) * high[open_units])
            open_units = open_units[(most[open_units] > value[open_units] + TINY) & (high > low)[open_units]]
        return Offer(best, np.maximum(most, value))

    def _table(self, gain: Numbers) -> tuple[Numbers, Counts]:
        """Lay out gains as (units, slots, places), 0 where a seat does not pay, and the edge behind each cell."""
        program = self.program
        gains = gain[self._order]
        best = np.maximum.reduceat(gains, self._starts)
        first = np.where(gains == best[self._run], np.arange(len(gains)), len(gains))
        edges = self._order[np.minimum.reduceat(first, self._starts)]
        size = program.units * program.slots * program.width
        table, behind = np.zeros(size), np.full(size, NOTHING)
        table[self._cells], behind[self._cells] = np.maximum(best, 0), edges
        shape = (program.units, program.slots, program.width)
        return table.reshape(shape), behind.reshape(shape)

    def _match(self, gain: Numbers, units: Counts | None = None) -> tuple[Counts, Numbers]:
        """Give the best schedules, and how much more than these any could be worth: 0 but where a search was cut."""
        program = self.program
        table, behind = self._table(gain)
        wanted = np.arange(program.units) if units is None else units
        costs = -table
        if self._once:
            places = costs[wanted].argmin(2)
        else:
            places = np.array([linear_sum_assignment(costs[unit])[1] for unit in wanted.tolist()])
        slots = np.arange(program.slots)
        found = behind[wanted[:, None], slots, places]
        found[table[wanted[:, None], slots, places] <= TINY] = NOTHING
        beyond = np.zeros(len(wanted))
        for row, unit in enumerate(wanted.tolist()):
            if unit in program.needs:
                full = np.where(behind[unit] == NOTHING, -np.inf, gain[behind[unit]])
                held, most = best_in_order(full, program.needs[unit])
                found[row] = np.where(held == NOTHING, NOTHING, behind[unit][slots, held])
                beyond[row] = most - np.where(held == NOTHING, 0, full[slots, held]).sum()
        return found, beyond
