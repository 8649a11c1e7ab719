"""tau² against dense algebra, a search over its likelihood, and its interval against the definition."""

import numpy as np
import pytest
from scipy import optimize, stats

from lecen.science.pooling.heterogeneity import (
    dersimonian_laird,
    q_profile,
    restricted_likelihood,
    weighted_fit,
)
from tests.science.pooling.trials import EFFECTS, ERRORS, LATITUDE

DESIGNS = [np.ones((13, 1)), np.column_stack([np.ones(13), LATITUDE])]


def dense_log_likelihood(tau_squared, effects, variances, design):
    covariance = np.diag(variances + tau_squared)
    inverse = np.linalg.inv(covariance)
    middle = design.T @ inverse @ design
    projection = inverse - inverse @ design @ np.linalg.inv(middle) @ design.T @ inverse
    return -0.5 * (np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(middle)[1] + effects @ projection @ effects)


@pytest.mark.parametrize("design", DESIGNS)
def test_restricted_likelihood_finds_the_top_of_the_dense_formula(design):
    found = optimize.minimize_scalar(
        lambda tau_squared: -dense_log_likelihood(tau_squared, EFFECTS, ERRORS**2, design),
        bounds=(0, 2),
        method="bounded",
        options={"xatol": 1e-10},
    )

    assert restricted_likelihood(EFFECTS, ERRORS**2, design) == pytest.approx(found.x, abs=1e-6)


def test_restricted_likelihood_is_no_lower_than_anywhere_on_a_grid():
    rng = np.random.default_rng(4)
    for _ in range(30):
        count = int(rng.integers(2, 8))
        variances = rng.lognormal(0, 2, count)
        effects, ones = rng.normal(0, 2, count), np.ones((count, 1))
        grid = np.concatenate([[0], np.geomspace(1e-6, 1e3, 300)])
        best = max(dense_log_likelihood(value, effects, variances, ones) for value in grid)
        reached = dense_log_likelihood(restricted_likelihood(effects, variances, ones), effects, variances, ones)

        assert reached >= best - 1e-9


def test_moments_with_a_moderator_set_q_to_its_mean():
    design = DESIGNS[1]
    tau_squared = dersimonian_laird(EFFECTS, ERRORS**2, design)
    weights = np.diag(1 / ERRORS**2)
    projection = weights - weights @ design @ np.linalg.inv(design.T @ weights @ design) @ design.T @ weights

    assert EFFECTS @ projection @ EFFECTS == pytest.approx(np.trace(projection @ np.diag(ERRORS**2 + tau_squared)))


def test_equal_effects_have_no_heterogeneity():
    ones = np.ones((4, 1))

    assert restricted_likelihood(np.full(4, 0.3), np.ones(4), ones) == 0
    assert q_profile(np.full(4, 0.3), np.ones(4), ones, 0.95) == (0, 0)


def test_q_at_the_ends_of_the_profile_is_a_quantile():
    ones = DESIGNS[0]
    low, high = q_profile(EFFECTS, ERRORS**2, ones, 0.9)

    assert [weighted_fit(EFFECTS, ERRORS**2, ones, end).q for end in (low, high)] == pytest.approx(
        stats.chi2.ppf([0.95, 0.05], 12)
    )
