"""Sections that too few would attend: which goes first, and when none may go."""

from dataclasses import replace

import pytest

from lecen.science.assignment import Person, Rules, Section, assign_sessions
from lecen.science.assignment.attendance import attendance, furthest_short, without_section
from lecen.science.assignment.demand import read_demand
from lecen.science.errors import ScienceError

PEOPLE = [Person("a", ("x", "y")), Person("b", ("x",)), Person("c", ("y", "x"))]
SECTIONS = [Section("x1", "x", 1, 3, least=3), Section("y1", "y", 2, 3, least=3)]


def demand_of(people=PEOPLE, rules=None):
    return read_demand(people, SECTIONS, rules or Rules(), None)


def test_people_are_counted_by_section():
    assert attendance({"a": ("x1", "y1"), "b": ("x1",), "c": ()}) == {"x1": 2, "y1": 1}


def test_the_section_with_the_smallest_share_of_its_people_is_named():
    found = assign_sessions(PEOPLE, [replace(one, least=0) for one in SECTIONS], seed=1)

    assert furthest_short(demand_of(), found) == "y1"
    assert furthest_short(demand_of(), replace(found, seats=dict.fromkeys("abc", ("x1", "y1")))) is None


def test_a_short_section_with_a_fixed_seat_is_refused():
    with pytest.raises(ScienceError, match="y1 needs 3 people and 2 would attend, but a has a fixed seat in it"):
        assign_sessions(PEOPLE, SECTIONS, rules=Rules(fixed=(("a", "y1"),)), seed=1)


def test_a_section_can_be_taken_out_unless_somebody_must_have_it():
    assert [one.name for one in without_section(demand_of(), "y1").sections] == ["x1"]
    with pytest.raises(ScienceError, match="a requires y, but its last section, y1, is canceled"):
        without_section(demand_of([Person("a", required=("y",))]), "y1")


def test_what_cannot_be_after_a_cancellation_names_the_section():
    people = [Person("a", ("x", "y")), Person("b", ("x",), required=("x",), accessible=True)]
    sections = [
        Section("x1", "x", 2, 2, accessible=False), Section("x2", "x", 1, 2, least=2), Section("y1", "y", 1, 2),
    ]  # fmt: skip

    with pytest.raises(ScienceError, match=r"accessible room\. Canceled before, .* attend: x2"):
        assign_sessions(people, sections, seed=1)
