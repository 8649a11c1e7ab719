"""Assigning again: seats that can stay stay, the others are placed anew, rules hold."""

from dataclasses import replace

import pytest

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


@pytest.mark.parametrize("seats", [["a"], {"a": "x1"}, {"a": 3}, None])
def test_seats_that_are_no_lists_are_refused(seats):
    with pytest.raises(ScienceError, match="seats of"):
        reassign_sessions(seats, [Person("a", ("x",))], [Section("x1", "x", 1, 1)], seed=1)


@pytest.mark.parametrize(
    ("canceled", "named"), [("x1", "list of names"), (["z9"], "z9"), (3, "list of names"), (["x1"], "all are canceled")]
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
