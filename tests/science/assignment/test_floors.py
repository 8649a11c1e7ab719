"""The worst-off first: floors, and sums above them, of small cases against everything tried."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment import Person, Section, assign_sessions
from lecen.science.assignment.floors import best_alone
from tests.science.assignment.cases import best_above, highest_floor, program_of, simulate


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), seats=st.sampled_from([0.5, 0.7, 0.9]))
def test_the_floor_and_the_sum_above_it_are_those_found_by_trying_everything(seed, seats):
    people, sections = simulate(4, 4, 3, 6, ranked=4, seats=seats, seed=seed)
    program = program_of(people, sections)

    found = assign_sessions(people, sections, policy="floor", gap=0, seed=1)

    floor = highest_floor(program, best_alone(program))
    assert math.floor(100 * found.floor + 1e-9) == floor <= round(100 * found.floor_bound)
    assert found.score == best_above(program, best_alone(program), floor) <= found.bound


def test_a_floor_is_near_what_is_proven_for_many_people():
    people, sections = simulate(150, 20, 5, 40, ranked=10)

    found = assign_sessions(people, sections, policy="floor", seed=1)
    plain = assign_sessions(people, sections, seed=1)

    assert plain.floor < found.floor
    assert found.floor_bound - 0.1 <= found.floor <= found.floor_bound + 0.01
    assert found.score <= plain.score


def test_a_requirement_stands_above_the_floor():
    people = [Person("a", ("x", "y"), required=("z",)), Person("b", ("x", "y"))]
    sections = [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1), Section("z1", "z", 1, 1)]

    found = assign_sessions(people, sections, policy="floor", seed=1)

    assert (found.seats, found.floor) == ({"a": ("z1",), "b": ("x1",)}, 1)


def test_who_can_have_nothing_leaves_the_floor_to_the_others():
    people, sections = simulate(40, 8, 4, 16, ranked=6, popularity=1.5)
    found = assign_sessions(people, sections, policy="floor", seed=1)

    again = assign_sessions(
        [*people, Person("n", ("q",))], [*sections, Section("q1", "q", 1, 0)], policy="floor", seed=1
    )

    assert again.floor == pytest.approx(found.floor, abs=0.02)
    assert again.seats["n"] == ()


def test_a_floor_ended_by_its_time_limit_says_so():
    people, sections = simulate(60, 10, 4, 20, ranked=8, popularity=1.5)

    found = assign_sessions(people, sections, policy="floor", seconds=1e-9, seed=1)

    assert (found.ended, "time limit" in found.words) == ("time", True)
    assert found.floor <= assign_sessions(people, sections, policy="floor", seed=1).floor_bound <= found.floor_bound


@pytest.mark.parametrize("seconds", [1e-9, 0.1, 0.3])
def test_a_time_limit_leaves_no_lower_floor_than_the_draft(seconds):
    people, sections = simulate(120, 12, 4, 24, ranked=8, popularity=1.5)
    drafted = assign_sessions(people, sections, policy="draft", seed=1)

    found = assign_sessions(people, sections, policy="floor", seconds=seconds, seed=1)

    assert math.floor(100 * found.floor + 1e-9) >= math.floor(100 * drafted.floor + 1e-9)
    assert found.score <= found.bound
