"""Fewer clashes by exchanging sessions: a tabu search that never leaves the rules."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts
from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable.rules import Bounds, throughout

NEVER = np.iinfo(np.int64).max // 4
# A session that left a slot may not come back for so many steps, and up to so many more by chance.
TENURE, MORE_TENURE = 8, 8


@dataclass(frozen=True)
class Costs:
    """Whole numbers of people: `clash[s, u]` where two sessions run at once, `seats[s, r]` for a session in a room."""

    clash: Counts
    seats: Counts

    def of(self, slot: Counts, room: Counts, left: Bounds) -> int:
        """Give the cost of a timetable; sessions at -1 are not placed and cost nothing here."""
        placed = slot >= 0
        return int(self.clash[left.together(slot)].sum()) // 2 + int(self.seats[placed, room[placed]].sum())


class State:
    """A timetable under change: where each session is, who is in each place, and each session's clashes by slot."""

    def __init__(self, slot: Counts, room: Counts, costs: Costs, left: Bounds) -> None:
        self.slot, self.room, self.costs, self.left = slot.copy(), room.copy(), costs, left
        self.free = left.open.copy()
        self.apart, self.rest = left.same_slot(), left.next_slot()
        self.joined = np.r_[left.joined, False]
        count, slots = len(slot), left.slots.shape[1]
        self.clash = np.zeros((count, slots), dtype=np.int64)
        self.broken = np.zeros((count, slots), dtype=np.int64)
        for session in np.flatnonzero(slot >= 0):
            self._enter(int(session), 1)

    def _enter(self, session: int, sign: int) -> None:
        time, room = int(self.slot[session]), self.room[session]
        after = time + int(self.left.length[session])
        together = self.left.meeting(time, after)
        close = self.left.meeting(time - self.joined[time], after + self.joined[after])
        self.clash += sign * self.costs.clash[session][:, None] * together
        self.broken += sign * (self.apart[session][:, None] * together + self.rest[session][:, None] * close)
        self.free[time:after, room] = sign < 0

    def place(self, session: int, time: int, room: int) -> None:
        """Give a place to a session that has none."""
        self.slot[session], self.room[session] = time, room
        self._enter(session, 1)

    def move(self, session: int, time: int, room: int) -> None:
        """Give another place to a session that has one."""
        self._enter(session, -1)
        self.place(session, time, room)

    def places(self, session: int) -> NDArray[np.bool_]:
        """Say which slots and rooms the rules and the other sessions leave for one."""
        slots = self.left.slots[session] & (self.broken[session] == 0)
        free = throughout(self.free, int(self.left.length[session]))
        may: NDArray[np.bool_] = slots[:, None] & self.left.rooms[session] & free
        return may

    def exchange(self, one: int, other: int) -> None:
        """Let two sessions change places."""
        places = self.slot[one], self.room[one], self.slot[other], self.room[other]
        self._enter(one, -1)
        self._enter(other, -1)
        self.slot[one], self.room[one], self.slot[other], self.room[other] = *places[2:], *places[:2]
        self._enter(one, 1)
        self._enter(other, 1)

    def _free_for(self, session: int) -> NDArray[np.bool_]:
        """Say where a session that has a place could begin: what it takes now is free to itself."""
        time, length = int(self.slot[session]), int(self.left.length[session])
        free = self.free.copy()
        free[time : time + length, self.room[session]] = True
        return throughout(free, length)

    def moves(self, movers: Counts) -> tuple[Counts, Counts]:
        """Give what each mover's change to the best free room of each slot costs more, and that room."""
        here = self.slot[movers]
        rooms = self.costs.seats[movers] - self.costs.seats[movers, self.room[movers]][:, None]
        rooms = np.where(self.left.rooms[movers], rooms, NEVER)
        free = self.left.begins(self.free)[movers]
        for row in np.flatnonzero(self.left.length[movers] > 1):
            free[row] = self._free_for(int(movers[row]))
        table = np.where(free, rooms[:, None, :], NEVER)
        best = table.argmin(axis=2)
        added = np.take_along_axis(table, best[:, :, None], axis=2)[:, :, 0]
        change = self.clash[movers] - self.clash[movers, here][:, None]
        may = self.left.slots[movers] & (self.broken[movers] == 0) & (added < NEVER)
        may[np.arange(len(movers)), here] = added[np.arange(len(movers)), here] < NEVER
        return np.where(may, added + change, NEVER), best

    def exchanges(self, movers: Counts) -> Counts:
        """Give what it costs more that two movers of one length change places."""
        here, room, length = self.slot[movers], self.room[movers], self.left.length[movers]
        inside = np.ix_(movers, movers)
        # What the two are to each other stays as it is.
        apart = ~self.left.together(self.slot)[inside]
        there = self.clash[movers][:, here] - self.clash[movers, here][:, None]
        seats = self.costs.seats[movers][:, room] - self.costs.seats[movers, room][:, None]
        step = there - apart * self.costs.clash[inside] + seats
        broken = self.broken[movers][:, here] - (self.apart + self.rest)[inside]
        may = self.left.slots[movers][:, here] & self.left.rooms[movers][:, room] & (broken == 0)
        may &= may.T & (length[:, None] == length)
        np.fill_diagonal(may, val=False)
        return np.where(may, step + step.T, NEVER)


