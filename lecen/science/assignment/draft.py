"""Schedules at once, without optimizing: a draft in fair turns, and first come, first served."""

from collections.abc import Iterable, Iterator

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.assignment.program import NOTHING, Program


def snake(units: int, rounds: int) -> Iterator[int]:
    """Give whose turn it is: down the order, then back up, so that who is last in one round is first in the next."""
    for turn in range(rounds):
        yield from range(units) if turn % 2 == 0 else range(units - 1, -1, -1)


def draft(program: Program, start: Counts | None = None) -> Counts:
    """Let units take turns, each picking its best course that still has a seat for it; `start` is already held."""
    return _pick(program, snake(program.units, program.slots), start)


def first_come(program: Program) -> Counts:
    """Let units come one after another, each picking all it can before the next."""
    return _pick(program, (unit for unit in range(program.units) for _ in range(program.slots)), None)


def kept(program: Program) -> Counts:
    """Give each unit the seats that it had before, one after another, as far as they can be had."""
    table = _Table(program)
    had = np.flatnonzero(program.held)
    for edge in had[np.lexsort((program.slot[had], program.unit[had]))].tolist():
        unit = int(program.unit[edge])
        if table.can(unit, edge):
            table.take(unit, edge)
    return table.schedules


def _pick(program: Program, turns: Iterable[int], start: Counts | None) -> Counts:
    table = _Table(program)
    if start is not None:
        for unit, edges in enumerate(start):
            for edge in edges[edges != NOTHING].tolist():
                table.take(unit, edge)
    for unit in turns:
        edge = table.best(unit)
        if edge != NOTHING:
            table.take(unit, edge)
    return table.schedules


class _Table:
    """What is held and what is left while units pick."""

    def __init__(self, program: Program) -> None:
        self.schedules = np.full((program.units, program.slots), NOTHING)
        self._program = program
        self._left = program.limits.astype(float).tolist()
        self._slot, self._place = program.slot.tolist(), program.place.tolist()
        self._section = program.section.tolist()
        self._share = (1 / np.maximum(program.limits, 1)).tolist()
        uses = program.uses
        self._uses = list(zip(uses.indices.tolist(), uses.data.tolist(), strict=True))
        self._starts = uses.indptr.tolist()
        self._held: list[dict[int, int]] = [{} for _ in range(program.units)]
        self._wishes = _wishes(program)

    def take(self, unit: int, edge: int) -> None:
        self.schedules[unit, self._slot[edge]] = edge
        self._held[unit][self._place[edge]] = self._slot[edge]
        for limit, amount in self._uses[self._starts[edge] : self._starts[edge + 1]]:
            self._left[limit] -= amount

    def can(self, unit: int, edge: int) -> bool:
        """Whether the unit can take this seat now."""
        return self._place[edge] not in self._held[unit] and self._fits(unit, edge) and self._in_order(unit, edge)

    def best(self, unit: int) -> int:
        """Give the edge of the best course that the unit can still take, in the section with most of its seats left."""
        wishes = self._wishes[unit]
        waiting: list[list[int]] = []
        while wishes:
            edges = wishes.pop()
            held = self._place[edges[0]] in self._held[unit]
            free = [] if held else [edge for edge in edges if self._fits(unit, edge)]
            now = [edge for edge in free if self._in_order(unit, edge)]
            if now:
                self._wishes[unit] = [*wishes, *waiting[::-1]]
                return max(now, key=lambda edge: (self._freedom(edge), -edge))
            if free:
                waiting.append(edges)
        self._wishes[unit] = waiting[::-1]
        return NOTHING

    def _fits(self, unit: int, edge: int) -> bool:
        return bool(self.schedules[unit, self._slot[edge]] == NOTHING) and all(
            self._left[limit] >= amount for limit, amount in self._uses[self._starts[edge] : self._starts[edge + 1]]
        )

    def _in_order(self, unit: int, edge: int) -> bool:
        """Whether what must come before is held before."""
        held, place, slot = self._held[unit], self._place[edge], self._slot[edge]
        return all(
            held.get(before, self._program.slots) < slot
            for later, before in self._program.needs.get(unit, ())
            if later == place
        )

    def _freedom(self, edge: int) -> float:
        section = self._section[edge]
        return self._left[section] * self._share[section]


def _wishes(program: Program) -> list[list[list[int]]]:
    """Give the edges of each unit by course, the best course last, to be popped."""
    wishes: list[list[list[int]]] = [[] for _ in range(program.units)]
    order = np.lexsort((program.place, -program.worth, program.unit))
    order = order[program.worth[order] > 0]
    last = None
    units, places = program.unit[order].tolist(), program.place[order].tolist()
    for edge, unit, place in zip(order.tolist(), units, places, strict=True):
        if last != (unit, place):
            wishes[unit].append([])
            last = (unit, place)
        wishes[unit][-1].append(edge)
    for one in wishes:
        one.reverse()
    return wishes
