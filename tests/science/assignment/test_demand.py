"""Inputs that cannot be meant are refused with a sentence that names them."""

import numpy as np
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
        (["ana"], "one of them is 'ana'"),
        ([Person("")], "needs a name"),
        ([Person(3)], "needs a name"),
        ([Person("ana"), Person("ana")], "'ana' stands there 2 times"),
        ([Person("ana", ("x", "x"))], "ana ranks must be named once each; 'x' stands there 2 times"),
        ([Person("ana", ("z",))], "ana ranks z, which no section offers"),
        ([Person("ana", "xy")], "list of names"),
        ([Person("ana", None)], "list of names"),
        ([Person("ana", (1.5,))], "one of them is 1.5"),
        ([Person("ana", ({"x"},))], "list of names"),
        ([Person("ana", {"x", "y"})], "list of names"),
        ([Person("ana", taken=b"xy")], "list of names"),
        ([Person("ana", accessible="no")], "Whether ana needs accessible rooms must be True or False, not 'no'"),
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
        (Section("x1", "x", np.array([1]), 1), "slot of section x1"),
        (Section("x1", "x", 1, 1, accessible="no"), "Whether section x1 is accessible must be True or False"),
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
        (Rules(prerequisites={1: ("x",), "z": ("x",)}), "prerequisites of 1"),
        (Rules(prerequisites=[("x", ("y",))]), "must map courses"),
        (Rules(together=("ab",)), "People kept together must be a list of names, not 'ab'"),
        (Rules(together=((["ana"], "ben"),)), "one of them is"),
        (Rules(apart="ab"), "The pairs kept apart must be a list"),
        (Rules(apart=(("ana", "ben", "ben"),)), "Each of the pairs kept apart must be two names"),
        (Rules(fixed={"ana": "x1"}), "The fixed seats must be a list"),
        (Rules(fixed=((["ana"], "x1"),)), "Each of the fixed seats must be two names"),
        (Rules(fixed=None), "The fixed seats must be a list"),
        ([("ana", "ben")], "The rules must be Rules"),
    ],
)
def test_rules_are_refused(rules, named):
    with pytest.raises(ScienceError, match=named):
        read_demand(PEOPLE, SECTIONS, rules, None)


def test_rules_that_can_be_gone_through_once_are_kept():
    pairs = [("ana", "ben")]
    demand = read_demand(PEOPLE, SECTIONS, Rules(apart=(pair for pair in pairs), fixed={("ana", "x1")}), None)

    assert demand.rules == Rules(apart=(("ana", "ben"),), fixed=(("ana", "x1"),))


@pytest.mark.parametrize(
    ("points", "named"),
    [
        (5, "The points must be a list of whole numbers"),
        ((1,), "longest list has 2"),
        ((1, 2), "rise"),
        ((2, 1.5), "whole"),
        ((10**6, 1), "at most"),
    ],
)
def test_points_are_refused(points, named):
    with pytest.raises(ScienceError, match=named):
        read_demand(PEOPLE, SECTIONS, Rules(), points)
