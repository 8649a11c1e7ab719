"""Several estimates of one agency: tau², weights and errors against formulas written out."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.pooling import random_effects, robust_pool
from tests.science.pooling.trials import DESIGN, EFFECTS, ERRORS

PAIRS = np.arange(13) // 2


def test_one_estimate_an_agency_has_the_tau_squared_of_moments_and_its_mean():
    found = robust_pool(EFFECTS, ERRORS, np.arange(13), basis=DESIGN)
    moments = random_effects(EFFECTS, ERRORS, basis=DESIGN, method="DL")

    assert (found.tau_squared, found.effect) == pytest.approx((moments.tau_squared, moments.effect))


def test_one_estimate_an_agency_has_the_error_written_out():
    found = robust_pool(EFFECTS, ERRORS, np.arange(13), basis=DESIGN)
    weights = 1 / (ERRORS**2 + found.tau_squared)
    share = weights / weights.sum()
    variance = (share**2 * (EFFECTS - found.effect) ** 2 / (1 - share)).sum()

    assert found.standard_error == pytest.approx(np.sqrt(variance))


def test_tau_squared_sets_q_to_its_mean_under_the_assumed_correlation():
    errors = np.array([0.2, 0.2, 0.3, 0.3, 0.3, 0.25])
    agencies = np.array([0, 0, 1, 1, 1, 2])
    effects = np.array([0.1, 0.3, 1.4, 1.2, 1.1, -0.6])
    tau_squared = robust_pool(effects, errors, agencies, basis=DESIGN, correlation=0.6).tau_squared
    together = (agencies[:, None] == agencies).astype(float)
    covariance = together * (tau_squared + np.outer(errors, errors) * (0.6 + 0.4 * np.eye(6)))
    weights = np.diag(1 / (np.array([2, 2, 3, 3, 3, 1]) * errors**2))
    ones = np.ones((6, 1))
    projection = weights - weights @ ones @ ones.T @ weights / weights.sum()

    assert effects @ projection @ effects == pytest.approx(np.trace(projection @ covariance))


def test_copying_an_estimate_within_its_agency_changes_neither_figure_nor_error():
    plain = robust_pool(EFFECTS, ERRORS, np.arange(13), basis=DESIGN)
    repeated = np.repeat(np.arange(13), [5] + [1] * 12)
    copied = robust_pool(EFFECTS[repeated], ERRORS[repeated], repeated, basis=DESIGN, correlation=0.999999)

    assert (copied.effect, copied.standard_error, copied.degrees) == pytest.approx(
        (plain.effect, plain.standard_error, plain.degrees), rel=1e-4
    )


def test_few_agencies_are_flagged_by_their_degrees_of_freedom():
    few = robust_pool(EFFECTS, ERRORS, np.arange(13) % 4, basis=DESIGN)
    more = robust_pool(EFFECTS, ERRORS, PAIRS, basis=DESIGN)

    assert (few.degrees < 4, few.reliable, more.degrees > 4, more.reliable) == (True, False, True, True)


def test_names_of_agencies_serve_as_numbers_do():
    named = [f"agency {number}" for number in PAIRS]

    assert robust_pool(EFFECTS, ERRORS, named, basis=DESIGN) == robust_pool(EFFECTS, ERRORS, PAIRS, basis=DESIGN)


@pytest.mark.parametrize(
    ("effects", "agencies", "sentence"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], "At least 3 agencies"),
        ([1, 2, 3, 4], [0, 1, 2], "4 rows"),
        ([1, 2, 3, 4], [0, 1, 2, None], "missing"),
        ([1, 2, 3, 4], [0, 1, 2, np.nan], "missing"),
        ([0.3] * 4, [0, 1, 2, 3], "same effect"),
    ],
)
def test_what_cannot_be_pooled_by_agency_is_refused(effects, agencies, sentence):
    with pytest.raises(ScienceError, match=sentence):
        robust_pool(effects, [0.1] * 4, agencies, basis=DESIGN)


def test_a_correlation_of_one_is_refused():
    with pytest.raises(ScienceError, match="correlation must lie between 0 and 1"):
        robust_pool(EFFECTS, ERRORS, PAIRS, basis=DESIGN, correlation=1)
