"""A timetable: what is where, what could not be placed and why, and how far from the best it may be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts, generator, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.conflicts import Unplaced, explain
from lecen.science.timetable.lower_bound import fewest_clashes
from lecen.science.timetable.placing import place
from lecen.science.timetable.rules import Bounds, bounds
from lecen.science.timetable.search import Costs, Until, improve

MOST_STEPS = 1_000_000
# Shares of the time that is left: for the integer programs, then for saying why the rest found no place, then for the
# bound; the search has what remains.
PROGRAM, EXPLAINING, BOUND = 0.5, 0.3, 0.3


@dataclass(frozen=True)
class Timetable:
    """First slot and room of each placed session by name, the sessions without a place, and the cost in people.

    `turned_away` counts people who want a session and find no seat, `clashes` people who want two sessions that run at
    once (once for each two), and `cost` is their sum with what clashes within a track count. `bound` is a cost below
    which no timetable of the same sessions can be that moves as few; `gap` is how far above it this one is, as a share
    of its cost. `moved` names the sessions whose announced slot or room changed. `out_of_time` says that the seconds
    ran out: another run may then give another timetable. `settled` says that no timetable places more, nor moves fewer.
    """

    places: Mapping[str, tuple[str, str]]
    unplaced: tuple[Unplaced, ...]
    moved: tuple[str, ...]
    turned_away: int
    clashes: int
    cost: int
    bound: int
    gap: float
    settled: bool
    out_of_time: bool


def schedule(
    conference: Conference,
    *,
    seed: int,
    previous: Mapping[str, tuple[str, str]] | None = None,
    seconds: float = 60.0,
    gap: float = 0.0,
    steps: int = 2000,
) -> Timetable:
    """Place sessions into rooms and slots.

    First as many are placed as can be: the sum of their priorities is the highest. Then, where a timetable was
    announced, as few as can be of its sessions are left out, as few as can be leave their slot, and as few as can be
    stay in their slot and leave their room, in that order. Then people: those turned away for want of seats, and those
    who want two things at once, are as few as the search finds. There is an answer within the rules however short the
    time; `settled` then says whether these are still the most and the fewest.

    Parameters
    ----------
    conference : Conference
        What is to be placed and where.
    seed : int
        Tells equally good timetables apart.
    previous : mapping of str to (slot, room), optional
        What was announced. Sessions, slots and rooms that are no more are passed over; a session whose place is gone
        counts as moved. Those that keep their slot stay in it, and in their room if they keep that too.
    seconds : float
        For all of it; where they run out, the answer says so.
    gap : float
        How far above the bound the cost may be, as a share of it, when the search ends.
    steps : int
        How many changes the search tries.

    Returns
    -------
    Timetable

    Raises
    ------
    ScienceError
        Limits that are none, or an announced place that is none.

    """
    if not isinstance(conference, Conference):
        raise ScienceError(f"What is scheduled must be made by `conference`, not be {type(conference).__name__}.")
    seconds, gap = float(numbers([seconds], "The seconds")[0]), float(numbers([gap], "The gap")[0])
    if seconds <= 0:
        raise ScienceError(f"The seconds must be above 0, not {seconds:g}.")
    if not 0 <= gap < 1:
        raise ScienceError(f"The gap must be at least 0 and below 1, not {gap:g}.")
    steps = whole(steps, "The number of steps", least=0, most=MOST_STEPS)
    watch, chance = Stopwatch(seconds), generator(seed)
    announced = None if previous is None else _announced(conference, previous)
    placing = place(conference, previous=announced, watch=watch.part(PROGRAM), chance=chance)
    explaining = watch.part(EXPLAINING)
    unplaced = explain(conference, placing.slot, explaining, settled=placing.settled)
    out_of_time = placing.out_of_time or explaining.over
    placed = placing.slot >= 0
    bounding = watch.part(BOUND)
    clashing, length = conference.clash[np.ix_(placed, placed)], conference.length[placed]
    bound = placing.fewest_turned_away + fewest_clashes(clashing, length, len(conference.slots), bounding)
    out_of_time |= bounding.over
    left, costs = bounds(conference), Costs(conference.clash, conference.turned_away)
    until = Until(steps, bound / (1 - gap), watch)
    start = placing.slot, placing.room
    movable, within = _movable(start, announced, left)
    places = improve(start, movable, costs, within, until=until, chance=chance)
    cost = costs.of(*places, left)
    return Timetable(
        places=_named(conference, *places),
        unplaced=unplaced,
        moved=_moved(conference, announced, *places),
        turned_away=Costs(np.zeros_like(conference.clash), conference.turned_away).of(*places, left),
        clashes=Costs(conference.shared, np.zeros_like(conference.turned_away)).of(*places, left),
        cost=cost,
        bound=bound,
        gap=(cost - bound) / cost if cost else 0.0,
        settled=placing.settled,
        out_of_time=out_of_time or watch.over,
    )


def _announced(conference: Conference, previous: Mapping[str, tuple[str, str]]) -> tuple[Counts, Counts]:
    if not isinstance(previous, Mapping):
        raise ScienceError(f"What was announced must map sessions to a slot and a room, not be {previous!r}.")
    slots = {slot.name: place for place, slot in enumerate(conference.slots)}
    rooms = {room.name: place for place, room in enumerate(conference.rooms)}
    pairs = []
    for session in conference.sessions:
        told = previous.get(session.name)
        if told is None:
            pairs.append((-1, -1))
            continue
        if not isinstance(told, tuple | list) or [isinstance(name, str) for name in told] != [True, True]:
            raise ScienceError(f"The announced place of {session.name!r} must be a slot and a room, not {told!r}.")
        # A place that is gone: no column is like it, so the session counts as moved.
        pairs.append((slots.get(told[0], len(slots)), rooms.get(told[1], len(rooms))))
    return np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


def _movable(
    start: tuple[Counts, Counts], announced: tuple[Counts, Counts] | None, left: Bounds
) -> tuple[NDArray[np.bool_], Bounds]:
    """Say which sessions the search may touch, and leave those that kept their slot no other."""
    if announced is None:
        return np.ones(len(start[0]), dtype=bool), left
    same_slot, same_room = start[0] == announced[0], start[1] == announced[1]
    own = np.arange(len(left.open)) == start[0][:, None]
    return ~(same_slot & same_room), replace(left, slots=left.slots & (own | ~same_slot[:, None]))


def _named(conference: Conference, slot: Counts, room: Counts) -> dict[str, tuple[str, str]]:
    return {
        conference.sessions[at].name: (conference.slots[slot[at]].name, conference.rooms[room[at]].name)
        for at in np.flatnonzero(slot >= 0)
    }


def _moved(
    conference: Conference, announced: tuple[Counts, Counts] | None, slot: Counts, room: Counts
) -> tuple[str, ...]:
    if announced is None:
        return ()
    changed = (announced[0] >= 0) & (slot >= 0) & ((announced[0] != slot) | (announced[1] != room))
    return tuple(conference.sessions[at].name for at in np.flatnonzero(changed))
