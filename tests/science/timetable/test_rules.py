"""What each rule leaves, and that setting it aside gives it back."""

import numpy as np
import pytest

from lecen.science.timetable import Room, Session, Slot, conference
from lecen.science.timetable.rules import (
    ACCESSIBLE,
    AVAILABLE,
    BREAKS,
    EQUIPPED,
    FIXED,
    ONE_PLACE,
    OPEN,
    RULES,
    SEATS,
    bounds,
)

SLOTS = [Slot("t0"), Slot("t1", after_break=False), Slot("t2")]
ROOMS = [
    Room("barn", 9, accessible=False, closed=frozenset({"t1"})),
    Room("hall", 5, equipment=frozenset({"screen"})),
    Room("nook", 1),
]
SESSIONS = [
    Session("a", speakers=("ann",), seats=5),
    Session("b", speakers=("ann", "bob"), accessible=True),
    Session("c", course="b", equipment=frozenset({"screen"})),
    Session("d", slot="t2", room="nook"),
]
PEOPLE = conference(SESSIONS, SLOTS, ROOMS, away={"bob": ["t0"]})


def test_slots_and_rooms_are_those_the_rules_leave():
    left = bounds(PEOPLE)

    assert left.slots.astype(int).tolist() == [[1, 1, 1], [0, 1, 1], [1, 1, 1], [0, 0, 1]]
    assert left.rooms.astype(int).tolist() == [[1, 1, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1]]
    assert left.open.astype(int).tolist() == [[1, 1, 1], [0, 1, 1], [1, 1, 1]]


def test_sessions_with_one_speaker_or_one_course_are_kept_apart():
    left = bounds(PEOPLE)

    assert np.argwhere(left.same_slot()).tolist() == [[0, 1], [1, 0], [1, 2], [2, 1]]
    assert np.argwhere(left.next_slot()).tolist() == [[0, 1], [1, 0]]
    assert np.argwhere(left.neighbors()).tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(
    ("rule", "what", "more"),
    [
        (AVAILABLE, "slots", 1),
        (SEATS, "rooms", 1),
        (ACCESSIBLE, "rooms", 1),
        (EQUIPPED, "rooms", 2),
        (FIXED, "slots", 2),
        (OPEN, "open", 1),
    ],
)
def test_a_rule_set_aside_gives_back_what_it_took(rule, what, more):
    without = bounds(PEOPLE, [other for other in RULES if other != rule])

    assert getattr(without, what).sum() - getattr(bounds(PEOPLE), what).sum() == more


def test_nothing_is_joined_to_what_comes_before_the_first_slot():
    left = bounds(conference([Session("a")], [Slot("t", after_break=False), Slot("u", after_break=False)], ROOMS[2:]))

    assert left.joined.tolist() == [False, True]
    assert left.neighbors().tolist() == [[0, 1], [1, 0]]


def test_a_long_session_begins_where_all_its_slots_are_left():
    slots = [Slot("t0"), Slot("t1"), Slot("t2", new_block=True), Slot("t3")]
    rooms = [Room("barn", 9, closed=frozenset({"t3"})), Room("hall", 5)]
    sessions = [Session("a", speakers=("ann",), length=2), Session("b")]
    people = conference(sessions, slots, rooms, away={"ann": ["t0"]})
    left = bounds(people)

    assert left.slots.astype(int).tolist() == [[0, 0, 1, 0], [1, 1, 1, 1]]
    assert bounds(people, [AVAILABLE]).slots[0].astype(int).tolist() == [0, 1, 1, 0]
    assert left.begins(left.open)[0].astype(int).tolist() == [[1, 1], [1, 1], [0, 1], [0, 0]]
    assert left.begins(left.open)[1].tolist() == left.open.tolist()


def test_sessions_meet_where_they_share_a_slot():
    sessions = [Session("a", length=2), Session("b"), Session("c", length=2)]
    left = bounds(conference(sessions, [Slot(f"t{n}") for n in range(4)], [Room("r", 1)]))

    assert left.meeting(2, 3).astype(int).tolist() == [[0, 1, 1, 0], [0, 0, 1, 0], [0, 1, 1, 0]]
    assert left.together(np.array([1, 2, -1])).astype(int).tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]


def test_breaks_alone_still_keep_a_speaker_in_one_place():
    left = bounds(PEOPLE, [rule for rule in RULES if rule != ONE_PLACE])

    assert left.same_slot()[0, 1] == 1
    assert bounds(PEOPLE, [ONE_PLACE]).next_slot().sum() == 0
    assert bounds(PEOPLE, [BREAKS]).same_slot()[0, 1] == 1
