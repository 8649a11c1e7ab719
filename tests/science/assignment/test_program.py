"""The arrays of a problem: edges, limits, and what schedules are worth."""

from dataclasses import replace

import numpy as np

from lecen.science.assignment import Person, Rules, Section
from lecen.science.assignment.program import NOTHING
from tests.science.assignment.cases import program_of

SECTIONS = [Section("x1", "x", 1, 1), Section("x2", "x", 2, 3), Section("y1", "y", 1, 3, accessible=False)]


def test_an_edge_is_a_seat_that_a_person_wants_and_can_use():
    program = program_of([Person("a", ("y", "x"), accessible=True)], SECTIONS)

    assert (program.section.tolist(), program.slot.tolist(), program.points.tolist()) == ([0, 2], [0, 1], [1, 1])


def test_a_section_with_fewer_seats_than_a_group_is_none_of_its_edges():
    people = [Person("a", ("x",)), Person("b", ("y", "x"))]

    program = program_of(people, SECTIONS, Rules(together=(("a", "b"),)))

    assert (program.units, sorted(program.section.tolist())) == (1, [1, 2])
    assert sorted(zip(program.section.tolist(), program.points.tolist(), strict=True)) == [(1, 2), (2, 3)]
    assert program.used(np.array([[program.section.tolist().index(2), NOTHING]])).tolist() == [0, 0, 2]


def test_people_kept_apart_share_a_limit_of_one_in_each_section():
    people = [Person("a", ("x",)), Person("b", ("x",)), Person("c", ("x",))]

    program = program_of(people, SECTIONS, Rules(apart=(("b", "a"),)))

    everybody_in_x2 = np.array([[edge] for edge in np.flatnonzero(program.section == 2)])
    assert program.limits.tolist() == [1, 3, 3, 1, 1]
    assert program.used(everybody_in_x2).tolist() == [0, 0, 3, 0, 2]


def test_a_value_is_points_and_rewards_less_what_is_short_of_the_floor():
    program = program_of([Person("a", ("x", "y"), required=("y",))], SECTIONS)
    program = replace(program, reward=10, penalty=3, floors=np.array([4]))
    first, second = np.full((1, 2), NOTHING), np.full((1, 2), NOTHING)
    second[0, 0] = int(np.flatnonzero(program.must)[0])

    assert program.values(first).tolist() == [-12]
    assert program.values(second).tolist() == [10 + 1 - 3 * 3]
    assert (program.met(second).tolist(), program.beside(second), program.short(second).tolist()) == ([1], 10, [3])


def test_nobody_who_can_take_anything_is_a_program_too():
    program = program_of([Person("a", ("x",), taken=("x",))], SECTIONS)

    assert program.values(np.full((1, 2), NOTHING)).tolist() == [0]
