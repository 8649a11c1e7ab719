"""Which courses to run once more, counted by hand."""

import pytest

from lecen.science.errors import ScienceError
from lecen.science.timetable import Repeat, Room, Session, Slot, conference, repeats, schedule

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
