"""The first timetable: within the rules at once, what was announced kept, the most constrained served first."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.arrays import generator
from lecen.science.timetable import Room, Session, Slot, conference, demand
from lecen.science.timetable.begin import begin
from lecen.science.timetable.rules import bounds
from lecen.science.timetable.search import Costs
from tests.science.timetable.small import broken, drawn, told

SLOTS, ROOMS = [Slot("t0"), Slot("t1")], [Room("hall", 9), Room("loft", 2)]


def begun(people, seed=1, previous=None):
    priority = np.array([session.priority for session in people.sessions])
    costs = Costs(people.clash, people.turned_away)
    return told(*begin(bounds(people), costs, priority, generator(seed), previous=previous))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_no_rule_is_broken(seed, longest):
    people = drawn(seed, sessions=12, slots=4, rooms=3, longest=longest)

    assert not broken(people, begun(people, seed))


def test_those_with_few_places_left_come_first():
    sessions = [Session("a"), Session("b"), Session("c", slot="t0", room="hall"), Session("d", slot="t1")]
    people = conference(sessions, SLOTS, ROOMS)

    assert all(None not in begun(people, seed) for seed in range(10))


def test_the_higher_priority_has_the_only_place():
    people = conference([Session("a"), Session("b", priority=2)], SLOTS[:1], ROOMS[:1])

    assert begun(people) == [None, (0, 0)]


def test_those_who_want_the_same_two_sessions_can_have_both():
    wants = demand({"p": ["a", "b"], "q": ["a", "b"], "r": ["a"]}, first=2)
    places = begun(conference([Session("a"), Session("b")], SLOTS, ROOMS, demand=wants))

    assert places[0][0] != places[1][0]
    assert places[0][1] == 0


def test_an_announced_place_is_kept_and_else_the_announced_slot():
    people = conference([Session("a"), Session("b"), Session("c")], SLOTS, ROOMS)
    previous = np.array([1, 1, -1]), np.array([1, 1, -1])
    places = begun(people, previous=previous)

    assert sorted(places[:2]) == [(1, 0), (1, 1)]
    assert places[2][0] == 0
