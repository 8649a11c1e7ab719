"""Guessed prices are near those that prove a matching, and treat people alike alike."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from lecen.science.matching.guess import likely_prices
from lecen.science.matching.prices import Offers
from tests.science.matching.people import KINDS, points

FAR = 10**12


def offers(table):
    """Offers of a table of whole numbers, each worth far more than what tells them apart."""
    mentors = table.shape[1]
    mentee, mentor = np.divmod(np.arange(table.size), mentors)
    return Offers(mentee, mentor, table.ravel() + FAR, np.ones(mentors, dtype=np.int64))


@pytest.mark.parametrize("shape", [(60, 60), (80, 50), (50, 80)])
@pytest.mark.parametrize("kind", KINDS)
def test_guessed_prices_bound_the_best_score_closely(kind, shape):
    table = np.rint(points(kind, *shape, 1) * 1e6).astype(np.int64)
    found = offers(table)
    price = likely_prices(found)
    best = (table + FAR)[linear_sum_assignment(table, maximize=True)].sum()
    above = int(found.gains(price).sum() + price.sum() - best)

    assert 0 <= above <= 0.02 * (table.max() - table.min()) * min(shape)


def test_prices_for_points_in_steps_are_in_steps():
    table = np.rint(points("five steps", 30, 30, 1)).astype(np.int64) * 1000

    assert (likely_prices(offers(table)) % 1000 == 0).all()


def test_mentors_alike_in_all_have_one_price():
    table = np.repeat(np.rint(points("all agree", 30, 10, 1) * 1e6).astype(np.int64), 3, axis=1)
    price = likely_prices(offers(table)).reshape(10, 3)

    assert (price == price[:, :1]).all()


def test_a_mentor_whom_nobody_may_have_costs_nothing():
    zeros = np.zeros(4, dtype=np.int64)
    found = Offers(np.arange(4), zeros, np.array([9, 7, 5, 3]) + FAR, np.array([1, 2]))
    wanted, unwanted = likely_prices(found).tolist()

    assert FAR + 7 <= wanted <= FAR + 9
    assert unwanted == 0


def test_without_offers_all_prices_are_nothing():
    nobody = np.zeros(0, dtype=np.int64)

    assert likely_prices(Offers(nobody, nobody, nobody, np.array([1, 2]))).tolist() == [0, 0]
