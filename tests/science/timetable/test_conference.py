"""What a conference takes, in which order it keeps it, and what it refuses."""

import pytest

from lecen.science.errors import ScienceError
from lecen.science.timetable import Room, Session, Slot, conference, demand

A, T, R = Session("a", speakers=("ann",)), Slot("t"), Room("r", 10)


def test_costs_count_those_without_a_seat_and_those_who_want_both():
    wants = demand({"p": ["a", "b"], "q": ["b", "a"], "r": ["b"]}, first=2)
    sessions = [Session("b", track="one"), Session("a", track="one"), Session("c")]
    people = conference(sessions, [T], [Room("small", 1), Room("large", 3)], demand=wants, track_clash=5)

    assert [session.name for session in people.sessions] == ["a", "b", "c"]
    assert [room.name for room in people.rooms] == ["large", "small"]
    assert people.turned_away.tolist() == [[0, 1], [0, 2], [0, 0]]
    assert people.clash.tolist() == [[0, 7, 0], [7, 0, 0], [0, 0, 0]]
    assert people.shared.tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]


def test_a_session_is_away_when_one_of_its_speakers_is():
    sessions = [Session("a", speakers=("ann", "bob")), Session("b", speakers=("cy",))]
    people = conference(sessions, [T, Slot("u")], [R], away={"bob": ["u"]})

    assert people.away.tolist() == [[False, True], [False, False]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sessions": []}, "There must be at least one of the sessions."),
        ({"slots": []}, "There must be at least one of the slots."),
        ({"rooms": []}, "There must be at least one of the rooms."),
        ({"sessions": ["a"]}, "The sessions must be a list of Session; one of them is 'a'."),
        ({"sessions": [Session(" ")]}, "Each of the sessions needs a name; one of them has ' '."),
        ({"rooms": [R, R]}, "The rooms must be named once each; 'r' stands there 2 times."),
        ({"rooms": [Room("r", 1.5)]}, "The seats of room 'r' must be a whole number"),
        ({"rooms": [Room("r", 1, closed=frozenset({"x"}))]}, "Room 'r' is closed in a slot that is unknown: 'x'."),
        ({"sessions": [Session("a", seats=-1)]}, "The seats of session 'a' must be at least 0"),
        ({"sessions": [Session("a", priority=0)]}, "The priority of session 'a' must be at least 1"),
        ({"sessions": [Session("a", length=0)]}, "The slots of session 'a' must be at least 1"),
        ({"sessions": [Session("a", length=2)]}, "The slots of session 'a' must be at most 1"),
        ({"sessions": [Session("a", speakers="ann")]}, "The speakers of session 'a' must be a list of names"),
        (
            {"sessions": [Session("a", speakers=("ann", "ann"))]},
            "The speakers of session 'a' must be named once each; 'ann' stands there 2 times.",
        ),
        ({"sessions": [Session("a", speakers=None)]}, "must be a list of names, not None"),
        ({"sessions": [Session("a", track=3)]}, "The course and the track of session 'a' must be names."),
        ({"sessions": [Session("a", equipment=["screen"])]}, "The equipment of session 'a' must be a set of names"),
        ({"rooms": [Room("r", 1, equipment="screen")]}, "The equipment of room 'r' must be a set of names"),
        ({"rooms": [Room("r", 1, closed=["t"])]}, "in which room 'r' is closed must be a set of names"),
        ({"away": {"ann": "t"}}, "The slots in which 'ann' is away must be a list of names, not 't'."),
        ({"sessions": [Session("a", slot="x")]}, "Session 'a' is fixed to an unknown slot: 'x'."),
        ({"sessions": [Session("a", room="x")]}, "Session 'a' is fixed to an unknown room: 'x'."),
        ({"away": {"ann": ["x"]}}, "Speaker 'ann' is away in a slot that is unknown: 'x'."),
        ({"away": {"bob": ["t"]}}, "Somebody is away who speaks in no session: 'bob'."),
        ({"sessions": None}, "The sessions must be a list of Session, not None."),
        ({"sessions": [Session("a", accessible="no")]}, "Whether session 'a' needs an accessible room must be True or"),
        ({"slots": [Slot("t", after_break="no")]}, "Whether there is a break before slot 't' must be True or False"),
        ({"slots": [Slot("t", new_block=1)]}, "Whether a new block begins with slot 't' must be True or False, not 1."),
        ({"rooms": [Room("r", 1, accessible="no")]}, "Whether room 'r' is accessible must be True or False, not 'no'."),
        ({"sessions": [Session("a", slot=["t"])]}, "Session 'a' is fixed to an unknown slot: .'t'."),
        ({"away": ["ann"]}, "Who is away must map speakers to lists of slots"),
        ({"away": {"ann": [["t"]]}}, "The slots in which 'ann' is away must be a list of names; one of them is"),
        ({"demand": {"p": ["a"]}}, "The demand must be counted by `demand` first, not be dict."),
        ({"track_clash": -1}, "What a clash within a track counts must be at least 0"),
    ],
)
def test_a_conference_refuses(change, words):
    with pytest.raises(ScienceError, match=words):
        conference(**({"sessions": [A], "slots": [T], "rooms": [R]} | change))


def test_slots_of_absence_may_be_a_set():
    assert conference([A], [T], [R], away={"ann": {"t"}}).away.tolist() == [[True]]


def test_more_than_can_be_worked_with_is_refused():
    sessions, slots = [Session(f"s{n}") for n in range(2000)], [Slot(f"t{n}") for n in range(50)]

    with pytest.raises(ScienceError, match="rooms come to more than 2,000,000; divide the conference"):
        conference(sessions, slots, [Room(f"r{n}", 1) for n in range(30)])
