"""A timetable: what is where, what could not be placed and why, and how far from the best it may be."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lecen.science.arrays import Counts, generator, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.conflicts import Unplaced, explain
from lecen.science.timetable.lower_bound import fewest_clashes
from lecen.science.timetable.placing import Placing, place
from lecen.science.timetable.rules import bounds
from lecen.science.timetable.search import Costs, improve
from lecen.science.timetable.solver import Limits

MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class Timetable:
    """Slot and room of each placed session by name, the sessions without a place, and the cost in people.

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

    First as many are placed as can be: the sum of their priorities is the highest. Then, where a timetable was announced,
    as few as can be of its sessions are left out, as few as can be leave their slot, and as few as can be stay in their
    slot and leave their room, in that order. Then people: those turned
    away for want of seats, and those who want two things at once, are as few as the search finds.

    Parameters
    ----------
    conference : Conference
        What is to be placed and where.
    seed : int
        Tells equally good timetables apart.
    previous : mapping of str to (slot, room), optional
        What was announced. Sessions, slots and rooms that are no more are passed over; a session whose place is gone
        counts as moved, and those that keep their slot are not touched by the search.
    seconds : float
        For the integer programs; where they run out, the answer says so.
    gap : float
        How far above its bound the number of people turned away may be, as a share, when its program ends.
    steps : int
        How many exchanges the search tries.

    Returns
    -------
    Timetable

    Raises
    ------
    ScienceError
        Limits that are none, or a time too short for any answer.

    """
    limits = Limits(float(numbers([seconds], "The seconds")[0]), float(numbers([gap], "The gap")[0]))
    if limits.seconds <= 0:
        raise ScienceError(f"The seconds must be above 0, not {seconds}.")
    if not 0 <= limits.gap < 1:
        raise ScienceError(f"The gap must be at least 0 and below 1, not {gap}.")
    steps = whole(steps, "The number of steps", least=0, most=MOST_STEPS)
    chance = generator(seed)
    announced = None if previous is None else _announced(conference, previous)
    placing = place(conference, previous=announced, limits=limits, order=chance)
    kept = np.zeros(len(placing.slot), dtype=bool)
    if announced is not None:
        kept = (announced[0] == placing.slot) & (placing.slot >= 0)
    costs = Costs(conference.clash, conference.turned_away)
    left = bounds(conference)
    slot, room = improve((placing.slot, placing.room), ~kept, costs, left, steps=steps, chance=chance)
    return _timetable(conference, placing, slot, room, announced)


def _announced(conference: Conference, previous: Mapping[str, tuple[str, str]]) -> tuple[Counts, Counts]:
    slots = {slot.name: place for place, slot in enumerate(conference.slots)}
    rooms = {room.name: place for place, room in enumerate(conference.rooms)}
    pairs = []
    for session in conference.sessions:
        told = previous.get(session.name)
        if told is None:
            pairs.append((-1, -1))
            continue
        if isinstance(told, str) or len(told) != 2:  # noqa: PLR2004
            raise ScienceError(f"The announced place of {session.name!r} must be a slot and a room, not {told!r}.")
        # A place that is gone: no column is like it, so the session counts as moved.
        pairs.append((slots.get(told[0], len(slots)), rooms.get(told[1], len(rooms))))
    return np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


def _timetable(
    conference: Conference, placing: Placing, slot: Counts, room: Counts, announced: tuple[Counts, Counts] | None
) -> Timetable:
    placed = np.flatnonzero(slot >= 0)
    cost = Costs(conference.clash, conference.turned_away).of(slot, room)
    bound = placing.fewest_turned_away + fewest_clashes(conference.clash[np.ix_(placed, placed)], len(conference.slots))
    names = [session.name for session in conference.sessions]
    changed = np.zeros(len(slot), dtype=bool)
    if announced is not None:
        changed = (announced[0] >= 0) & (slot >= 0) & ((announced[0] != slot) | (announced[1] != room))
    return Timetable(
        places={names[at]: (conference.slots[slot[at]].name, conference.rooms[room[at]].name) for at in placed},
        unplaced=explain(conference, slot),
        moved=tuple(names[at] for at in np.flatnonzero(changed)),
        turned_away=Costs(np.zeros_like(conference.clash), conference.turned_away).of(slot, room),
        clashes=Costs(conference.shared, np.zeros_like(conference.turned_away)).of(slot, room),
        cost=cost,
        bound=bound,
        gap=(cost - bound) / cost if cost else 0.0,
        settled=placing.settled,
        out_of_time=placing.out_of_time,
    )
