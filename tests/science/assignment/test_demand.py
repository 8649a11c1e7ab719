"""Inputs that cannot be meant are refused with a sentence that names them."""

import pytest

from lecen.science.assignment import Person, Rules, Section
from lecen.science.assignment.demand import read_demand
from lecen.science.errors import ScienceError

PEOPLE = (Person("ana", ("x", "y")), Person("ben", ("y",)))
SECTIONS = (Section("x1", "x", 1, 2), Section("y1", "y", 2, 2))


def test_people_and_sections_are_ordered_and_points_fall_from_the_longest_list():
    demand = read_demand(PEOPLE[::-1], SECTIONS[::-1], Rules(), None)

    assert (demand.people, demand.sections, demand.points) == (PEOPLE, SECTIONS, (2, 1))


@pytest.mark.parametrize(
    ("people", "named"),
    [
        ([], "at least one of the people"),
        ("ana", "list of Person"),
        ({"ana": 1}, "list of Person"),
        (None, "list of Person"),
        (["ana"], "'ana'"),
        ([Person("")], "needs a name"),
        ([Person(3)], "needs a name"),
        ([Person("ana"), Person("ana")], "ana stands 2 times"),
        ([Person("ana", ("x", "x"))], "ranks x 2 times"),
        ([Person("ana", ("z",))], "ana ranks z, which no section offers"),
        ([Person("ana", "xy")], "list of names"),
        ([Person("ana", None)], "list of names"),
        ([Person("ana", (1.5,))], "which no section"),
        ([Person("ana", required=("z",))], "requires z"),
        ([Person("ana", required=("x",), taken=("x",))], "taken it already"),
    ],
)
def test_people_are_refused(people, named):
    with pytest.raises(ScienceError, match=named):
        read_demand(people, SECTIONS, Rules(), None)


@pytest.mark.parametrize(
    ("section", "named"),
    [
        (Section("x1", "", 1, 1), "course"),
        (Section("x1", 4, 1, 1), "course"),
        (Section("x1", "x", 1.5, 1), "slot of section x1"),
        (Section("x1", "x", "first", 1), "slot of section x1"),
        (Section("x1", "x", 1, -1), "seats of section x1"),
        (Section("x1", "x", 1, float("nan")), "seats of section x1"),
        (Section("x1", "x", 1, 10**12), "seats of section x1"),
        (Section("x1", "x", 1, 3, least=4), "fewest people of section x1"),
    ],
)
def test_sections_are_refused(section, named):
    with pytest.raises(ScienceError, match=named):
        read_demand([Person("ana")], [section], Rules(), None)


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        (Rules(together=(("ana", "zoe"),)), "zoe"),
        (Rules(together=(("ana", "ben"), ("ana",))), "ana stands 2 times"),
        (Rules(apart=(("ana", "ana"),)), "themselves"),
        (Rules(apart=(("ana", "zoe"),)), "zoe"),
        (Rules(together=(("ana", "ben"),), apart=(("ben", "ana"),)), "together and apart"),
        (Rules(fixed=(("zoe", "x1"),)), "fixed seat of zoe"),
        (Rules(fixed=(("ana", "z1"),)), "z1"),
        (Rules(prerequisites={"z": ("x",)}), "prerequisites of z"),
        (Rules(prerequisites={"x": "y"}), "list of names"),
        (Rules(prerequisites={"x": ("x",)}), "its own"),
    ],
)
def test_rules_are_refused(rules, named):
    with pytest.raises(ScienceError, match=named):
        read_demand(PEOPLE, SECTIONS, rules, None)


@pytest.mark.parametrize(
    ("points", "named"), [((1,), "longest list has 2"), ((1, 2), "rise"), ((2, 1.5), "whole"), ((10**6, 1), "at most")]
)
def test_points_are_refused(points, named):
    with pytest.raises(ScienceError, match=named):
        read_demand(PEOPLE, SECTIONS, Rules(), points)
