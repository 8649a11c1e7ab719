"""The autoregression's errors against full matrices, and its correction for short series on simulated truth."""

import numpy as np
import pytest
from scipy.linalg import toeplitz

from lecen.science.interrupted_series.dependence import LARGEST, autoregression
from lecen.science.interrupted_series.series import terms_of

RNG = np.random.default_rng(21)
COLUMNS = terms_of(30, 14, None).columns
BREAD = np.linalg.inv(COLUMNS.T @ COLUMNS)
MAKER = np.eye(30) - COLUMNS @ BREAD @ COLUMNS.T


def related(correlation, periods, rng):
    noise = rng.normal(size=periods)
    for place in range(1, periods):
        noise[place] = correlation * noise[place - 1] + np.sqrt(1 - correlation**2) * noise[place]
    return noise


def test_everything_equals_full_matrices():
    residuals = MAKER @ related(0.7, 30, RNG)
    found = autoregression(COLUMNS, residuals)
    mixed = toeplitz(found.correlation ** np.arange(30))
    neighbors = (np.eye(30, k=1) + np.eye(30, k=-1)) / 2
    left = np.trace(MAKER @ mixed)

    assert 0 < found.correlation < LARGEST
    assert np.trace(neighbors @ MAKER @ mixed @ MAKER) / left == pytest.approx(
        residuals[1:] @ residuals[:-1] / (residuals @ residuals), abs=1e-5
    )
    assert found.covariance == pytest.approx(
        BREAD @ COLUMNS.T @ mixed @ COLUMNS @ BREAD * (residuals @ residuals) / left
    )
    assert found.degrees == pytest.approx(left**2 / np.trace(MAKER @ mixed @ MAKER @ mixed))


def test_unrelated_neighbors_give_the_plain_covariance():
    residuals = MAKER @ np.tile([1.0, -1.0], 15)
    found = autoregression(COLUMNS, residuals)

    assert (found.correlation, found.degrees) == (0, pytest.approx(26))
    assert found.covariance == pytest.approx(BREAD * (residuals @ residuals) / 26)


def test_the_correlation_of_a_short_series_is_corrected_upward():
    rng = np.random.default_rng(2)
    found, raw = [], []
    for _ in range(300):
        residuals = MAKER @ related(0.5, 30, rng)
        found.append(autoregression(COLUMNS, residuals).correlation)
        raw.append(residuals[1:] @ residuals[:-1] / (residuals @ residuals))

    assert np.mean(raw) < 0.33
    assert np.mean(found) == pytest.approx(0.5, abs=0.06)


def test_a_wandering_series_is_held_at_the_largest_correlation():
    assert autoregression(np.ones((200, 1)), np.linspace(-1, 1, 200)).correlation == LARGEST


def test_a_scale_is_not_taken_below_the_least():
    residuals = MAKER @ RNG.normal(size=30) * 0.1
    free, held = autoregression(COLUMNS, residuals), autoregression(COLUMNS, residuals, least_scale=1.0)

    assert held.covariance.trace() > 50 * free.covariance.trace()
