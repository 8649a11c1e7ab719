"""As many sessions placed as can be, as few moved as need be, seats where they are wanted: an integer program."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lecen.science.arrays import Counts, Numbers
from lecen.science.errors import ScienceError
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.rules import ONE_A_ROOM, RULES, Bounds, bounds
from lecen.science.timetable.solver import Limits, Program, Solution


@dataclass(frozen=True)
class Placing:
    """The slot and room of each session, -1 where it found none; what was proved and whether time ran out.

    `fewest_turned_away` bounds the people without a seat in any timetable that places and moves as much as this one.
    `settled` says that no timetable places more (by priority), nor as much with fewer moves.
    """

    slot: Counts
    room: Counts
    fewest_turned_away: int
    settled: bool
    out_of_time: bool


@dataclass(frozen=True)
class _Columns:
    """A column for each session, slot and kind of room (rooms alike in all that matters); positions of each."""

    session: Counts
    slot: Counts
    kind: Counts
    rooms_of: tuple[Counts, ...]


def place(
    conference: Conference, *, previous: tuple[Counts, Counts] | None, limits: Limits, order: np.random.Generator
) -> Placing:
    """Place all that can be placed; `previous` holds each session's announced slot and room, -1 where it had none.

    First the priorities of placed sessions are as high as can be, then as few as can be of the announced are left out,
    then moves are as few as can be (a changed slot before a changed room), then as few people as can be are turned away for want of seats.
    """
    left = bounds(conference)
    columns = _columns(conference, left, previous)
    if not len(columns.session):
        nowhere = np.full(len(conference.sessions), -1)
        return Placing(nowhere, nowhere.copy(), 0, settled=True, out_of_time=False)
    program = _program(conference, left, columns, RULES)
    goals = [-np.array([s.priority for s in conference.sessions], dtype=np.float64)[columns.session]]
    if previous is not None:
        goals.append(_moves(columns, previous, len(conference.sessions)))
    first_room = np.array([rooms[0] for rooms in columns.rooms_of])
    goals.append(conference.turned_away[columns.session, first_room[columns.kind]].astype(np.float64))
    found: list[Solution] = []
    for goal in goals:
        start = found[-1].values if found else None
        limit = Limits(limits.seconds / len(goals), limits.gap if goal is goals[-1] else 0.0)
        # Rows that were met before stay met: what is found is never None.
        solution = program.least(goal, limit, start) if goal.any() or not found else _kept(found[-1])
        if solution is None:
            raise AssertionError
        found.append(solution)
        program.require(goal, solution.cost)
    slot, room = _rooms(columns, found[-1].values, left, order)
    return Placing(
        slot=slot,
        room=room,
        fewest_turned_away=int(max(found[-1].bound, 0)),
        settled=all(solution.cost - solution.bound < 1 for solution in found[:-1]),
        out_of_time=any(solution.out_of_time for solution in found),
    )


def fits(conference: Conference, sessions: Collection[int], rules: Collection[str], seconds: float) -> bool:
    """Say whether all these sessions can be placed together under these rules alone.

    Raises `ScienceError` where the seconds were too few to know.
    """
    if not sessions:
        return True
    left = bounds(conference, rules)
    inside = np.zeros(len(conference.sessions), dtype=bool)
    inside[list(sessions)] = True
    columns = _columns(conference, left, None, inside)
    if len(np.unique(columns.session)) < len(set(sessions)):
        return False
    program = _program(conference, left, columns, rules)
    solution = program.least(-np.ones(len(columns.session)), Limits(seconds))
    if solution is None or -solution.cost >= len(set(sessions)):
        return solution is not None
    if -solution.bound >= len(set(sessions)):
        raise ScienceError(f"In {seconds:g} seconds it was not settled whether {len(set(sessions))} sessions fit.")
    return False


def _kept(solution: Solution) -> Solution:
    return Solution(solution.values, 0.0, 0.0, out_of_time=False)


def _columns(
    conference: Conference,
    left: Bounds,
    previous: tuple[Counts, Counts] | None,
    inside: np.ndarray | None = None,
) -> _Columns:
    marks = [left.rooms.T, left.open.T, conference.turned_away.T]
    if previous is not None:
        own = np.arange(len(conference.rooms))
        marks.append(np.where(np.isin(own, previous[1]), own, -1)[:, None])
    kinds = np.unique(np.hstack([mark.astype(np.int64) for mark in marks]), axis=0, return_inverse=True)[1].ravel()
    rooms_of = tuple(np.flatnonzero(kinds == kind) for kind in range(int(kinds.max()) + 1))
    first = np.array([rooms[0] for rooms in rooms_of])
    may = left.slots[:, :, None] & left.rooms[:, None, first] & left.open[None][:, :, first]
    if inside is not None:
        may &= inside[:, None, None]
    session, slot, kind = np.nonzero(may)
    return _Columns(session, slot, kind, rooms_of)


def _moves(columns: _Columns, previous: tuple[Counts, Counts], sessions: int) -> Numbers:
    """Give what a column breaks of what was announced: above all a session left out, then its slot, then its room."""
    announced = previous[0][columns.session] >= 0
    other_slot = announced & (previous[0][columns.session] != columns.slot)
    # The last entry stands for rooms that are no more.
    kind_of = np.full(sum(len(rooms) for rooms in columns.rooms_of) + 1, -1)
    for kind, rooms in enumerate(columns.rooms_of):
        kind_of[rooms] = kind
    other_room = announced & ~other_slot & (kind_of[previous[1][columns.session]] != columns.kind)
    weight = sessions + 1.0
    moves: Numbers = other_slot * weight + other_room - announced * weight**2
    return moves


def _program(conference: Conference, left: Bounds, columns: _Columns, rules: Collection[str]) -> Program:
    slots, kinds = len(conference.slots), len(columns.rooms_of)
    blocks = [(columns.session, np.arange(len(columns.session)), np.ones(len(conference.sessions)))]
    if ONE_A_ROOM in rules:
        open_rooms = np.array([[left.open[t, rooms].sum() for rooms in columns.rooms_of] for t in range(slots)])
        seat = columns.slot * kinds + columns.kind
        blocks.append((seat, np.arange(len(seat)), open_rooms.ravel().astype(np.float64)))
    for groups, joined in ((left.apart, np.zeros(slots, dtype=bool)), (left.rested, left.joined)):
        for group in groups:
            at = np.flatnonzero(np.isin(columns.session, group))
            blocks.append((columns.slot[at], at, np.ones(slots)))
            again = at[joined[np.minimum(columns.slot[at] + 1, slots - 1)] & (columns.slot[at] + 1 < slots)]
            # A row for two joined slots holds the columns of both.
            late = at[joined[columns.slot[at]]]
            both = np.r_[columns.slot[again] + 1, columns.slot[late]], np.r_[again, late]
            if len(late):
                blocks.append((both[0], both[1], np.ones(slots)))
    height = np.cumsum([0, *(len(most) for _, _, most in blocks)])
    row = np.concatenate([rows + above for (rows, _, _), above in zip(blocks, height[:-1], strict=True)])
    column = np.concatenate([held for _, held, _ in blocks])
    matrix = sparse.csr_array((np.ones(len(row)), (row, column)), shape=(int(height[-1]), len(columns.session)))
    return Program(matrix, np.zeros(int(height[-1])), np.concatenate([most for _, _, most in blocks]))


def _rooms(columns: _Columns, values: Numbers, left: Bounds, order: np.random.Generator) -> tuple[Counts, Counts]:
    slot = np.full(len(left.slots), -1)
    room = np.full(len(left.slots), -1)
    chosen = np.flatnonzero(values > 0)
    slot[columns.session[chosen]] = columns.slot[chosen]
    for time in range(left.slots.shape[1]):
        for kind, rooms in enumerate(columns.rooms_of):
            here = columns.session[chosen[(columns.slot[chosen] == time) & (columns.kind[chosen] == kind)]]
            free = rooms[left.open[time, rooms]]
            room[here] = order.permutation(free)[: len(here)]
    return slot, room
