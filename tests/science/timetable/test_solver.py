"""Integer programs from a known answer: the best, a bound, and what stands when time runs out."""

import numpy as np
from scipy import sparse

from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable.solver import Program


def knapsacks(columns, rows):
    """Programs of many knapsacks, which take far longer than any limit here to settle, and an empty start."""
    rng = np.random.default_rng(1)
    matrix = rng.integers(0, 100, (rows, columns)).astype(float)
    program = Program(sparse.csr_array(matrix), matrix.sum(axis=1) / 2)
    return program, -rng.integers(1, 100, columns).astype(float), np.zeros(columns)


def one_of_three():
    return Program(sparse.csr_array([[1.0, 1.0, 1.0]]), np.array([1.0]))


def test_the_least_cost_is_found_and_is_its_own_bound():
    found = one_of_three().least(np.array([-1.0, -3.0, -2.0]), np.array([1.0, 0.0, 0.0]), Stopwatch())

    assert (found.values.tolist(), found.cost, found.bound, found.out_of_time) == ([0, 1, 0], -3.0, -3.0, False)


def test_a_required_sum_holds_from_then_on():
    program = one_of_three()
    program.require(np.array([0.0, 1.0, 0.0]), 0)

    assert program.least(np.array([-1.0, -3.0, -2.0]), np.zeros(3), Stopwatch()).values.tolist() == [0, 0, 1]


def test_a_program_out_of_time_says_so_and_keeps_a_bound():
    found = (program := knapsacks(200, 40))[0].least(*program[1:], Stopwatch(0.3))

    assert (found.out_of_time, found.bound < found.cost) == (True, True)


def test_each_solution_has_its_own_time():
    program, costs, start = knapsacks(200, 40)

    assert program.least(costs, start, Stopwatch(0.3)).out_of_time
    assert not program.least(-costs, start, Stopwatch(0.3)).out_of_time


def test_without_time_the_start_stands_and_nothing_is_proved():
    program, costs, start = knapsacks(200, 40)
    start[:3] = 1
    found = program.least(costs, start, Stopwatch(0))

    assert (found.values.tolist(), found.cost) == (start.tolist(), costs[:3].sum())
    assert (found.bound, found.out_of_time) == (-np.inf, True)


def test_a_time_too_short_for_the_solver_leaves_an_answer_no_worse_than_the_start():
    program, costs, start = knapsacks(200, 40)
    start[:3] = 1
    found = program.least(costs, start, Stopwatch(0.001))

    assert (found.out_of_time, found.cost <= costs[:3].sum()) == (True, True)