@dataclass(frozen=True)
class Until:
    """When a search ends: after `steps` changes, at a cost of `enough`, or where the time is over."""

    steps: int
    enough: float = 0.0
    watch: Stopwatch = field(default_factory=Stopwatch)


def improve(
    start: tuple[Counts, Counts],
    movable: NDArray[np.bool_],
    costs: Costs,
    left: Bounds,
    *,
    until: Until,
    chance: np.random.Generator,
) -> tuple[Counts, Counts]:
    """Lower the cost of a timetable by moving and exchanging its movable sessions.

    Parameters
    ----------
    start : tuple of ndarray of int
        Slot and room of each session, -1 where it has none; it keeps all rules.
    movable : ndarray of bool
        The sessions that may be touched.
    costs : Costs
        What is to be lowered.
    left : Bounds
        The rules, as what they leave.
    until : Until
        When it ends; a run that was not ended by time can be repeated.
    chance : numpy.random.Generator
        Which of equal changes is taken, and for how long a session may not return.

    Returns
    -------
    tuple of ndarray of int
        Slot and room, at most as costly as the start.

    Raises
    ------
    Nothing.

    Notes
    -----
    Each step takes the best change, even one for the worse, that brings no session back to a slot it has just left,
    unless it is better than all before: F. Glover, ORSA Journal on Computing 1 (1989) 190-206.

    """
    movers = chance.permutation(np.flatnonzero(movable & (start[0] >= 0)))
    best, best_cost = start, costs.of(*start, left)
    state, cost = State(*start, costs, left), best_cost
    everyone = np.arange(len(movers))
    tabu = np.zeros((len(movers), left.slots.shape[1]), dtype=np.int64)
    for step in range(until.steps if len(movers) else 0):
        if best_cost <= until.enough or until.watch.over:
            break
        single, rooms = state.moves(movers)
        double = state.exchanges(movers)
        here = state.slot[movers]
        held = tabu > step
        single[held & (cost + single >= best_cost)] = NEVER
        stale = held[:, here] | held[:, here].T
        double[stale & (cost + double >= best_cost)] = NEVER
        # Another room in the same slot is worth a step only where it seats more.
        at_home = single[everyone, here]
        single[everyone, here] = np.where(at_home < 0, at_home, NEVER)
        double[(here[:, None] == here[None, :]) & (double >= 0)] = NEVER
        one, two = int(single.argmin()), int(double.argmin())
        change = min(int(single.ravel()[one]), int(double.ravel()[two]))
        if change >= NEVER:
            if not held.any():
                break
            continue
        barred = step + TENURE + int(chance.integers(MORE_TENURE))
        if single.ravel()[one] <= double.ravel()[two]:
            row, time = divmod(one, single.shape[1])
            tabu[row, here[row]] = barred
            state.move(int(movers[row]), time, int(rooms[row, time]))
        else:
            row, column = divmod(two, double.shape[1])
            tabu[row, here[row]] = tabu[column, here[column]] = barred
            state.exchange(int(movers[row]), int(movers[column]))
        cost += change
        if cost < best_cost:
            best, best_cost = (state.slot.copy(), state.room.copy()), cost
    return best
