"""As many sessions placed as can be, as few moved as need be: a first timetable, and an integer program to prove it."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from lecen.science.arrays import Counts, Numbers, generator
from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable.begin import begin
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.lower_bound import fewest_turned_away
from lecen.science.timetable.rules import ONE_A_ROOM, RULES, Bounds, bounds
from lecen.science.timetable.search import Costs
from lecen.science.timetable.solver import Program


@dataclass(frozen=True)
class Placing:
    """The slot and room of each session, -1 where it found none; what was proved and whether time ran out.

    `fewest_turned_away` bounds the people without a seat in any timetable of the same sessions that moves as few.
    `settled` says that no timetable places more (by priority), nor as much with fewer moves.
    """

    slot: Counts
    room: Counts
    fewest_turned_away: int
    settled: bool
    out_of_time: bool


@dataclass(frozen=True)
class _Columns:
    """A column for each session, slot and kind of room (rooms alike for all rules), by session; each room's kind."""

    session: Counts
    slot: Counts
    kind: Counts
    kind_of: Counts

    def of(self, sessions: Collection[int]) -> Counts:
        """Give the positions of the columns of these sessions."""
        first, after = (np.searchsorted(self.session, list(sessions), side=side) for side in ("left", "right"))
        return np.concatenate([np.arange(low, high) for low, high in zip(first, after, strict=True)])

    def chosen(self, slot: Counts, room: Counts) -> Numbers:
        """Mark with 1 the columns of a timetable."""
        here = (slot[self.session] == self.slot) & (self.kind_of[room[self.session]] == self.kind)
        return here.astype(np.float64)

    def places(self, usable: NDArray[np.bool_], left: Bounds) -> NDArray[np.bool_]:
        """Say for each session where it may begin by the usable columns, as sessions × slots × rooms."""
        kinds = np.zeros((*left.slots.shape, int(self.kind_of.max()) + 1), dtype=bool)
        kinds[self.session[usable], self.slot[usable], self.kind[usable]] = True
        places: NDArray[np.bool_] = kinds[:, :, self.kind_of] & left.open
        return places

    def least(self, goal: Numbers, sessions: int) -> Numbers:
        """Give what each session adds to a goal at least, if it may be left out for 0."""
        least = np.zeros(sessions)
        np.minimum.at(least, self.session, goal)
        return least


def place(
    conference: Conference, *, previous: tuple[Counts, Counts] | None, watch: Stopwatch, chance: np.random.Generator
) -> Placing:
    """Place all that can be placed; `previous` holds each session's announced slot and room, -1 where it had none.

    First the priorities of placed sessions are as high as can be, then as few as can be of the announced are left out,
    then moves are as few as can be (a changed slot before a changed room). Where the first timetable has all of a goal,
    no program is asked; where time runs out, the best known stands.
    """
    left, count = bounds(conference), len(conference.sessions)
    priority = np.array([session.priority for session in conference.sessions])
    slot, room = begin(left, Costs(conference.clash, conference.turned_away), priority, chance, previous=previous)
    columns = _columns(left, previous)
    usable = np.ones(len(columns.session), dtype=bool)
    goals = [-priority[columns.session].astype(np.float64)]
    if previous is not None:
        goals.append(_moves(columns, previous, count))
    met: list[tuple[Numbers, float]] = []
    settled, out_of_time = True, False
    for goal in goals:
        values, least = columns.chosen(slot, room), columns.least(goal, count)
        cost = float(goal @ values)
        # No more sessions than there are open rooms can be placed, and none adds less than its least.
        if cost > np.sort(least)[: int(left.open.sum())].sum():
            program = _program(left, columns, RULES)
            for reached in met:
                program.require(*reached)
            solution = program.least(goal, values, watch)
            if solution.cost < cost:
                slot, room = _rooms(conference, left, columns, solution.values, chance)
            cost = solution.cost
            settled &= cost - solution.bound < 1
            out_of_time |= solution.out_of_time
        else:
            usable &= goal == least[columns.session]
        met.append((goal, cost))
    places = columns.places(usable, left)[slot >= 0]
    people = np.where(places, conference.turned_away[slot >= 0][:, None, :], np.inf)
    fewest = fewest_turned_away(people.reshape(len(people), left.open.size), watch)
    return Placing(slot, room, fewest, settled, out_of_time)


def fits(conference: Conference, sessions: Collection[int], rules: Collection[str], watch: Stopwatch) -> bool | None:
    """Say whether all these sessions can be placed together under these rules alone; None where time ran out."""
    wanted = np.isin(np.arange(len(conference.sessions)), list(sessions))
    left = bounds(conference, rules)
    free = Costs(np.zeros_like(conference.clash), np.zeros_like(conference.turned_away))
    slot, room = begin(left, free, wanted.astype(np.int64), generator(0))
    if (slot[wanted] >= 0).all():
        return True
    columns = _columns(left, None, wanted)
    if len(np.unique(columns.session)) < wanted.sum():
        return False
    solution = _program(left, columns, rules).least(-np.ones(len(columns.session)), columns.chosen(slot, room), watch)
    if -solution.cost >= wanted.sum():
        return True
    return False if -solution.bound < wanted.sum() else None


