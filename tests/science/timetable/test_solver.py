"""Integer programs within limits: the best, a bound, and what is said when time runs out."""

import numpy as np
import pytest
from scipy import sparse

from lecen.science.errors import ScienceError
from lecen.science.timetable.solver import Limits, Program


def knapsacks(columns, rows):
    """Programs of many knapsacks, which take far longer than any limit here to settle."""
    rng = np.random.default_rng(1)
    matrix = rng.integers(0, 100, (rows, columns)).astype(float)
    return Program(sparse.csr_array(matrix), np.full(rows, -np.inf), matrix.sum(axis=1) / 2), -rng.integers(
        1, 100, columns
    ).astype(float)


def test_the_least_cost_is_found_and_is_its_own_bound():
    program = Program(sparse.csr_array([[1.0, 1.0, 1.0]]), np.array([2.0]), np.array([2.0]))
    found = program.least(np.array([3.0, 1.0, 2.0]), Limits(9))

    assert (found.values.tolist(), found.cost, found.bound, found.out_of_time) == ([0, 1, 1], 3.0, 3.0, False)


def test_a_required_sum_holds_from_then_on():
    program = Program(sparse.csr_array([[1.0, 1.0, 1.0]]), np.array([2.0]), np.array([2.0]))
    program.require(np.array([0.0, 1.0, 1.0]), 1)

    assert program.least(np.array([3.0, 1.0, 2.0]), Limits(9)).values.tolist() == [1, 1, 0]


def test_rows_that_nothing_meets_have_no_solution():
    program = Program(sparse.csr_array([[1.0, 1.0]]), np.array([3.0]), np.array([3.0]))

    assert program.least(np.ones(2), Limits(9)) is None


def test_a_program_out_of_time_says_so_and_keeps_a_bound():
    program, costs = knapsacks(200, 40)
    found = program.least(costs, Limits(0.3))

    assert (found.out_of_time, found.bound < found.cost) == (True, True)


def test_a_gap_that_is_allowed_ends_the_program_in_time():
    program, costs = knapsacks(40, 5)
    found = program.least(costs, Limits(60, gap=0.2))

    assert (found.out_of_time, found.cost - found.bound <= 0.2 * -found.cost) == (False, True)


def test_each_solution_has_its_own_time():
    program, costs = knapsacks(200, 40)

    assert program.least(costs, Limits(0.3)).out_of_time
    assert not program.least(-costs, Limits(0.3)).out_of_time


def test_a_time_too_short_for_any_answer_is_refused():
    program, _ = knapsacks(200, 40)
    program.require(-np.ones(200), -90)

    with pytest.raises(ScienceError, match="In 1e-09 seconds no answer was found"):
        program.least(np.ones(200), Limits(1e-9))
