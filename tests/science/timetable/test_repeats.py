"""Which courses to run once more, counted by hand and person by person."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.timetable import Repeat, Room, Session, Slot, conference, repeats, schedule
from tests.science.timetable.small import broken, drawn, places_of

SLOTS = [Slot("nine"), Slot("ten")]
WANTS = {"p": ["a", "b"], "q": ["a", "b"], "r": ["b", "a"], "s": ["c"]}


def planned(**away):
    """Courses a and b run at nine, c at ten; one room is free at ten."""
    sessions = [
        Session("a", slot="nine"),
        Session("b", speakers=("bob",), slot="nine"),
        Session("c", slot="ten", room="large"),
    ]
    people = conference(sessions, SLOTS, [Room("large", 9), Room("small", 2)], away=away)
    return people, schedule(people, seed=1)


def test_the_course_that_most_people_miss_is_run_again_where_they_are_free():
    assert repeats(*planned(), WANTS, count=5) == (Repeat("b", "ten", "small", 2),)


def test_a_speaker_who_is_away_cannot_repeat():
    assert repeats(*planned(bob=["ten"]), WANTS, count=5) == (Repeat("a", "ten", "small", 1),)


def test_nothing_is_repeated_that_nobody_misses():
    assert repeats(*planned(), {"p": ["a", "c"]}, count=5) == ()


def test_rankings_of_nobody_are_refused():
    with pytest.raises(ScienceError, match=r"Nobody has ranked a course\."):
        repeats(*planned(), {}, count=1)


def test_people_who_rank_every_course_miss_their_last_choice_too():
    everything = {"p": ["a", "c", "b"], "q": ["b", "c", "a"]}
    people = conference(
        [Session("a", slot="nine"), Session("b", slot="nine"), Session("c", slot="nine")],
        [*SLOTS, Slot("one")],
        [Room("large", 9), Room("small", 2), Room("tiny", 2)],
    )

    assert repeats(people, schedule(people, seed=1), everything, count=1) == (Repeat("c", "ten", "small", 2),)


def test_what_does_not_run_is_not_run_once_more():
    sessions = [Session("a", slot="nine", priority=2), Session("b", slot="nine")]
    people = conference(sessions, SLOTS, [Room("large", 9)])

    assert repeats(people, schedule(people, seed=1), {"p": ["b"], "q": ["a", "b"]}, count=3) == ()


@pytest.mark.parametrize("away", ["ann", "bob"])
def test_either_of_those_who_give_a_course_may_repeat_it(away):
    sessions = [
        Session("c1", course="c", speakers=("ann",), slot="nine"),
        Session("c2", course="c", speakers=("bob",), slot="ten"),
        Session("y", slot="nine"),
        Session("z", slot="ten"),
    ]
    people = conference(sessions, [*SLOTS, Slot("one")], [Room("large", 9), Room("small", 9)], away={away: ["one"]})

    found = repeats(people, schedule(people, seed=1), {"p": ["y", "z", "c"]}, count=1)

    assert [(one.course, one.slot, one.gain) for one in found] == [("c", "one", 1)]


def test_a_timetable_of_another_conference_is_refused():
    people, plan = planned()
    other = conference(people.sessions[:2], SLOTS, [Room("large", 9)])

    with pytest.raises(ScienceError, match="not in this conference"):
        repeats(other, plan, WANTS, count=1)


def test_a_long_course_is_repeated_where_its_room_and_people_are_free_all_the_time():
    slots = [*SLOTS, Slot("one"), Slot("two")]
    sessions = [
        Session("a", length=2, slot="nine", room="large"),
        Session("b", slot="nine"),
        Session("c", slot="two", room="small"),
    ]
    people = conference(sessions, slots, [Room("large", 9), Room("small", 9, closed=frozenset({"one"}))])
    found = schedule(people, seed=1)

    assert repeats(people, found, {"p": ["b", "a"]}, count=3) == (Repeat("a", "one", "large", 1),)
    assert repeats(people, found, {"p": ["b", "c", "a"]}, count=3) == ()


def test_who_attends_a_long_session_misses_what_begins_during_it():
    sessions = [Session("a", length=2, slot="nine"), Session("b", slot="ten")]
    people = conference(sessions, [*SLOTS, Slot("one")], [Room("large", 9), Room("small", 2)])

    assert repeats(people, schedule(people, seed=1), {"p": ["a", "b"]}, count=3) == (Repeat("b", "one", "small", 1),)


def gained(people, places, ranked, again):
    """People who would go to a repeat at a place, as far as the room has seats; written without the code."""
    (session, slot, room), gain = again, 0
    for wishes in ranked:
        have, had = {}, set()
        for time in range(len(people.slots)):
            here = [at for at, place in enumerate(places) if place and place[0] == time]
            wanted = [at for at in here if people.courses[at] in wishes and people.courses[at] not in had]
            if time in have or not wanted:
                continue
            choice = min(wanted, key=lambda at: wishes.index(people.courses[at]))
            had.add(people.courses[choice])
            for later in range(time, time + people.sessions[choice].length):
                have[later] = wishes.index(people.courses[choice])
        taken = range(slot, slot + people.sessions[session].length)
        if people.courses[session] in set(wishes) - had:
            rank = wishes.index(people.courses[session])
            gain += all(rank < have.get(time, len(wishes)) for time in taken)
    return min(gain, people.rooms[room].seats)


def with_another(people, at):
    """The conference with one more run of a session, fixed nowhere."""
    return replace(
        people,
        sessions=(*people.sessions, replace(people.sessions[at], slot=None, room=None)),
        courses=(*people.courses, people.courses[at]),
        away=np.vstack([people.away, people.away[at]]),
    )


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 2))
def test_each_repeat_gains_as_many_as_any_could(seed, longest):
    people = drawn(seed, sessions=5, slots=4, rooms=3, longest=longest)
    plan = schedule(people, seed=1, steps=0)
    places, chance = list(places_of(people, plan)), np.random.default_rng(seed)
    running = [at for at, place in enumerate(places) if place]
    names = sorted(set(people.courses))
    rankings = {n: chance.permutation(names)[: chance.integers(1, len(names) + 1)].tolist() for n in range(6)}
    found = repeats(people, plan, rankings, count=2)
    for one in (*found, None)[:2]:
        gains = {
            (at, slot, room): gained(people, places, rankings.values(), (at, slot, room))
            for at, slot, room in product(running, range(4), range(3))
            if not broken(with_another(people, at), [*places, (slot, room)])
        }
        if one is None:
            assert not any(gains.values())
            break
        # Of several that gain as many, the first by name, slot and room in which all who come find a seat.
        best = [place for place, gain in gains.items() if gain == one.gain == max(gains.values())]
        told = [(people.courses[at], people.slots[slot].name, people.rooms[room].name) for at, slot, room in best]
        assert (one.course, one.slot, one.room) in told
        at, *place = best[told.index((one.course, one.slot, one.room))]
        people = with_another(people, at)
        places.append(tuple(place))


def test_repeats_of_nothing_are_refused():
    with pytest.raises(ScienceError, match="Repeats need a conference"):
        repeats(planned()[0], {}, WANTS, count=1)
