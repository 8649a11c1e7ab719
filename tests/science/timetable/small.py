"""Small conferences drawn by chance, every timetable of them, and what breaks a rule."""

from itertools import product

import numpy as np

from lecen.science.timetable import Room, Session, Slot, conference, demand


def drawn(seed, *, sessions=4, slots=2, rooms=2, changed=False, longest=1):
    """A conference in which speakers share sessions, are away, rooms differ and some things are fixed."""
    rng, other = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    times = [
        Slot(f"t{number}", after_break=bool(rng.random() < 0.6), new_block=bool(other.random() < 0.2))
        for number in range(slots)
    ]
    halls = [
        Room(
            f"r{number}",
            int(rng.integers(1, 6)),
            accessible=bool(rng.random() < 0.7),
            closed=frozenset(time.name for time in times if rng.random() < 0.1),
        )
        for number in range(rooms)
    ]
    listed = [
        Session(
            f"s{number}",
            course=str(rng.choice([f"s{number}", "twice"], p=[0.8, 0.2])),
            speakers=tuple(rng.choice(["ann", "bob", "cy", "di"], rng.integers(0, 3), replace=False).tolist()),
            track=str(rng.choice(["", "one"])),
            accessible=bool(rng.random() < 0.3),
            seats=int(rng.integers(0, 4)),
            slot=str(rng.choice([time.name for time in times])) if rng.random() < 0.15 else None,
            priority=int(rng.integers(1, 3)),
            length=int(other.integers(1, longest + 1)),
        )
        for number in range(sessions)
    ]
    spoken = sorted({speaker for session in listed for speaker in session.speakers})
    if changed:
        rng = np.random.default_rng(seed + 1)
    away = {one: [time.name for time in times if rng.random() < 0.3] for one in spoken}
    names = sorted({session.course for session in listed})
    wants = {f"p{n}": rng.permutation(names)[: rng.integers(1, len(names) + 1)].tolist() for n in range(8)}
    return conference(listed, times, halls, away=away, demand=demand(wants, first=3), track_clash=2)


def every_timetable(people):
    """All ways to give each session a slot and a room or none, that break no rule."""
    spots = [None, *product(range(len(people.slots)), range(len(people.rooms)))]
    for places in product(spots, repeat=len(people.sessions)):
        if not broken(people, places):
            yield places


def broken(people, places):
    """Whether a timetable (a slot and a room or None for each session) breaks a rule; written without the code."""
    held = [
        (session, at, *place) for at, (session, place) in enumerate(zip(people.sessions, places, strict=True)) if place
    ]
    for session, at, slot, room in held:
        taken, hall = range(slot, slot + session.length), people.rooms[room]
        if (
            taken[-1] >= len(people.slots)
            or people.away[at, list(taken)].any()
            or any(people.slots[time].new_block for time in taken[1:])
            or session.slot not in (None, people.slots[slot].name)
            or session.room not in (None, hall.name)
            or hall.seats < session.seats
            or (session.accessible and not hall.accessible)
            or not session.equipment <= hall.equipment
            or any(people.slots[time].name in hall.closed for time in taken)
        ):
            return True
        for other, _, later, elsewhere in held[[entry[1] for entry in held].index(at) + 1 :]:
            joint = set(session.speakers) & set(other.speakers)
            theirs = range(later, later + other.length)
            if set(taken) & set(theirs) and (room == elsewhere or joint or _course(session) == _course(other)):
                return True
            if joint and any(
                late == early + 1 and not people.slots[late].after_break
                for early, late in [*product(taken, theirs), *product(theirs, taken)]
            ):
                return True
    return False


def at_once(people, first, second):
    """Whether two sessions run at once; each is given by its number and first slot."""
    (a, s), (b, t) = first, second
    return bool(set(range(s, s + people.sessions[a].length)) & set(range(t, t + people.sessions[b].length)))


def _course(session):
    return session.course or session.name


def cost(people, places):
    held = [(at, *place) for at, place in enumerate(places) if place]
    seats = sum(people.turned_away[at, room] for at, _, room in held)
    pairs = [(a, b) for a, s, _ in held for b, t, _ in held if a < b and at_once(people, (a, s), (b, t))]
    return int(seats + sum(people.clash[pair] for pair in pairs))


def priority(people, places):
    return sum(session.priority for session, place in zip(people.sessions, places, strict=True) if place)


def told(slot, room):
    """Slot and room of each session as a pair, or None."""
    return [(s, r) if s >= 0 else None for s, r in zip(slot.tolist(), room.tolist(), strict=True)]


def places_of(people, found):
    slots, rooms = [slot.name for slot in people.slots], [room.name for room in people.rooms]
    told = [found.places.get(session.name) for session in people.sessions]
    return tuple((slots.index(place[0]), rooms.index(place[1])) if place else None for place in told)
