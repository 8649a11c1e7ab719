"""Small conferences drawn by chance, every timetable of them, and what breaks a rule."""

from itertools import product

import numpy as np

from lecen.science.timetable import Room, Session, Slot, conference, demand


def drawn(seed, *, sessions=4, slots=2, rooms=2, changed=False):
    """A conference in which speakers share sessions, are away, rooms differ and some things are fixed."""
    rng = np.random.default_rng(seed)
    times = [Slot(f"t{number}", after_break=bool(rng.random() < 0.6)) for number in range(slots)]
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
        time, hall = people.slots[slot], people.rooms[room]
        if (
            people.away[at, slot]
            or session.slot not in (None, time.name)
            or session.room not in (None, hall.name)
            or hall.seats < session.seats
            or (session.accessible and not hall.accessible)
            or not session.equipment <= hall.equipment
            or time.name in hall.closed
        ):
            return True
        for other, _, later, elsewhere in held[[entry[1] for entry in held].index(at) + 1 :]:
            joint = set(session.speakers) & set(other.speakers)
            low, high = sorted((slot, later))
            if (slot == later and (room == elsewhere or joint or _course(session) == _course(other))) or (
                joint and high == low + 1 and not people.slots[high].after_break
            ):
                return True
    return False


def _course(session):
    return session.course or session.name


def cost(people, places):
    held = [(at, *place) for at, place in enumerate(places) if place]
    seats = sum(people.turned_away[at, room] for at, _, room in held)
    return int(seats + sum(people.clash[a, b] for a, s, _ in held for b, t, _ in held if a < b and s == t))


def priority(people, places):
    return sum(session.priority for session, place in zip(people.sessions, places, strict=True) if place)


def told(slot, room):
    """Slot and room of each session as a pair, or None."""
    return [(s, r) if s >= 0 else None for s, r in zip(slot.tolist(), room.tolist(), strict=True)]


def places_of(people, found):
    slots, rooms = [slot.name for slot in people.slots], [room.name for room in people.rooms]
    told = [found.places.get(session.name) for session in people.sessions]
    return tuple((slots.index(place[0]), rooms.index(place[1])) if place else None for place in told)
