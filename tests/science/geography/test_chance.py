"""Probabilities beside SciPy's, and the share of areas called unheard wrongly."""

import numpy as np
import pytest
from scipy.stats import binom

from lecen.science.geography.chance import beyond_chance, chance_of_so_few

ADULTS = np.array([1000.0, 3000.0, 6000.0])


def test_an_exact_population_gives_the_binomial_probability():
    found = chance_of_so_few(np.array([3.0, 30.0, 67.0]), 100, ADULTS, np.zeros(3))

    assert found == pytest.approx(binom.cdf([3, 30, 67], 100, [0.1, 0.3, 0.6]))


def test_a_count_that_is_not_told_is_never_surprising():
    assert chance_of_so_few(np.array([np.nan, 30, 67]), 100, ADULTS, np.zeros(3))[0] == 1


def test_an_uncertain_population_gives_the_average_over_what_it_may_be():
    rng = np.random.default_rng(1)
    drawn = rng.normal(3000, 500, 400_000)

    found = chance_of_so_few(np.array([10.0, 18.0, 60.0]), 100, ADULTS, np.array([0.0, 500.0, 0.0]))[1]

    assert found == pytest.approx(binom.cdf(18, 100, drawn / (7000 + drawn)).mean(), rel=0.02)
    assert found > binom.cdf(18, 100, 0.3)


def test_a_population_that_may_be_nobody_surprises_nobody():
    found = chance_of_so_few(np.array([0.0, 30.0]), 100, np.array([50.0, 3000.0]), np.array([500.0, 0.0]))

    assert 0 <= found[0] <= 1


def test_few_areas_are_picked_where_all_answer_alike():
    rng = np.random.default_rng(2)
    adults = rng.uniform(2000, 9000, 200)
    picked = 0
    for _ in range(200):
        counts = rng.multinomial(4000, adults / adults.sum()).astype(float)
        picked += beyond_chance(chance_of_so_few(counts, 4000, adults, np.zeros(200)), 0.05).any()

    assert picked / 200 <= 0.08


def test_an_area_that_keeps_silent_is_picked():
    adults = np.full(20, 1000.0)
    counts = np.full(20, 31.0)
    counts[3] = 8

    assert np.flatnonzero(beyond_chance(chance_of_so_few(counts, 600, adults, np.zeros(20)), 0.05)).tolist() == [3]
