"""Programs that change and are solved again."""

import numpy as np
import pytest
from scipy import sparse

from lecen.science.disclosure.programs import Program


@pytest.fixture
def program():
    """Two numbers of at least 0 that sum to 7.5."""
    ends = np.array([7.5])
    return Program(sparse.csr_array(np.ones((1, 2))), (ends, ends), (np.zeros(2), np.full(2, np.inf)))


def test_the_least_cost_and_where_it_is(program):
    found = program.least(np.array([1.0, 2.0]))

    assert (found.value, found.columns.tolist(), found.prices.tolist()) == (7.5, [7.5, 0.0], [1.0])


def test_changed_bounds_change_the_answer(program):
    program.bound_column(0, 0, 3)

    assert program.least(np.array([1.0, 2.0])).columns.tolist() == [3.0, 4.5]


def test_nothing_fits_is_none(program):
    program.bound_row(0, -5, -1)

    assert program.least(np.array([1.0, 1.0])) is None


def test_whole_numbers_alone(program):
    program.bound_row(0, 2.5, 4.5)
    program.whole(np.array([0, 1]))

    assert program.least(np.array([1.0, 1.0])).value == pytest.approx(3)


def test_an_added_row_is_kept(program):
    program.add_row(5, np.inf, np.array([1]), np.array([1.0]))

    assert program.least(np.array([1.0, 2.0])).columns.tolist() == [2.5, 5.0]
