"""What is to be placed and where: sessions, slots and rooms, checked, in a fixed order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts
from lecen.science.errors import ScienceError
from lecen.science.inputs import names, records, whole, yes_or_no
from lecen.science.timetable.demand import Demand

# The program has a column for each session, slot and kind of room.
MOST_COLUMNS = 2_000_000
MOST_SESSIONS = 2_000  # there is a table of all pairs
MOST_SEATS = 1_000_000
MOST_PRIORITY = 1_000


@dataclass(frozen=True)
class Slot:
    """A time at which sessions run side by side; slots follow each other in the order given.

    `after_break` says whether there is a break before it, so that one who spoke in the slot before may speak again.
    `new_block` says that a new block of the program begins with it, as after lunch or on a new day: a session of
    several slots may run over a break, but not into a new block.
    """

    name: str
    after_break: bool = True
    new_block: bool = False


@dataclass(frozen=True)
class Room:
    """A room with its seats, whether a wheelchair reaches it and the stage, what it has, and slots it is closed in."""

    name: str
    seats: int
    accessible: bool = True
    equipment: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Session:
    """Something to be placed once, in one room and `length` slots that follow each other.

    `course` is what people rank; it is the session's name where empty, and sessions with the same course repeat it.
    `seats` is how many the room must have at least. `slot` (the first it takes) and `room` fix it. What is placed has
    the highest sum of `priority`.
    """

    name: str
    course: str = ""
    speakers: tuple[str, ...] = ()
    track: str = ""
    accessible: bool = False
    equipment: frozenset[str] = frozenset()
    seats: int = 0
    slot: str | None = None
    room: str | None = None
    priority: int = 1
    length: int = 1


@dataclass(frozen=True)
class Conference:
    """Checked sessions and rooms in the order of names, slots in the order of time, and what a place costs.

    `courses[s]` is the course of session s, `wanted[s]` how many want it, and `shared[s, u]` how many want both.
    `length[s]` is how many slots session s takes; `away[s, t]` says that a speaker of it cannot come in slot t. Costs
    are whole numbers of people: `turned_away[s, r]` who want session s and find no seat in room r; `clash[s, u]` who
    want both s and u, and `track_clash` more where they are of one track.
    """

    sessions: tuple[Session, ...]
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    length: Counts
    away: NDArray[np.bool_]
    wanted: Counts
    turned_away: Counts
    shared: Counts
    clash: Counts
    courses: tuple[str, ...]


def conference(
    sessions: Iterable[Session],
    slots: Iterable[Slot],
    rooms: Iterable[Room],
    *,
    away: Mapping[str, Iterable[str]] | None = None,
    demand: Demand | None = None,
    track_clash: int = 0,
) -> Conference:
    """Check what is to be placed and where.

    Parameters
    ----------
    sessions, rooms : iterable of Session and Room
        Each name once; their order does not matter.
    slots : iterable of Slot
        In the order of time.
    away : mapping of str to names of slots, optional
        When a speaker cannot come.
    demand : Demand, optional
        What people want; without it no session is too large for a room, and no two clash for the audience.
    track_clash : int
        What it counts, in people, that two sessions of one track run at once.

    Returns
    -------
    Conference

    Raises
    ------
    ScienceError
        Nothing to place or nowhere to place it; a name empty, twice or unknown; numbers that are not whole or negative.

    """
    times = [_slot(slot) for slot in records(slots, Slot, "slots")]
    time_names = {slot.name for slot in times}
    places = sorted((_room(room, time_names) for room in records(rooms, Room, "rooms")), key=lambda room: room.name)
    room_names = {room.name for room in places}
    held = sorted(
        (_session(session, time_names, room_names) for session in records(sessions, Session, "sessions")),
        key=lambda session: session.name,
    )
    if len(held) > MOST_SESSIONS or len(held) * len(times) * len(places) > MOST_COLUMNS:
        raise ScienceError(
            f"There are more than {MOST_SESSIONS:,} sessions, or sessions times slots times rooms come to more than "
            f"{MOST_COLUMNS:,}; divide the conference."
        )
    gone = _away(away, time_names, {speaker for session in held for speaker in session.speakers})
    if demand is not None and not isinstance(demand, Demand):
        raise ScienceError(f"The demand must be counted by `demand` first, not be {type(demand).__name__}.")
    weight = whole(track_clash, "What a clash within a track counts", least=0, most=MOST_SEATS)
    courses = tuple(session.course or session.name for session in held)
    none = np.zeros(len(held), dtype=np.int64), np.zeros((len(held), len(held)), dtype=np.int64)
    wanted, shared = none if demand is None else demand.of(courses)
    tracks = np.array([session.track for session in held])
    same = (tracks[:, None] == tracks[None, :]) & (tracks != "")[:, None] & ~np.eye(len(held), dtype=bool)
    return Conference(
        sessions=tuple(held),
        slots=tuple(times),
        rooms=tuple(places),
        length=np.array([session.length for session in held]),
        away=np.array([[any(t.name in gone.get(one, ()) for one in s.speakers) for t in times] for s in held]),
        wanted=wanted,
        turned_away=np.maximum(wanted[:, None] - np.array([room.seats for room in places])[None, :], 0),
        shared=shared,
        clash=shared + weight * same,
        courses=courses,
    )


def _slot(given: Slot) -> Slot:
    yes_or_no(given.after_break, f"Whether there is a break before slot {given.name!r}")
    yes_or_no(given.new_block, f"Whether a new block begins with slot {given.name!r}")
    return given


def _room(given: Room, slots: set[str]) -> Room:
    whole(given.seats, f"The seats of room {given.name!r}", least=0, most=MOST_SEATS)
    yes_or_no(given.accessible, f"Whether room {given.name!r} is accessible")
    _check_set(given.equipment, f"The equipment of room {given.name!r}")
    _check_set(given.closed, f"The slots in which room {given.name!r} is closed")
    _known(given.closed, slots, f"Room {given.name!r} is closed in a slot that is unknown")
    return given


def _session(given: Session, slots: set[str], rooms: set[str]) -> Session:
    if not isinstance(given.course, str) or not isinstance(given.track, str):
        raise ScienceError(f"The course and the track of session {given.name!r} must be names.")
    yes_or_no(given.accessible, f"Whether session {given.name!r} needs an accessible room")
    _check_set(given.equipment, f"The equipment of session {given.name!r}")
    whole(given.seats, f"The seats of session {given.name!r}", least=0, most=MOST_SEATS)
    whole(given.priority, f"The priority of session {given.name!r}", least=1, most=MOST_PRIORITY)
    whole(given.length, f"The slots of session {given.name!r}", least=1, most=len(slots))
    for what, place, known in (("slot", given.slot, slots), ("room", given.room, rooms)):
        if place is not None:
            _known([place], known, f"Session {given.name!r} is fixed to an unknown {what}")
    return replace(given, speakers=names(given.speakers, f"The speakers of session {given.name!r}"))


def _away(given: Mapping[str, Iterable[str]] | None, slots: set[str], speakers: set[str]) -> dict[str, tuple[str, ...]]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ScienceError(f"Who is away must map speakers to lists of slots, not be {given!r}.")
    gone = {
        speaker: names(
            tuple(when) if isinstance(when, set | frozenset) else when, f"The slots in which {speaker!r} is away"
        )
        for speaker, when in given.items()
    }
    _known(gone, speakers, "Somebody is away who speaks in no session")
    for speaker, when in gone.items():
        _known(when, slots, f"Speaker {speaker!r} is away in a slot that is unknown")
    return gone


def _known(found: Iterable[object], known: set[str], what: str) -> None:
    for name in found:
        if not isinstance(name, str) or name not in known:
            raise ScienceError(f"{what}: {name!r}.")


def _check_set(given: object, what: str) -> None:
    if not isinstance(given, set | frozenset):
        raise ScienceError(f"{what} must be a set of names, not {given!r}.")
