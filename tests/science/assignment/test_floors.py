"""The worst-off first: the floor of small cases against everything tried."""

import numpy as np

from lecen.science.assignment import Person, Section, assign_sessions
from lecen.science.assignment.floors import best_alone
from tests.science.assignment.cases import best_by_enumeration, program_of, simulate


def highest_floor(program):
    """The highest whole percent of their own best that everybody can have at once."""
    best = best_alone(program)

    def reached(percent):
        short = best_by_enumeration(
            program,
            lambda unit, held: (
                -int(100 * sum(int(program.points[edge]) for edge in held if edge >= 0) < percent * best[unit])
            ),
        )
        return short == 0

    return max(percent for percent in range(101) if reached(percent)) / 100


def test_the_floor_is_the_highest_that_everybody_can_have():
    people, sections = simulate(4, 4, 3, 6, ranked=4, seats=0.7, seed=1)
    program = program_of(people, sections)

    found = assign_sessions(people, sections, policy="floor", gap=0, seed=1)

    assert np.floor(100 * found.floor + 1e-9) / 100 == highest_floor(program) <= found.floor_bound


def test_a_requirement_stands_above_the_floor():
    people = [Person("a", ("x", "y"), required=("z",)), Person("b", ("x", "y"))]
    sections = [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1), Section("z1", "z", 1, 1)]

    found = assign_sessions(people, sections, policy="floor", seed=1)

    assert (found.seats, found.floor) == ({"a": ("z1",), "b": ("x1",)}, 1)
