"""What is to be placed and where: sessions, slots and rooms, checked, in a fixed order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.timetable.demand import Demand

# The program has a column for each session, slot and kind of room.
MOST_COLUMNS = 2_000_000
MOST_SEATS = 1_000_000
MOST_PRIORITY = 1_000


@dataclass(frozen=True)
class Slot:
    """A time at which sessions run side by side; slots follow each other in the order given.

    `after_break` says whether there is a break before it, so that one who spoke in the slot before may speak again.
    """

    name: str
    after_break: bool = True


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
    """Something to be placed once, in one slot and one room.

    `course` is what people rank; it is the session's name where empty, and sessions with the same course repeat it.
    `seats` is how many the room must have at least. `slot` and `room` fix it. A higher `priority` is placed first.
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


@dataclass(frozen=True)
class Conference:
    """Checked sessions and rooms in the order of names, slots in the order of time, and what a place costs.

    `away[s, t]` says that a speaker of session s cannot come in slot t. Costs are whole numbers of people:
    `turned_away[s, r]` who want session s and find no seat in room r; `clash[s, u]` who want both s and u, and
    `track_clash` more where they are of one track.
    """

    sessions: tuple[Session, ...]
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
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
    listed = sorted(_named(sessions, Session, "session"), key=lambda session: session.name)
    times = _named(slots, Slot, "slot")
    places = sorted(_named(rooms, Room, "room"), key=lambda room: room.name)
    if len(listed) * len(times) * len(places) > MOST_COLUMNS:
        raise ScienceError(
            f"Sessions times slots times rooms come to more than {MOST_COLUMNS:,}; divide the conference."
        )
    time_names, room_names = {slot.name for slot in times}, {room.name for room in places}
    for session in listed:
        _check_session(session, time_names, room_names)
    for room in places:
        whole(room.seats, f"The seats of room {room.name!r}", least=0, most=MOST_SEATS)
        _check_set(room.equipment, f"The equipment of room {room.name!r}")
        _check_set(room.closed, f"The slots in which room {room.name!r} is closed")
        _known(room.closed, time_names, f"Room {room.name!r} is closed in a slot")
    for speaker, when in (away or {}).items():
        if isinstance(when, str) or not isinstance(when, Iterable):
            raise ScienceError(f"The slots in which {speaker!r} is away must be a list of names, not {when!r}.")
    gone = {speaker: set(when) for speaker, when in (away or {}).items()}
    for speaker, when in gone.items():
        _known(when, time_names, f"Speaker {speaker!r} is away in a slot")
    speakers = {speaker for session in listed for speaker in session.speakers}
    _known(gone, speakers, "Somebody is away who speaks in no session")
    weight = whole(track_clash, "What a clash within a track counts", least=0, most=MOST_SEATS)
    courses = tuple(session.course or session.name for session in listed)
    none = np.zeros(len(listed), dtype=np.int64), np.zeros((len(listed), len(listed)), dtype=np.int64)
    wanted, shared = none if demand is None else demand.of(courses)
    tracks = np.array([session.track for session in listed])
    same = (tracks[:, None] == tracks[None, :]) & (tracks != "")[:, None] & ~np.eye(len(listed), dtype=bool)
    return Conference(
        sessions=tuple(listed),
        slots=tuple(times),
        rooms=tuple(places),
        away=np.array([[any(t.name in gone.get(one, ()) for one in s.speakers) for t in times] for s in listed]),
        wanted=wanted,
        turned_away=np.maximum(wanted[:, None] - np.array([room.seats for room in places])[None, :], 0),
        shared=shared,
        clash=shared + weight * same,
        courses=courses,
    )


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


def _named(things: Iterable[Thing], kind: type, word: str) -> list[Thing]:
    listed = list(things)
    if not listed:
        raise ScienceError(f"At least one {word} is needed.")
    seen: set[str] = set()
    for thing in listed:
        if not isinstance(thing, kind):
            raise ScienceError(f"Each {word} must be a {kind.__name__}, not {thing!r}.")
        if not isinstance(thing.name, str) or not thing.name.strip():
            raise ScienceError(f"Each {word} needs a name, not {thing.name!r}.")
        if thing.name in seen:
            raise ScienceError(f"The {word} {thing.name!r} is named twice.")
        seen.add(thing.name)
    return listed


def _known(names: Iterable[str], known: set[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise ScienceError(f"{what} that is unknown: {name!r}." if "slot" in what else f"{what}: {name!r}.")


def _check_set(given: object, what: str) -> None:
    if not isinstance(given, set | frozenset):
        raise ScienceError(f"{what} must be a set of names, not {given!r}.")


def _check_session(session: Session, slots: set[str], rooms: set[str]) -> None:
    speakers = session.speakers
    if not isinstance(speakers, tuple | list) or not all(isinstance(one, str) and one.strip() for one in speakers):
        raise ScienceError(f"The speakers of session {session.name!r} must be a list of names, not {speakers!r}.")
    if len(set(speakers)) < len(speakers):
        raise ScienceError(f"A speaker of session {session.name!r} is named twice.")
    if not isinstance(session.course, str) or not isinstance(session.track, str):
        raise ScienceError(f"The course and the track of session {session.name!r} must be names.")
    _check_set(session.equipment, f"The equipment of session {session.name!r}")
    whole(session.seats, f"The seats of session {session.name!r}", least=0, most=MOST_SEATS)
    whole(session.priority, f"The priority of session {session.name!r}", least=1, most=MOST_PRIORITY)
    if session.slot is not None and session.slot not in slots:
        raise ScienceError(f"Session {session.name!r} is fixed to an unknown slot: {session.slot!r}.")
    if session.room is not None and session.room not in rooms:
        raise ScienceError(f"Session {session.name!r} is fixed to an unknown room: {session.room!r}.")
