"""Matching on predictors."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import Matching, fit
from lecen.science.synthetic_control.predictors import _loss, matched_shares
from lecen.science.synthetic_control.solve import mixture
from tests.science.synthetic_control.panels import proposition_99, simulated

PUBLISHED = {"Utah": 0.334, "Nevada": 0.234, "Montana": 0.199, "Colorado": 0.164, "Connecticut": 0.069}


@pytest.fixture
def values():
    return np.random.default_rng(4).normal(size=(21, 3))


def test_given_weights_match_predictors_in_standard_deviations(values):
    weights = np.array([1.0, 2.0, 5.0])
    scaled = values / values.std(axis=0, ddof=1) * np.sqrt(weights / 8)

    shares, found = matched_shares(simulated(1), Matching(values * [1, 100, 0.01], weights))

    assert shares == pytest.approx(mixture(scaled[0], scaled[1:]))
    assert found == pytest.approx(weights / 8)


def test_the_slope_of_the_search_is_the_slope_of_its_loss(values):
    misses = simulated(2)[:, :14]
    misses = (misses[1:] - misses[0]).T
    distances, logs, step = (values[1:] - values[0]).T, np.array([0.2, -1.0, 0.7]), 1e-5 * np.eye(3)

    _, slope = _loss(logs, values, distances, misses)

    measured = [
        (_loss(logs + one, values, distances, misses)[0] - _loss(logs - one, values, distances, misses)[0]) / 2e-5
        for one in step
    ]
    assert slope == pytest.approx(measured, rel=1e-4, abs=1e-6)


def test_the_search_finds_the_predictor_that_matters(values):
    outcome = 10 + values[:, [1]] * np.arange(1, 20)

    _, weights = matched_shares(outcome, Matching(values, starts=4))

    assert weights[1] > 0.9


def test_searched_weights_fit_no_worse_than_equal_ones(values):
    table = simulated(5)

    searched = fit(table, 14, matching=Matching(values, starts=4))

    assert searched.before_error <= fit(table, 14, matching=Matching(values, np.ones(3))).before_error


def test_the_same_seed_finds_the_same(values):
    first, second = (matched_shares(simulated(6), Matching(values, starts=3, seed=3))[1] for _ in range(2))

    assert (first == second).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weights": np.ones(2)}, "3 predictors need as many weights, not 2"),
        ({"weights": np.array([1.0, -1.0, 1.0])}, "at least 0, one of them above"),
        ({"weights": np.zeros(3)}, "at least 0, one of them above"),
        ({"starts": 0}, "starting points must be at least 1"),
        ({"values": np.full((21, 3), np.nan)}, "Predictors must be finite"),
        ({"values": np.full((21, 3), 1e200)}, "Predictors must lie within"),
        ({"values": np.ones(3)}, "Predictors must have 2 dimensions"),
    ],
)
def test_predictors_that_cannot_be_matched_are_refused(values, change, message):
    with pytest.raises(ScienceError, match=message):
        Matching(**({"values": values} | change))


@pytest.mark.data
def test_proposition_99_gives_the_published_weights(real_data):
    california = proposition_99(real_data)
    table = california.table()
    published = np.array([PUBLISHED.get(state, 0) for state in california.donors])
    loss = np.mean((table[0, :19] - published @ table[1:, :19]) ** 2)

    found = fit(table, 19, matching=california.matching(None, 20, 0))

    assert found.shares == pytest.approx(published, abs=0.01)
    assert found.before_error**2 <= loss
    assert (round(found.effect), round(found.gaps[-1])) == (-19, -26)
