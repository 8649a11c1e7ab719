"""Schedules at prices: best for each unit, and what an edge costs it."""

import numpy as np
import pytest

from lecen.science.arrays import generator
from lecen.science.assignment.schedules import Chooser
from tests.science.assignment.cases import program_of, schedules_of, simulate


@pytest.fixture
def priced():
    program = program_of(*simulate(6, 5, 3, 9, ranked=4))
    return program, generator(3).uniform(0, 3, len(program.limits))


def net(program, prices, held):
    edges = [edge for edge in held if edge >= 0]
    return float((program.points[edges] - (program.uses @ prices)[edges]).sum())


def test_each_unit_gets_its_best_schedule(priced):
    program, prices = priced

    offer = Chooser(program).choose(prices)

    best = [max(net(program, prices, held) for held in schedules_of(program, unit)) for unit in range(program.units)]
    np.testing.assert_allclose(offer.most, best)
    np.testing.assert_allclose([net(program, prices, held) for held in offer.schedules], best)


def test_the_regret_of_an_edge_is_what_its_best_schedule_lacks(priced):
    program, prices = priced

    regrets = Chooser(program).regrets(prices, np.arange(program.units))

    for unit in range(program.units):
        every = list(schedules_of(program, unit))
        best = max(net(program, prices, held) for held in every)
        for edge in program.edges_of(unit):
            of_edge = max(net(program, prices, held) for held in every if edge in held)
            assert regrets[edge] == pytest.approx(best - of_edge)
