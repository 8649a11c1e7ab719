"""Which courses to run once more: where a free room would give most people something they want and cannot have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.demand import read_rankings
from lecen.science.timetable.rules import FIXED, RULES, bounds, throughout
from lecen.science.timetable.schedule import Timetable

NOT_RANKED = 2**31


@dataclass(frozen=True)
class Repeat:
    """A course to run again in a free slot and room, and how many more people would get it."""

    course: str
    slot: str
    room: str
    gain: int


def repeats(
    conference: Conference, timetable: Timetable, rankings: Mapping[str, Sequence[str]], *, count: int
) -> tuple[Repeat, ...]:
    """List up to `count` courses to run once more, the most helpful first, each where it helps most.

    People are taken to go, slot by slot, where they like best of what runs there and they have not had, seats or not.
    A repeat gains those who rank the course, do not get it, and rank it above what they would have in its slot (or
    have nothing there), as far as the room has seats. A course is repeated as one of its sessions is given: by its
    speakers, who must be free, and by all rules. What does not run at all is not repeated. Raises `ScienceError` where
    the rankings hold nobody, or the timetable is of another conference.
    """
    if not isinstance(conference, Conference) or not isinstance(timetable, Timetable):
        raise ScienceError("Repeats need a conference made by `conference` and its timetable made by `schedule`.")
    count = whole(count, "The number of repeats", least=1)
    wishes = _wishes(conference, read_rankings(rankings))
    slots, rooms = [slot.name for slot in conference.slots], [room.name for room in conference.rooms]
    sessions = {session.name: at for at, session in enumerate(conference.sessions)}
    running: list[tuple[int, int]] = []
    free = bounds(conference).open.copy()
    for name, (slot_name, room_name) in timetable.places.items():
        if name not in sessions or slot_name not in slots or room_name not in rooms:
            raise ScienceError(f"The timetable has {name!r} in {slot_name!r}, {room_name!r}: not in this conference.")
        session, slot = sessions[name], slots.index(slot_name)
        running.append((session, slot))
        free[slot : slot + conference.length[session], rooms.index(room_name)] = False
    found: list[Repeat] = []
    while len(found) < count:
        best = _best(conference, wishes, running, free)
        if best is None:
            break
        gain, session, slot, room = best
        found.append(Repeat(conference.courses[session], slots[slot], rooms[room], gain))
        running.append((session, slot))
        free[slot : slot + conference.length[session], room] = False
    return tuple(found)


def _wishes(conference: Conference, rankings: Sequence[Sequence[str]]) -> Counts:
    """Give each person's rank of each session's course (1 is the best), or `NOT_RANKED`, a number above all ranks."""
    ranks = np.full((len(rankings), len(conference.courses)), NOT_RANKED)
    for row, ranked in enumerate(rankings):
        place = {course: rank for rank, course in enumerate(ranked, start=1)}
        ranks[row] = [place.get(course, NOT_RANKED) for course in conference.courses]
    return ranks


def _attended(conference: Conference, wishes: Counts, running: list[tuple[int, int]]) -> tuple[Counts, np.ndarray]:
    """Give the rank of what each person has in each slot, and the courses (by their first session) each one has had."""
    first = np.array([conference.courses.index(course) for course in conference.courses])
    ranks = np.full((len(wishes), len(conference.slots)), NOT_RANKED)
    had = np.zeros(wishes.shape, dtype=bool)
    for slot in range(len(conference.slots)):
        here = np.array([session for session, time in running if time == slot], dtype=np.int64)
        if not len(here):
            continue
        busy = ranks[:, [slot]] < NOT_RANKED
        open_wishes = np.where(had[:, first[here]] | busy, NOT_RANKED, wishes[:, here])
        choice = here[open_wishes.argmin(axis=1)]
        goes = np.flatnonzero(open_wishes.min(axis=1) < NOT_RANKED)
        had[goes, first[choice[goes]]] = True
        for person in goes:
            ranks[person, slot : slot + conference.length[choice[person]]] = wishes[person, choice[person]]
    return ranks, had


def _best(
    conference: Conference, wishes: Counts, running: list[tuple[int, int]], free: np.ndarray
) -> tuple[int, int, int, int] | None:
    """Give the gain, session, slot and room of the most helpful repeat; None where none gains anybody."""
    left = bounds(conference, [rule for rule in RULES if rule != FIXED])
    ranks, had = _attended(conference, wishes, running)
    present = np.zeros((len(conference.sessions), len(conference.slots)), dtype=np.int64)
    for session, slot in running:
        present[session, slot : slot + conference.length[session]] += 1
    # Neither at once nor without a break may a session's speakers give it twice.
    own = np.eye(len(present), dtype=np.int64)
    speaks = own * np.array([bool(session.speakers) for session in conference.sessions])
    broken = (left.same_slot() + own) @ present + (left.next_slot() + speaks) @ present @ left.neighbors()
    seats = np.array([room.seats for room in conference.rooms])
    found: list[tuple[int, int, int, int]] = []
    given = {conference.courses[session] for session, _ in running}
    for session in [at for at, course in enumerate(conference.courses) if course in given]:
        length, course = int(conference.length[session]), conference.courses.index(conference.courses[session])
        wanting = throughout((~had[:, [course]] & (wishes[:, [session]] < ranks)).T, length)
        may_run = left.slots[session] & throughout(broken[session] == 0, length)
        may_be = throughout(free, length) & left.rooms[session]
        for slot in np.flatnonzero(may_run).tolist():
            rooms = np.flatnonzero(may_be[slot])
            if not len(rooms):
                continue
            people = int(wanting[slot].sum())
            enough = rooms[seats[rooms] >= people]
            room = int(enough[seats[enough].argmin()] if len(enough) else rooms[seats[rooms].argmax()])
            found.append((-min(people, int(seats[room])), session, int(slot), room))
    if not found or min(found)[0] == 0:
        return None
    return -min(found)[0], *min(found)[1:]