def _columns(left: Bounds, previous: tuple[Counts, Counts] | None, inside: NDArray[np.bool_] | None = None) -> _Columns:
    marks = [left.rooms.T, left.open.T]
    if previous is not None:
        own = np.arange(left.rooms.shape[1])
        marks.append(np.where(np.isin(own, previous[1]), own, -1)[:, None])
    same = np.unique(
        np.hstack([mark.astype(np.int64) for mark in marks]), axis=0, return_index=True, return_inverse=True
    )
    first, kind_of = same[1], same[2].ravel()
    may = left.slots[:, :, None] & left.rooms[:, None, first] & left.begins(left.open[:, first])
    if inside is not None:
        may &= inside[:, None, None]
    session, slot, kind = np.nonzero(may)
    return _Columns(session, slot, kind, kind_of)


def _moves(columns: _Columns, previous: tuple[Counts, Counts], sessions: int) -> Numbers:
    """Give what a column breaks of what was announced: above all a session left out, then its slot, then its room."""
    announced = previous[0][columns.session] >= 0
    other_slot = announced & (previous[0][columns.session] != columns.slot)
    # The last entry stands for rooms that are no more.
    kind_of = np.r_[columns.kind_of, -1]
    other_room = announced & ~other_slot & (kind_of[previous[1][columns.session]] != columns.kind)
    weight = sessions + 1.0
    moves: Numbers = other_slot * weight + other_room - announced * weight**2
    return moves


def _program(left: Bounds, columns: _Columns, rules: Collection[str]) -> Program:
    sessions, slots = left.slots.shape
    kinds = int(columns.kind_of.max()) + 1
    everything = np.arange(len(columns.session))
    blocks = [(columns.session, everything, np.ones(sessions))]
    if ONE_A_ROOM in rules:
        open_rooms = np.array([left.open[:, columns.kind_of == kind].sum(axis=1) for kind in range(kinds)])
        slot, held = _taken(left, columns, everything)
        blocks.append((columns.kind[held] * slots + slot, held, open_rooms.ravel().astype(np.float64)))
    for group in dict.fromkeys((*left.apart, *left.rested)):
        slot, held = _taken(left, columns, columns.of(group))
        blocks.append((slot, held, np.ones(slots)))
    for group in left.rested if left.joined.any() else ():
        # A row for two joined slots, named by the later, holds the columns that take one of them or both.
        slot, held = _taken(left, columns, columns.of(group), more=1)
        both = np.r_[left.joined, False][slot]
        blocks.append((slot[both], held[both], np.ones(slots)))
    height = np.cumsum([0, *(len(most) for _, _, most in blocks)])
    row = np.concatenate([rows + above for (rows, _, _), above in zip(blocks, height[:-1], strict=True)])
    column = np.concatenate([held for _, held, _ in blocks])
    matrix = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(int(height[-1]), len(columns.session)))
    return Program(matrix, np.concatenate([most for _, _, most in blocks]))


def _taken(left: Bounds, columns: _Columns, at: Counts, more: int = 0) -> tuple[Counts, Counts]:
    """Give the slots that the columns at these positions take, and so many `more` after, each with its position."""
    times = left.length[columns.session[at]] + more
    held = np.repeat(at, times)
    later = np.arange(len(held)) - np.repeat(np.cumsum(times) - times, times)
    return columns.slot[held] + later, held


def _rooms(
    conference: Conference, left: Bounds, columns: _Columns, values: Numbers, chance: np.random.Generator
) -> tuple[Counts, Counts]:
    """Give each chosen session a room of its kind, so that few of those who want it are turned away."""
    slot, room = np.full((2, len(left.slots)), -1)
    chosen = np.flatnonzero(values > 0)
    slot[columns.session[chosen]] = columns.slot[chosen]
    free_from = np.zeros(len(columns.kind_of), dtype=np.int64)
    for time in range(left.slots.shape[1]):
        for kind in range(int(columns.kind_of.max()) + 1):
            here = columns.session[chosen[(columns.slot[chosen] == time) & (columns.kind[chosen] == kind)]]
            free = (columns.kind_of == kind) & left.open[time] & (free_from <= time)
            order = chance.permutation(np.flatnonzero(free))
            which = linear_sum_assignment(conference.turned_away[np.ix_(here, order)])
            room[here[which[0]]] = order[which[1]]
            free_from[room[here]] = time + left.length[here]
    return slot, room
