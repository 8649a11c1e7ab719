"""HiGHS as used here: columns and rows as given, whole values where asked."""

import numpy as np
from scipy import sparse

from lecen.science.highs import ENDLESS, add_columns, add_rows, has_answer, make_whole, new_solver


def knapsack(*, whole):
    """The best of three things worth 6, 5 and 4 that weigh 5, 4 and 3, at most one of each, of 8 in all."""
    solver = new_solver()
    add_rows(solver, np.array([-ENDLESS]), np.array([8]))
    add_columns(solver, -np.array([6, 5, 4]), np.ones(3), sparse.csr_array(np.array([[5], [4], [3]])))
    if whole:
        make_whole(solver, np.arange(3))
    solver.run()
    return has_answer(solver), -solver.getInfo().objective_function_value


def test_whole_values_are_taken_where_asked():
    assert knapsack(whole=True) == (True, 10)
    assert knapsack(whole=False)[1] > 10


def test_a_program_that_cannot_hold_has_no_answer():
    solver = new_solver()
    add_rows(solver, np.array([2.0]), np.array([3.0]))
    add_columns(solver, np.array([1]), np.ones(1), sparse.csr_array(np.array([[1]])))
    make_whole(solver, np.arange(1))
    solver.run()

    assert not has_answer(solver)
