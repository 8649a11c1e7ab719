"""Assigning again: seats that can stay stay, the others are placed anew, rules hold."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment import Person, Rules, Section, assign_sessions, reassign_sessions
from lecen.science.errors import ScienceError
from tests.science.assignment.cases import broken_rules, simulate


@pytest.fixture(scope="module")
def placed():
    people, sections = simulate(40, 8, 4, 16, ranked=6)
    return people, sections, assign_sessions(people, sections, seed=1)


def test_nothing_moves_where_nothing_changed(placed):
    people, sections, found = placed

    again = reassign_sessions(found.seats, people, sections, seed=2)

    assert (again.lost, again.gained, again.assignment.seats) == ({}, {}, found.seats)


def test_only_the_people_of_a_canceled_section_lose_a_seat(placed):
    people, sections, found = placed
    gone = sections[5].name
    left = [one for one in sections if one.name != gone]

    again = reassign_sessions(found.seats, people, sections, canceled=[gone], seed=2)

    assert again.assignment.canceled == (gone,)
    assert again.lost == {name: (gone,) for name, held in found.seats.items() if gone in held}
    assert broken_rules(people, left, Rules(), again.assignment.seats) == []


def test_a_smaller_room_moves_as_many_as_no_longer_fit(placed):
    people, sections, found = placed
    holders = [name for name, held in found.seats.items() if sections[0].name in held]
    smaller = [replace(sections[0], seats=len(holders) - 2), *sections[1:]]

    again = reassign_sessions(found.seats, people, smaller, seed=2)

    assert list(again.lost.values()) == [(sections[0].name,)] * 2
    assert set(again.lost) <= set(holders)


def test_a_larger_room_moves_nobody_and_its_seats_are_given(placed):
    people, sections, found = placed
    larger = [replace(one, seats=one.seats + 5) for one in sections]

    again = reassign_sessions(found.seats, people, larger, seed=2)

    assert again.lost == {}
    assert again.assignment.score >= found.score
    assert again.assignment.score <= again.assignment.bound


def test_a_new_requirement_is_met_by_moving_who_it_needs():
    people = [Person("a", ("x", "y")), Person("b", ("x", "y"))]
    sections = [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1)]
    before = {"a": ("x1",), "b": ("y1",)}
    people[1] = replace(people[1], required=("x",))

    again = reassign_sessions(before, people, sections, seed=1)

    assert again.assignment.seats == {"a": ("y1",), "b": ("x1",)}
    assert again.lost == {"a": ("x1",), "b": ("y1",)}


@pytest.mark.parametrize("seats", [["a"], {"a": "x1"}, {"a": 3}, {"a": (["x1"],)}, {"a": b"x1"}, None])
def test_seats_that_are_no_lists_are_refused(seats):
    with pytest.raises(ScienceError, match="seats of"):
        reassign_sessions(seats, [Person("a", ("x",))], [Section("x1", "x", 1, 1)], seed=1)


@pytest.mark.parametrize(
    ("canceled", "named"),
    [
        ("x1", "list of names"),
        (["z9"], "z9"),
        (3, "list of names"),
        ([["x1"]], "list of names"),
        (["x1"], "all are canceled"),
    ],
)
def test_cancellations_that_cannot_be_are_refused(canceled, named):
    with pytest.raises(ScienceError, match=named):
        reassign_sessions({}, [Person("a", ("x",))], [Section("x1", "x", 1, 1)], canceled=canceled, seed=1)


@pytest.mark.parametrize(
    ("person", "rules", "named"),
    [
        (Person("a", ("x",), required=("x",)), Rules(), "a requires x, but its last section, x1"),
        (Person("a", ("x",)), Rules(fixed=(("a", "x1"),)), "fixed seat in x1, which is canceled"),
    ],
)
def test_a_canceled_section_that_somebody_must_have_is_refused(person, rules, named):
    sections = [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1)]

    with pytest.raises(ScienceError, match=named):
        reassign_sessions({}, [person], sections, canceled=["x1"], rules=rules, seed=1)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), policy=st.sampled_from(["sum", "floor", "draft"]))
def test_nobody_loses_a_seat_that_the_change_does_not_take(seed, policy):
    people, sections = simulate(24, 6, 3, 10, ranked=5, seats=0.9, seed=seed)
    found = assign_sessions(people, sections, policy=policy, seed=1)
    gone = sections[seed % len(sections)].name

    again = reassign_sessions(found.seats, people, sections, canceled=[gone], policy=policy, seed=2)

    assert again.lost == {name: (gone,) for name, held in found.seats.items() if gone in held}
    assert broken_rules(people, [one for one in sections if one.name != gone], Rules(), again.assignment.seats) == []
    assert again.assignment.policy == policy


def test_a_floor_is_raised_for_those_whose_section_is_canceled():
    people = [Person("a", ("x", "y", "z")), Person("b", ("x", "z", "y"))]
    sections = [Section("x1", "x", 1, 2), Section("y1", "y", 1, 1), Section("z1", "z", 1, 1)]
    before = {"a": ("x1",), "b": ("x1",)}

    again = reassign_sessions(before, people, sections, canceled=["x1"], policy="floor", seed=1)

    assert (again.assignment.seats, again.assignment.floor) == ({"a": ("y1",), "b": ("z1",)}, 1)


def test_one_alone_is_moved_rather_than_two_together():
    people = [Person("a", tuple("pqrsx")), Person("b", tuple("pqrsx")), Person("c", ("x",))]
    sections = [Section("x1", "x", 1, 2), *(Section(f"{course}1", course, 1, 0) for course in "pqrs")]
    before = dict.fromkeys("abc", ("x1",))

    again = reassign_sessions(before, people, sections, rules=Rules(together=(("a", "b"),)), seed=1)

    assert again.lost == {"c": ("x1",)}


@pytest.mark.parametrize("policy", ["sum", "floor"])
def test_a_time_limit_takes_no_seat_away(policy):
    people, sections = simulate(60, 10, 4, 20, ranked=8)
    found = assign_sessions(people, sections, seed=1)

    again = reassign_sessions(found.seats, people, sections, policy=policy, seconds=1e-9, seed=2)

    assert (again.lost, again.assignment.score) == ({}, found.score)


def test_a_course_canceled_for_its_only_wisher_leaves_them_without():
    sections = [Section("x1", "x", 1, 5), Section("y1", "y", 1, 5)]

    again = reassign_sessions({"a": ("x1",)}, [Person("a", ("x",))], sections, canceled=["x1"], seed=1)

    assert (again.assignment.seats, again.assignment.score, again.lost) == ({"a": ()}, 0, {"a": ("x1",)})


def test_who_is_gone_has_lost_nothing_and_whom_nobody_can_name_is_refused():
    sections = [Section("x1", "x", 1, 1)]

    again = reassign_sessions({"gone": ("x1",)}, [Person("a", ("x",))], sections, seed=1)

    assert (again.lost, again.gained) == ({}, {"a": ("x1",)})
    with pytest.raises(ScienceError, match="people who had seats"):
        reassign_sessions({1: ("x1",)}, [Person("a", ("x",))], sections, seed=1)


@pytest.mark.parametrize("seed", range(8))
def test_no_points_take_a_seat_from_who_held_it_though_a_requirement_moves_others(seed):
    gone = tuple(f"v{at}" for at in range(8))
    people = [Person("a", ("x", *gone, "y")), Person("b", ("y",)), Person("c", ("w",), required=("z",))]
    sections = [
        *(Section(f"{course}1", course, 1, 1) for course in "xywz"),
        *(Section(f"{one}1", one, 1, 5) for one in gone),
    ]

    again = reassign_sessions(
        {"a": ("y1",), "c": ("w1",)}, people, sections, canceled=[f"{one}1" for one in gone], seed=seed
    )

    assert (again.lost, again.gained) == ({"c": ("w1",)}, {"c": ("z1",)})


def test_the_bound_of_a_re_solve_is_near_however_steep_the_points():
    people, sections = (
        [Person("a", ("x", "y")), Person("b", ("y",))],
        [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1)],
    )

    found = reassign_sessions({"a": ("y1",)}, people, sections, points=(30, 3), seed=1).assignment

    assert (found.score, found.bound, found.ended) == (3, 3, "gap")
