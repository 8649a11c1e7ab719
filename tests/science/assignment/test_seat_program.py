"""The integer program over seats: exact for those it frees, the others' seats untouched."""

import numpy as np
import pytest

from lecen.science.assignment.draft import draft
from lecen.science.assignment.program import NOTHING
from lecen.science.assignment.seat_program import solve_whole
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import best_by_enumeration, program_of, simulate


@pytest.fixture
def program():
    return program_of(*simulate(5, 4, 3, 7, ranked=4, seats=0.7, seed=3))


def test_all_freed_give_the_best_there_is(program):
    nothing = np.full((program.units, program.slots), NOTHING)

    found = solve_whole(program, nothing, np.arange(program.units), most_nodes=100, watch=Stopwatch())

    assert found.closed
    assert program.values(found.schedules).sum() == best_by_enumeration(program) == round(found.bound)


def test_those_not_freed_keep_their_schedules(program):
    start = draft(program)

    found = solve_whole(program, start, np.array([1, 3]), most_nodes=100, watch=Stopwatch())

    assert (found.schedules[[0, 2, 4]] == start[[0, 2, 4]]).all()
    assert (program.used(found.schedules) <= program.limits).all()
    assert program.values(found.schedules).sum() >= program.values(start).sum()


def test_only_allowed_edges_are_used(program):
    allowed = np.zeros(len(program.unit), dtype=bool)
    allowed[::2] = True
    nothing = np.full((program.units, program.slots), NOTHING)

    found = solve_whole(program, nothing, np.arange(program.units), allowed=allowed, most_nodes=100, watch=Stopwatch())

    assert allowed[found.schedules[found.schedules != NOTHING]].all()
