"""Prices: what they prove is never below the best there is."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment.prices import Descent, find_prices
from lecen.science.assignment.schedules import Chooser
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import best_by_enumeration, program_of, simulate


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6), seats=st.sampled_from([0.5, 0.8, 1.1]))
def test_the_bound_of_prices_is_never_below_the_best_nor_above_that_of_free_seats(seed, seats):
    program = program_of(*simulate(5, 4, 3, 7, ranked=4, seats=seats, seed=seed))

    pricing = find_prices(Chooser(program), Stopwatch())

    assert best_by_enumeration(program) <= pricing.bound + 1e-9
    assert pricing.bound <= Chooser(program).choose(0 * pricing.prices).most.sum()
    assert (pricing.prices >= 0).all()


def test_a_section_that_is_over_full_grows_dearer_and_an_empty_one_costs_nothing():
    descent = Descent(np.array([1, 5]))

    descent.step(10.0, np.array([3.0, 0.0]))

    assert descent.prices[0] > descent.prices[1] == 0


def test_steps_that_fail_go_back_to_the_best_prices():
    descent = Descent(np.array([1]))
    descent.step(5.0, np.array([2.0]))

    back = [descent.step(6.0, np.array([2.0])) for _ in range(3)]

    assert (back, descent.bound, descent.best.tolist()) == ([False, False, True], 5.0, [0.0])
