"""Placing alone: seats where they are wanted, and what fits together."""

import numpy as np
import pytest

from lecen.science.arrays import generator
from lecen.science.timetable import Room, Session, Slot, conference, demand
from lecen.science.timetable.placing import fits, place
from lecen.science.timetable.rules import ONE_A_ROOM, RULES
from lecen.science.timetable.solver import Limits

WANTS = demand({f"p{n}": ["a"] for n in range(5)} | {"q": ["b"]}, first=1)
PEOPLE = conference([Session("a"), Session("b")], [Slot("t")], [Room("large", 5), Room("small", 1)], demand=WANTS)


def test_the_session_that_more_people_want_has_the_larger_room():
    found = place(PEOPLE, previous=None, limits=Limits(9), order=generator(1))

    assert (found.slot.tolist(), found.room.tolist(), found.fewest_turned_away) == ([0, 0], [0, 1], 0)


def test_an_announced_room_is_kept_though_fewer_find_a_seat():
    announced = np.array([0, 0]), np.array([1, 0])
    found = place(PEOPLE, previous=announced, limits=Limits(9), order=generator(1))

    assert (found.room.tolist(), found.fewest_turned_away, found.settled) == ([1, 0], 4, True)


@pytest.mark.parametrize(("rules", "answer"), [(RULES, False), ([rule for rule in RULES if rule != ONE_A_ROOM], True)])
def test_three_sessions_fit_into_two_rooms_only_without_the_rule(rules, answer):
    people = conference([Session(name) for name in "abc"], PEOPLE.slots, PEOPLE.rooms)

    assert fits(people, [0, 1, 2], rules, 9) is answer


def test_no_session_fits_always():
    assert fits(PEOPLE, [], RULES, 9)
