"""Timetables of conferences, small and large: seconds, people who lose a wish, and how far from the best it may be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from time import perf_counter

import numpy as np
import pulp
import pytest
from conference_scheduler import resources, scheduler

from lecen.science.arrays import generator
from lecen.science.timetable import Room, Session, Slot, conference, demand, schedule
from lecen.science.timetable.rules import bounds
from lecen.science.timetable.search import Costs


def drawn(sessions, slots, rooms, people, *, seed=1):
    """A conference with people who rank twice as many courses as there are slots, most liked ones more often."""
    rng = generator(seed)
    times = [Slot(f"slot {number:02d}", after_break=number % 2 == 0) for number in range(slots)]
    halls = [
        Room(f"room {number:02d}", int(seats), accessible=bool(number % 4))
        for number, seats in enumerate(rng.integers(40, 400, rooms))
    ]
    speakers = [f"speaker {number:03d}" for number in range(int(sessions * 0.8))]
    listed = [
        Session(
            f"session {number:03d}",
            speakers=tuple(rng.choice(speakers, rng.integers(1, 3), replace=False).tolist()),
            track=f"track {number % 8}",
            accessible=bool(rng.random() < 0.1),
        )
        for number in range(sessions)
    ]
    spoken = {speaker for session in listed for speaker in session.speakers}
    away = {one: [time.name for time in times if rng.random() < 0.15] for one in sorted(spoken)}
    liked = rng.dirichlet([0.7] * sessions)
    liked = 0.5 * liked + 0.5 / sessions
    names = [session.name for session in listed]
    wants = {
        f"person {n}": rng.choice(names, min(2 * slots, sessions), replace=False, p=liked).tolist()
        for n in range(people)
    }
    return conference(listed, times, halls, away=away, demand=demand(wants, first=slots), track_clash=5)


def report(title, people, **options):
    began = perf_counter()
    found = schedule(people, seed=1, **options)
    print(
        f"{title:38s} {perf_counter() - began:6.1f}  {len(found.places):4d} {len(found.unplaced):3d}  "
        f"{found.turned_away:7d} {found.clashes:8d} {found.cost:8d} {found.bound:8d} {found.gap:6.3f}  "
        f"{len(found.moved):3d}  {found.settled} {found.out_of_time}"
    )
    return found


def bench_timetables():
    print(f"\n{'':38s}seconds placed not  away  clashes     cost    bound    gap  moved settled out of time")
    for title, size in (("60 × 8 × 20", (60, 8, 20, 1000)), ("300 × 30 × 20", (300, 30, 20, 5000))):
        people = drawn(*size)
        for seconds in (2, 5, 10):
            report(f"{title}, at most {seconds} seconds", people, seconds=seconds)
        report(f"{title}, no search", people, steps=0)
        report(f"{title}, 200 steps", people, steps=200)
        found = report(f"{title}, 2,000 steps", people, seconds=120)
        again = report(f"{title}, announced, again", people, previous=found.places)
        assert again.places == found.places
        away = people.away.copy()
        for at, session in enumerate(people.sessions[:5]):
            away[at] |= [slot.name == found.places[session.name][0] for slot in people.slots]
        report(f"{title}, 5 sessions' slots gone", replace(people, away=away), previous=found.places)
        longer = [replace(s, length=2) if at % 5 == 0 else s for at, s in enumerate(people.sessions)]
        length = np.array([session.length for session in longer])
        report(f"{title}, a fifth twice as long", replace(people, sessions=tuple(longer), length=length))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("slots", "rooms"), [(8, 20), (6, 12)])
def bench_beside_conference_scheduler(slots, rooms):
    """The same sessions, speakers and rooms; it knows no demand for two at once and no breaks of speakers."""
    people = drawn(60, slots, rooms, 1000)
    ours = report(f"ours, 60 × {slots} × {rooms}", people)
    names = [session.name for session in people.sessions]
    rows = [at for at, name in enumerate(names) if name in ours.places]
    places = [(slot, room) for slot in range(len(people.slots)) for room in range(len(people.rooms))]
    start = datetime(2027, 3, 1, 9, tzinfo=UTC)
    theirs = [
        resources.Slot(people.rooms[room].name, start + timedelta(hours=slot), 30, people.rooms[room].seats, str(slot))
        for slot, room in places
    ]
    events = [resources.Event(names[at], 30, 0) for at in rows]
    left = bounds(people)
    for event, at in zip(events, rows, strict=True):
        barred = [not (left.slots[at, slot] and left.rooms[at, room]) for slot, room in places]
        event.add_unavailability(*(slot for slot, bar in zip(theirs, barred, strict=True) if bar))
    for one, other in combinations(range(len(rows)), 2):
        if left.same_slot()[rows[one], rows[other]]:
            events[one].add_unavailability(events[other])
    began = perf_counter()
    found = scheduler.solution(events, theirs, solver=pulp.PULP_CBC_CMD(msg=False))
    seconds = perf_counter() - began
    slot, room = np.full((2, len(names)), -1)
    for event, place in found:
        slot[rows[event]], room[rows[event]] = places[place]
    cost = Costs(people.clash, people.turned_away).of(slot, room, left)
    rests = left.next_slot() * left.neighbors()[np.ix_(slot, slot)] * ((slot >= 0)[:, None] & (slot >= 0)[None, :])
    print(f"conference-scheduler: {seconds:.1f} s, {len(found)} placed, cost {cost}, breaks missed {rests.sum() // 2}")
    assert ours.cost < cost
