"""The search never leaves the rules, never ends worse than it began, and touches only what it may."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.arrays import generator
from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable import Room, Session, Slot, conference, demand
from lecen.science.timetable.begin import begin
from lecen.science.timetable.rules import bounds
from lecen.science.timetable.search import Costs, Until, improve
from tests.science.timetable.small import broken, cost, drawn, told

SEEDS = st.integers(0, 10**6)


def started(seed, longest=1):
    people = drawn(seed, sessions=9, slots=5, rooms=3, longest=longest)
    nothing = Costs(np.zeros_like(people.clash), np.zeros_like(people.turned_away))
    start = begin(bounds(people), nothing, np.ones(9, dtype=int), generator(seed))
    return people, start, Costs(people.clash, people.turned_away)


@settings(max_examples=12, deadline=None)
@given(SEEDS, st.integers(1, 3))
def test_every_step_keeps_the_rules_and_the_end_costs_no_more_than_the_start(seed, longest):
    people, start, costs = started(seed, longest)
    found = improve(start, start[0] >= -1, costs, bounds(people), until=Until(60), chance=generator(seed))

    assert not broken(people, told(*found))
    assert costs.of(*found, bounds(people)) == cost(people, told(*found)) <= costs.of(*start, bounds(people))


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_sessions_of_every_length_keep_out_of_each_others_rooms(seed):
    sessions = [Session(f"s{n}", length=1 + n % 3) for n in range(12)]
    people = conference(sessions, [Slot(f"t{n}") for n in range(8)], [Room(f"r{n}", 9) for n in range(4)])
    clash = np.triu(generator(seed).integers(0, 50, (12, 12)), 1)
    costs, left = Costs(clash + clash.T, people.turned_away), bounds(people)
    start = begin(left, Costs(np.zeros_like(clash), people.turned_away), np.ones(12, dtype=int), generator(seed))
    found = improve(start, start[0] >= 0, costs, left, until=Until(100), chance=generator(seed))

    assert not broken(people, told(*found))
    assert costs.of(*found, left) < costs.of(*start, left)


def test_a_long_session_may_begin_in_a_slot_that_it_takes_already():
    sessions = [Session("long", length=2, room="r"), Session("short", slot="t0", room="s")]
    wants = demand({"p": ["long", "short"]}, first=2)
    people = conference(sessions, [Slot(f"t{n}") for n in range(3)], [Room("r", 9), Room("s", 9)], demand=wants)
    start, costs = (np.array([0, 0]), np.array([0, 1])), Costs(people.clash, people.turned_away)
    found = improve(start, start[0] >= 0, costs, bounds(people), until=Until(1), chance=generator(1))

    assert told(*found) == [(1, 0), (0, 1)]


def test_two_sessions_of_one_speaker_may_change_places():
    slots = [Slot("t"), Slot("u", after_break=True)]
    rooms = [Room("big", 9, closed=frozenset({"t"})), Room("small", 1, closed=frozenset({"u"}))]
    sessions = [Session("a", speakers=("ann",)), Session("b", speakers=("ann",))]
    people = conference(sessions, slots, rooms, demand=demand({f"p{n}": ["a"] for n in range(9)}, first=1))
    start, costs = (np.array([0, 1]), np.array([1, 0])), Costs(people.clash, people.turned_away)
    found = improve(start, start[0] >= 0, costs, bounds(people), until=Until(1), chance=generator(1))

    assert told(*found) == [(1, 0), (0, 1)]


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_what_may_not_be_touched_stays(seed):
    people, start, costs = started(seed)
    movable = np.arange(9) % 2 == 0
    found = improve(start, movable, costs, bounds(people), until=Until(60), chance=generator(seed))

    assert (found[0][~movable].tolist(), found[1][~movable].tolist()) == (
        start[0][~movable].tolist(),
        start[1][~movable].tolist(),
    )


def test_the_same_seed_gives_the_same_timetable():
    people, start, costs = started(2)
    ends = [
        improve(start, start[0] >= 0, costs, bounds(people), until=Until(60), chance=generator(5)) for _ in range(2)
    ]

    assert told(*ends[0]) == told(*ends[1])


@pytest.mark.parametrize("steps", [0, 1])
def test_nothing_to_move_is_no_error(steps):
    people, start, costs = started(2)
    found = improve(start, np.zeros(9, dtype=bool), costs, bounds(people), until=Until(steps), chance=generator(5))

    assert told(*found) == told(*start)


@pytest.mark.parametrize("until", [Until(60, watch=Stopwatch(0)), Until(60, enough=10**6)])
def test_without_time_or_need_the_start_stands(until):
    people, start, costs = started(2)
    found = improve(start, start[0] >= 0, costs, bounds(people), until=until, chance=generator(5))

    assert told(*found) == told(*start)


def test_a_search_ends_where_it_is_good_enough():
    people = conference(
        [Session(f"s{n}") for n in range(12)],
        [Slot(f"t{n}") for n in range(4)],
        [Room("r", 9), Room("u", 9), Room("w", 9)],
    )
    clash = np.triu(generator(1).integers(0, 50, (12, 12)), 1)
    costs = Costs(clash + clash.T, people.turned_away)
    start, left = (np.arange(12) % 4, np.arange(12) // 4), bounds(people)
    ends = [
        costs.of(*improve(start, start[0] >= 0, costs, left, until=Until(60, enough), chance=generator(5)), left)
        for enough in (0, costs.of(*start, bounds(people)) - 1)
    ]

    assert ends[0] < ends[1] < costs.of(*start, bounds(people))
