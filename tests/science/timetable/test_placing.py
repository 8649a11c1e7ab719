"""Placing alone: as much as can be, as few moved as can be, and what fits together."""

import numpy as np
import pytest

from lecen.science.arrays import generator
from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable import Room, Session, Slot, conference, demand
from lecen.science.timetable.placing import fits, place
from lecen.science.timetable.rules import ONE_A_ROOM, RULES

WANTS = demand({f"p{n}": ["a"] for n in range(5)} | {"q": ["b"]}, first=1)
PEOPLE = conference([Session("a"), Session("b")], [Slot("t")], [Room("large", 5), Room("small", 1)], demand=WANTS)
# Placed where they have most room first, two of the three stand in each other's way.
PUZZLE = conference(
    [
        Session("a", speakers=("ann",)),
        Session("b", speakers=("bob",)),
        Session("c", speakers=("ann", "bob")),
        Session("d", speakers=("ann", "bob"), priority=3),
    ],
    [Slot("t0"), Slot("t1"), Slot("t2")],
    [Room("r", 9), Room("s", 9)],
    away={"ann": ["t0"]},
)


def placed(people, previous=None, seconds=None):
    return place(people, previous=previous, watch=Stopwatch(seconds), chance=generator(1))


def test_the_session_that_more_people_want_has_the_larger_room():
    found = placed(PEOPLE)

    assert (found.slot.tolist(), found.room.tolist(), found.fewest_turned_away) == ([0, 0], [0, 1], 0)


def test_an_announced_room_is_kept_though_fewer_find_a_seat():
    found = placed(PEOPLE, (np.array([0, 0]), np.array([1, 0])))

    assert (found.room.tolist(), found.fewest_turned_away, found.settled) == ([1, 0], 4, True)


def test_what_cannot_all_be_placed_is_settled_by_the_program_and_not_without_time():
    known, unknown = placed(PUZZLE), placed(PUZZLE, seconds=1e-9)

    assert (known.settled, known.out_of_time) == (True, False)
    assert (unknown.settled, unknown.out_of_time) == (False, True)
    assert (known.slot >= 0).tolist() == (unknown.slot >= 0).tolist() == [True, True, False, True]


def test_where_every_room_is_taken_by_the_highest_priorities_that_is_settled_without_time():
    people = conference(
        [Session("a"), Session("b", priority=2), Session("c"), Session("d", priority=2)],
        [Slot("t0"), Slot("t1")],
        [Room("r", 9), Room("s", 9, closed=frozenset({"t0"}))],
    )
    found = placed(people, seconds=1e-9)

    assert (found.settled, (found.slot >= 0).sum(), (found.slot >= 0)[[1, 3]].all()) == (True, 3, True)


@pytest.mark.parametrize(("rules", "answer"), [(RULES, False), ([rule for rule in RULES if rule != ONE_A_ROOM], True)])
def test_three_sessions_fit_into_two_rooms_only_without_the_rule(rules, answer):
    people = conference([Session(name) for name in "abc"], PEOPLE.slots, PEOPLE.rooms)

    assert fits(people, [0, 1, 2], rules, Stopwatch()) is answer


def test_without_time_it_is_not_known_whether_sessions_fit():
    people = conference([Session(name) for name in "abc"], PEOPLE.slots, PEOPLE.rooms)

    assert fits(people, [0, 1, 2], RULES, Stopwatch(0)) is None


def test_no_session_fits_always():
    assert fits(PEOPLE, [], RULES, Stopwatch())
