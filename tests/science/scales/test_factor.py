"""One factor, against statsmodels, the closed form of three items, and simulated truth."""

import numpy as np
import pytest
from statsmodels.multivariate.factor import Factor

from lecen.science.errors import ScienceError
from lecen.science.scales.factor import OneFactor, omega_of, one_factor, refit

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5, 0.4, 0.75])


def implied(loadings, uniquenesses):
    return np.outer(loadings, loadings) + np.diag(uniquenesses)


def sample(people, seed, loadings=LOADINGS):
    chance = np.random.default_rng(seed)
    rest = chance.normal(size=(people, len(loadings))) * np.sqrt(1 - loadings**2)
    return chance.normal(size=(people, 1)) * loadings + rest


def test_the_factor_of_a_covariance_made_by_one_is_found_again():
    uniquenesses = np.array([1.0, 2.0, 0.5, 0.3, 1.5, 0.8])
    found = one_factor(implied(3 * LOADINGS, uniquenesses))

    assert found.loadings == pytest.approx(3 * LOADINGS, abs=1e-5)
    assert found.uniquenesses == pytest.approx(uniquenesses, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_the_fit_equals_that_of_statsmodels(seed):
    items = sample(150, seed)
    found = one_factor(np.corrcoef(items.T))
    theirs = Factor(corr=np.corrcoef(items.T), n_factor=1, method="ml", nobs=150).fit()

    assert found.uniquenesses == pytest.approx(theirs.uniqueness, abs=1e-4)
    assert found.loadings == pytest.approx(np.abs(theirs.loadings[:, 0]), abs=1e-4)


def test_three_items_have_a_closed_form():
    r = np.array([[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]])
    exact = np.sqrt([r[0, 1] * r[0, 2] / r[1, 2], r[0, 1] * r[1, 2] / r[0, 2], r[0, 2] * r[1, 2] / r[0, 1]])

    assert one_factor(r).loadings == pytest.approx(exact, abs=1e-5)


def test_units_of_the_items_carry_through():
    items = sample(150, 1)
    units = np.array([1, 10, 0.1, 2, 5, 1])
    plain, scaled = one_factor(np.cov(items.T)), one_factor(np.cov((items * units).T))

    assert scaled.loadings == pytest.approx(plain.loadings * units, rel=1e-4)


def test_an_item_against_the_others_loads_negatively_and_the_sum_stays_positive():
    signs = np.array([1, 1, -1, 1, 1, 1])
    loadings = one_factor(implied(LOADINGS * signs, 1 - LOADINGS**2)).loadings

    assert np.array_equal(np.sign(loadings), signs)
    assert one_factor(implied(-LOADINGS, 1 - LOADINGS**2)).loadings == pytest.approx(LOADINGS, abs=1e-5)


def test_a_heywood_case_is_refused():
    # The closed form would want a squared loading of 0.8 * 0.7 / 0.5 = 1.12.
    with pytest.raises(ScienceError, match=r"Item 0 .* Heywood case"):
        one_factor([[1, 0.8, 0.7], [0.8, 1, 0.5], [0.7, 0.5, 1]])


@pytest.mark.parametrize(
    ("covariance", "message"),
    [
        (np.eye(2), "at least 3 items"),
        (np.ones((3, 3)), "computed from the others"),
        (np.diag([1.0, 1.0, 0.0]), "do not vary"),
        (np.ones((3, 4)), "symmetric"),
        ([[1, 0.2, 0], [0.4, 1, 0], [0, 0, 1]], "symmetric"),
        (np.full((3, 3), np.nan), "finite"),
    ],
)
def test_a_matrix_without_a_factor_is_refused(covariance, message):
    with pytest.raises(ScienceError, match=message):
        one_factor(covariance)


def test_fits_of_many_matrices_equal_those_of_one_by_one():
    start = one_factor(np.cov(sample(400, 0).T))
    covariances = np.array([np.cov(sample(60, seed).T) for seed in range(1, 21)])
    loadings, uniquenesses, resting = refit(covariances, start)
    single = [one_factor(covariance) for covariance in covariances]

    assert resting.all()
    assert omega_of(loadings, uniquenesses) == pytest.approx(
        [float(omega_of(one.loadings, one.uniquenesses)) for one in single], abs=1e-4
    )


def test_a_heywood_case_among_many_stays_at_the_bound():
    heywood = np.array([[[1, 0.8, 0.7], [0.8, 1, 0.5], [0.7, 0.5, 1]]])
    start = OneFactor(np.full(3, 0.8), np.full(3, 0.36))
    _, uniquenesses, resting = refit(heywood, start)

    assert (uniquenesses[0, 0], resting.tolist()) == (pytest.approx(0.005), [True])


def test_omega_of_parallel_items_is_spearman_brown():
    assert omega_of(np.full(4, 0.5**0.5), np.full(4, 0.5)) == pytest.approx(4 * 0.5 / (1 + 3 * 0.5))
