"""The rules that no timetable breaks, each with a name, so that it can be said which one stands in the way."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts
from lecen.science.timetable.conference import Conference

AVAILABLE = "speakers are available"
SEATS = "the room has enough seats"
ACCESSIBLE = "the room is accessible"
EQUIPPED = "the room has the equipment"
FIXED = "fixed sessions stay where they are fixed"
IN_BLOCK = "a session of several slots stays within a block"
OPEN = "closed rooms stay empty"
ONE_A_ROOM = "a room holds one session at a time"
ONE_PLACE = "a speaker is in one place at a time"
# It forbids two at once as well.
BREAKS = "a speaker has a break between two sessions"
ONE_RUN = "a course does not run twice at once"
RULES = (AVAILABLE, SEATS, ACCESSIBLE, EQUIPPED, FIXED, IN_BLOCK, OPEN, ONE_A_ROOM, ONE_PLACE, BREAKS, ONE_RUN)

Allowed = NDArray[np.bool_]


@dataclass(frozen=True)
class Bounds:
    """What the rules leave: slots and rooms for each session, open rooms in each slot, and who must be kept apart.

    `slots` is sessions × slots in which they may begin, `length` how many each takes; `rooms` is sessions × rooms,
    `open` slots × rooms. `apart` lists groups of sessions of which at most one may run in a slot, `rested` those of
    which at most one may run in two slots without a break. `joined[t]` says that slot t follows the one before it
    without a break.
    """

    length: Counts
    slots: Allowed
    rooms: Allowed
    open: Allowed
    apart: tuple[tuple[int, ...], ...]
    rested: tuple[tuple[int, ...], ...]
    joined: Allowed

    def begins(self, free: Allowed) -> Allowed:
        """Say in which slots and rooms each session might begin if it needs `free` (slots × rooms) all the time."""
        lengths, which = np.unique(self.length, return_inverse=True)
        begins: Allowed = np.stack([throughout(free, int(length)) for length in lengths])[which]
        return begins

    def meeting(self, first: int, after: int) -> Allowed:
        """Mark the sessions and the slots such that, begun there, they take one of the slots from `first` to `after`.

        `after` is not included.
        """
        start = np.arange(self.slots.shape[1])
        meeting: Allowed = (start < after) & (start + self.length[:, None] > first)
        return meeting

    def together(self, slot: Counts) -> Allowed:
        """Mark the pairs of sessions that run at once, if they begin in these slots; -1 is nowhere."""
        end = np.where(slot >= 0, slot + self.length, 0)
        together: Allowed = (slot[:, None] < end) & (slot < end[:, None]) & (slot >= 0)[:, None] & (slot >= 0)
        return together

    def same_slot(self) -> Counts:
        """Mark with 1 the pairs of sessions that may not run in one slot."""
        return _pairs((*self.apart, *self.rested), len(self.slots))

    def next_slot(self) -> Counts:
        """Mark with 1 the pairs of sessions that may not run in two slots without a break."""
        return _pairs(self.rested, len(self.slots))

    def neighbors(self) -> Counts:
        """Mark with 1 the pairs of slots without a break between them."""
        count = len(self.joined)
        near = np.zeros((count, count), dtype=np.int64)
        later = np.flatnonzero(self.joined)
        near[later, later - 1] = near[later - 1, later] = 1
        return near


def bounds(conference: Conference, rules: Collection[str] = RULES) -> Bounds:
    """Give what these rules leave of a conference; all of them, unless some are set aside to see what they cost."""
    sessions, slots, rooms = conference.sessions, conference.slots, conference.rooms
    free = ~conference.away if AVAILABLE in rules else np.ones_like(conference.away)
    may_slot = np.array([throughout(row, length) for row, length in zip(free, conference.length.tolist(), strict=True)])
    may_room = np.ones((len(sessions), len(rooms)), dtype=bool)
    if IN_BLOCK in rules:
        block, start = np.cumsum([slot.new_block for slot in slots]), np.arange(len(slots))
        last = np.minimum(start + conference.length[:, None], len(slots)) - 1
        may_slot &= block[last] == block[start]
    if FIXED in rules:
        may_slot &= np.array([[s.slot in (None, t.name) for t in slots] for s in sessions])
        may_room &= np.array([[s.room in (None, r.name) for r in rooms] for s in sessions])
    if SEATS in rules:
        may_room &= np.array([[r.seats >= s.seats for r in rooms] for s in sessions])
    if ACCESSIBLE in rules:
        may_room &= np.array([[r.accessible or not s.accessible for r in rooms] for s in sessions])
    if EQUIPPED in rules:
        may_room &= np.array([[s.equipment <= r.equipment for r in rooms] for s in sessions])
    closed = np.array([[t.name in r.closed for r in rooms] for t in slots])
    groups = _speaking(conference)
    runs = _groups(list(conference.courses))
    return Bounds(
        length=conference.length,
        slots=may_slot,
        rooms=may_room,
        open=~closed if OPEN in rules else np.ones_like(closed),
        apart=(*(groups if ONE_PLACE in rules else ()), *(runs if ONE_RUN in rules else ())),
        rested=groups if BREAKS in rules else (),
        joined=np.array([at > 0 and not slot.after_break for at, slot in enumerate(slots)]),
    )


def throughout(free: Allowed, length: int) -> Allowed:
    """Say for each first slot, along the first axis, whether `free` holds in so many slots from there on."""
    begins = np.zeros_like(free)
    count = len(free) - length + 1
    begins[:count] = np.all([free[later : later + count] for later in range(length)], axis=0)
    return begins


def _speaking(conference: Conference) -> tuple[tuple[int, ...], ...]:
    speaking: dict[str, list[int]] = {}
    for at, session in enumerate(conference.sessions):
        for speaker in session.speakers:
            speaking.setdefault(speaker, []).append(at)
    return tuple(sorted({tuple(held) for held in speaking.values() if len(held) > 1}))


def _groups(labels: list[str]) -> tuple[tuple[int, ...], ...]:
    found: dict[str, list[int]] = {}
    for at, label in enumerate(labels):
        found.setdefault(label, []).append(at)
    return tuple(tuple(held) for held in found.values() if len(held) > 1)


def _pairs(groups: tuple[tuple[int, ...], ...], count: int) -> Counts:
    apart = np.zeros((count, count), dtype=np.int64)
    for group in groups:
        apart[np.ix_(group, group)] = 1
    np.fill_diagonal(apart, 0)
    return apart
