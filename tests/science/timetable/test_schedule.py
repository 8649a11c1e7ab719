"""Timetables against every timetable there is: rules, priorities, moves, costs and bounds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.timetable import Room, Session, Slot, Unplaced, conference, demand, schedule
from lecen.science.timetable.rules import IN_BLOCK
from tests.science.timetable.small import broken, cost, drawn, every_timetable, places_of, priority

SEEDS, LONGEST = st.integers(0, 10**6), st.integers(1, 2)


def placed(places):
    return [place is not None for place in places]


@settings(max_examples=15, deadline=None)
@given(SEEDS, LONGEST)
def test_rules_hold_priorities_are_as_high_as_can_be_and_no_timetable_is_below_the_bound(seed, longest):
    people = drawn(seed, slots=1 + longest, longest=longest)
    found = schedule(people, seed=1, steps=50)
    mine = places_of(people, found)
    every = list(every_timetable(people))
    same = [cost(people, other) for other in every if placed(other) == placed(mine)]

    assert not broken(people, mine)
    assert priority(people, mine) == max(priority(people, other) for other in every)
    assert (found.cost, found.settled, found.out_of_time) == (cost(people, mine), True, False)
    assert found.bound <= min(same) <= found.cost


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(1, 3))
def test_rules_hold_in_fuller_conferences_of_long_and_short_sessions(seed, longest):
    people = drawn(seed, sessions=16, slots=5, rooms=4, longest=longest)
    alike = replace(people, rooms=tuple(replace(room, seats=9, accessible=True) for room in people.rooms))

    assert not broken(alike, places_of(alike, schedule(alike, seed=1, steps=20)))


def test_on_small_conferences_the_search_finds_the_least_cost():
    for seed in range(15):
        people = drawn(seed)
        mine = places_of(people, schedule(people, seed=2, steps=200))

        assert cost(people, mine) == min(
            cost(people, other) for other in every_timetable(people) if placed(other) == placed(mine)
        )


@settings(max_examples=8, deadline=None)
@given(SEEDS, LONGEST)
def test_a_run_again_places_as_much_as_can_be_and_moves_as_few_as_can_be(seed, longest):
    before, now = (drawn(seed, slots=1 + longest, longest=longest, changed=changed) for changed in (False, True))
    announced = schedule(before, seed=1, steps=50)
    found = schedule(now, seed=2, steps=50, previous=announced.places)
    told, mine = places_of(before, announced), places_of(now, found)

    def worth(places):
        moved = [(a, b) for a, b in zip(told, places, strict=True) if a and b]
        return (
            priority(now, places),
            len(moved),
            -sum(a[0] != b[0] for a, b in moved),
            -sum(a[0] == b[0] and a[1] != b[1] for a, b in moved),
        )

    assert worth(mine) == max(worth(other) for other in every_timetable(now))
    assert found.moved == tuple(
        session.name for session, a, b in zip(now.sessions, told, mine, strict=True) if a and b and a != b
    )


def test_a_run_again_of_an_unchanged_conference_changes_nothing():
    people = drawn(3, sessions=8, slots=4, rooms=3)
    found = schedule(people, seed=1, steps=40)

    assert schedule(people, seed=2, previous=found.places, steps=40).places == found.places


def test_those_whose_rooms_are_lost_share_the_others_of_their_slot_well():
    wants = demand({f"p{n}": ["a"] for n in range(100)} | {f"q{n}": ["b"] for n in range(10)}, first=1)
    rooms = [Room("big", 100), Room("small", 10)]
    people = conference([Session("a"), Session("b")], [Slot("t"), Slot("u")], rooms, demand=wants)
    lost = {"a": ("t", "old"), "b": ("t", "older")}

    for seed in range(10):
        found = schedule(people, seed=seed, previous=lost)
        assert found.places == {"a": ("t", "big"), "b": ("t", "small")}
        assert (found.turned_away, found.bound) == (0, 0)


def test_a_slot_is_kept_even_where_two_rooms_must_change_for_it():
    rooms = [Room("large", 50), Room("other", 5), Room("spare", 5)]
    sessions = [Session("a", seats=50), Session("b"), Session("c", slot="u", room="other")]
    people = conference(sessions, [Slot("t"), Slot("u")], rooms)
    before = {"a": ("t", "lost"), "b": ("t", "large"), "c": ("u", "other")}
    found = schedule(people, seed=1, previous=before)

    assert (found.places["a"], found.places["b"][0], found.moved) == (("t", "large"), "t", ("a", "b"))


def test_a_new_session_is_placed_though_another_must_move_for_it():
    people = conference([Session("a"), Session("new", slot="t")], [Slot("t"), Slot("u")], [Room("r", 9)])
    found = schedule(people, seed=1, previous={"a": ("t", "r")})

    assert (found.places, found.moved) == ({"a": ("u", "r"), "new": ("t", "r")}, ("a",))


def test_nobody_announced_is_left_out_so_that_fewer_move():
    sessions = [Session("a", speakers=("ann",)), Session("b", speakers=("bob",)), Session("new")]
    away = {"ann": ["t"], "bob": ["u"]}
    people = conference(sessions, [Slot("t"), Slot("u")], [Room("r", 9)], away=away)
    found = schedule(people, seed=1, previous={"a": ("t", "r"), "b": ("u", "r")})

    assert found.places == {"a": ("u", "r"), "b": ("t", "r")}


def test_people_turned_away_are_in_the_bound():
    wants = demand({f"p{n}": ["a"] for n in range(9)}, first=1)
    found = schedule(conference([Session("a")], [Slot("t")], [Room("r", 4), Room("s", 3)], demand=wants), seed=1)

    assert (found.turned_away, found.cost, found.bound, found.gap) == (5, 5, 5, 0.0)


def test_new_sessions_find_better_places_beside_announced_ones():
    people = conference(
        [Session(f"s{n}") for n in range(30)], [Slot(f"t{n}") for n in range(6)], [Room(f"r{n}", 9) for n in range(6)]
    )
    clash = np.triu(np.random.default_rng(1).integers(0, 50, (30, 30)), 1)
    people = replace(people, clash=clash + clash.T)
    announced = {name: place for name, place in schedule(people, seed=1).places.items() if name in {"s1", "s2", "s3"}}
    first, better = (schedule(people, seed=1, previous=announced, steps=steps) for steps in (0, 200))

    assert (better.cost < first.cost, better.moved) == (True, ())


def test_what_was_announced_for_sessions_and_rooms_that_are_no_more_is_passed_over():
    people = conference([Session("a")], [Slot("t")], [Room("r", 9)])
    found = schedule(people, seed=1, previous={"gone": ("t", "r"), "a": ("t", "sold")})

    assert (found.places, found.moved) == ({"a": ("t", "r")}, ("a",))


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_the_order_of_sessions_and_rooms_makes_no_difference(seed):
    people = drawn(5, sessions=6, slots=3)
    chance = np.random.default_rng(seed)
    sessions = [people.sessions[at] for at in chance.permutation(6)]
    rooms = [people.rooms[at] for at in chance.permutation(2)]
    usual = conference(people.sessions, people.slots, people.rooms)

    assert schedule(conference(sessions, people.slots, rooms), seed=4, steps=40) == schedule(usual, seed=4, steps=40)


@pytest.mark.parametrize(("slots", "rooms"), [(1, 1), (2, 1), (1, 2), (2, 2)])
def test_equal_sessions_are_told_apart_by_the_seed(slots, rooms):
    times, halls = [Slot(f"t{n}") for n in range(slots)], [Room(f"r{n}", 9) for n in range(rooms)]
    people = conference([Session(name) for name in "abcd"], times, halls)
    found = {schedule(people, seed=seed).places.get("a") for seed in range(60)}

    assert found - {None} == {(time.name, hall.name) for time in times for hall in halls}
    assert (None in found) is (slots * rooms < 4)


def test_equal_sessions_that_only_the_program_can_leave_out_are_told_apart_by_the_seed():
    """Each pair of sessions shares a speaker: two of four must be left out, and no first timetable proves it."""
    sessions = [Session(name, speakers=("ann",)) for name in "abcd"]
    people = conference(sessions, [Slot("t"), Slot("u")], [Room("r", 9), Room("s", 9)])
    out = {tuple(one.session for one in schedule(people, seed=seed).unplaced) for seed in range(60)}

    assert out == {("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")}


@settings(max_examples=15, deadline=None)
@given(SEEDS, LONGEST)
def test_out_of_time_there_is_an_answer_within_the_rules_and_a_bound_that_holds(seed, longest):
    people = drawn(seed, slots=1 + longest, longest=longest)
    found = schedule(people, seed=1, seconds=1e-9)
    mine = places_of(people, found)
    every = list(every_timetable(people))

    assert not broken(people, mine)
    assert found.out_of_time
    assert found.bound <= min(cost(people, other) for other in every if placed(other) == placed(mine)) <= found.cost
    assert found.cost == cost(people, mine)
    assert priority(people, mine) == max(priority(people, other) for other in every) or not found.settled


def test_out_of_time_what_was_announced_is_kept_as_far_as_the_rules_let_it():
    before, now = drawn(7, sessions=30, slots=8, rooms=5), drawn(7, sessions=30, slots=8, rooms=5, changed=True)
    announced = schedule(before, seed=1, steps=0)
    found = schedule(now, seed=1, previous=announced.places, seconds=1e-9)

    assert not broken(now, places_of(now, found))
    assert found.out_of_time
    assert 0 < len(found.moved) < 10


def test_the_search_ends_within_the_gap_that_is_allowed():
    people = drawn(4, sessions=9, slots=4, rooms=3)
    loose, tight = (schedule(people, seed=1, gap=gap, steps=300) for gap in (0.9, 0.0))

    assert (loose.gap <= 0.9, loose.out_of_time) == (True, False)
    assert tight.cost < loose.cost


def test_a_long_session_runs_over_a_break_but_not_into_a_new_block():
    slots = [Slot("nine"), Slot("ten"), Slot("one", new_block=True), Slot("two", after_break=False)]
    people = conference([Session("workshop", length=2)], slots, [Room("r", 9)], away={})
    starts = {schedule(people, seed=seed).places["workshop"][0] for seed in range(20)}

    assert starts == {"nine", "one"}


def test_a_long_session_that_is_longer_than_every_block_is_left_out_and_the_rule_named():
    slots = [Slot("nine"), Slot("one", new_block=True)]
    found = schedule(conference([Session("workshop", length=2)], slots, [Room("r", 9)]), seed=1)

    assert found.unplaced == (Unplaced("workshop", (IN_BLOCK,), (), smallest=True),)


def test_those_who_want_a_long_session_and_another_clash_once():
    wants = demand({"p": ["long", "longer"], "q": ["long"]}, first=2)
    sessions = [Session("long", length=2, slot="t"), Session("longer", length=2, slot="t")]
    people = conference(sessions, [Slot("t"), Slot("u")], [Room("r", 9), Room("s", 9)], demand=wants)
    found = schedule(people, seed=1)

    assert (found.clashes, found.cost, found.bound) == (1, 1, 1)


def test_a_conference_without_demand_costs_nobody_anything():
    found = schedule(conference([Session("a"), Session("b")], [Slot("t")], [Room("r", 1)]), seed=1)

    assert (len(found.places), found.cost, found.bound, found.gap) == (1, 0, 0, 0.0)


def test_a_conference_in_which_nothing_can_be_placed():
    found = schedule(conference([Session("a", seats=9)], [Slot("t")], [Room("r", 1)]), seed=1)

    assert (found.places, [one.session for one in found.unplaced], found.cost) == ({}, ["a"], 0)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"seconds": 0}, "The seconds must be above 0, not 0."),
        ({"seconds": np.nan}, "The seconds must be finite"),
        ({"gap": 1}, "The gap must be at least 0 and below 1, not 1."),
        ({"steps": -1}, "The number of steps must be at least 0"),
        ({"seed": 0.5}, "The seed must be a whole number"),
        ({"previous": {"a": "t"}}, "The announced place of 'a' must be a slot and a room, not 't'."),
        ({"previous": {"a": 5}}, "The announced place of 'a' must be a slot and a room, not 5."),
        ({"previous": {"a": ("t", ["r"])}}, "The announced place of 'a' must be a slot and a room"),
        ({"previous": [("a", "t", "r")]}, "What was announced must map sessions to a slot and a room"),
    ],
)
def test_limits_that_are_none_are_refused(limits, words):
    people = conference([Session("a")], [Slot("t")], [Room("r", 1)])

    with pytest.raises(ScienceError, match=words):
        schedule(people, **({"seed": 1} | limits))


def test_what_is_no_conference_is_refused():
    with pytest.raises(ScienceError, match="must be made by `conference`, not be list"):
        schedule([Session("a")], seed=1)
