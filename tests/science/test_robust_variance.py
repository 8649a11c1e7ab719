"""CR2 errors against dense algebra, statsmodels and a known special case."""

import numpy as np
import pytest
from statsmodels.api import OLS, WLS

from lecen.science.errors import ScienceError
from lecen.science.robust_variance import cluster_fit

RNG = np.random.default_rng(11)
CLUSTERS = np.repeat(np.arange(7), [2, 5, 1, 4, 6, 3, 4])
DESIGN = np.column_stack([np.ones(25), RNG.normal(size=25), CLUSTERS % 2])
OUTCOME = RNG.normal(size=25) + RNG.normal(size=7)[CLUSTERS]
WEIGHTS = RNG.uniform(0.5, 3, 25)


def root(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag([1 / np.sqrt(value) if value > 1e-9 else 0 for value in values]) @ vectors.T


def dense(design, outcome, clusters, weights):
    """Each squared error as a quadratic form in the outcome: its value, and degrees from its mean and variance."""
    x, y = design * np.sqrt(weights)[:, None], outcome * np.sqrt(weights)
    bread = np.linalg.inv(x.T @ x)
    maker = np.eye(len(y)) - x @ bread @ x.T
    errors, degrees = [], []
    for column in range(x.shape[1]):
        form = np.zeros_like(maker)
        for cluster in np.unique(clusters):
            rows = clusters == cluster
            reach = maker[rows].T @ root(maker[np.ix_(rows, rows)]) @ x[rows] @ bread[:, column]
            form += np.outer(reach, reach)
        errors.append(np.sqrt(y @ form @ y))
        degrees.append(np.trace(form) ** 2 / np.trace(form @ form))
    return errors, degrees


@pytest.mark.parametrize("weights", [np.ones(25), WEIGHTS])
def test_errors_and_degrees_equal_the_dense_formula(weights):
    found = cluster_fit(DESIGN, OUTCOME, CLUSTERS, weights)
    errors, degrees = dense(DESIGN, OUTCOME, CLUSTERS, weights)

    assert found.coefficients == pytest.approx(WLS(OUTCOME, DESIGN, weights=weights).fit().params)
    assert found.errors == pytest.approx(errors)
    assert found.degrees == pytest.approx(degrees)


def test_clusters_of_one_row_give_the_hc2_errors_of_statsmodels():
    found = cluster_fit(DESIGN, OUTCOME, np.arange(25))

    assert found.errors == pytest.approx(OLS(OUTCOME, DESIGN).fit(cov_type="HC2").bse)


def test_two_groups_of_single_rows_have_the_degrees_of_bell_and_mccaffrey():
    treated = np.repeat([1.0, 0.0], [4, 21])
    found = cluster_fit(np.column_stack([np.ones(25), treated]), OUTCOME, np.arange(25))

    assert found.degrees[1] == pytest.approx((1 / 4 + 1 / 21) ** 2 / (1 / (16 * 3) + 1 / (441 * 20)))


def test_units_of_measurement_do_not_matter():
    plain = cluster_fit(DESIGN, OUTCOME, CLUSTERS)
    other = cluster_fit(DESIGN * [1, 1e-9, 1e6], OUTCOME, CLUSTERS)

    assert other.errors == pytest.approx(plain.errors / [1, 1e-9, 1e6])
    assert other.degrees == pytest.approx(plain.degrees)


def test_a_large_cluster_needs_no_table_of_rows_by_rows():
    rng = np.random.default_rng(2)
    clusters = rng.integers(0, 3, 60_000)
    found = cluster_fit(np.ones((60_000, 1)), rng.normal(size=60_000), clusters)

    assert found.clusters == 3
    assert found.degrees[0] == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize(
    ("design", "clusters", "weights", "sentence"),
    [
        (DESIGN, np.zeros(25), None, "at least two clusters"),
        (DESIGN[:, [0, 0]], CLUSTERS, None, "depend on each other"),
        (DESIGN * [1, 1, 0], CLUSTERS, None, "depend on each other"),
        (DESIGN[:24], CLUSTERS, None, "24 rows"),
        (DESIGN, CLUSTERS[:24], None, "labels of shape"),
        (DESIGN, CLUSTERS, np.zeros(25), "positive"),
        (np.ones((25, 30)), CLUSTERS, None, "as many as its rows"),
        (DESIGN, [[1], [2, 3]], None, "ragged"),
    ],
)
def test_a_design_without_a_single_answer_is_refused(design, clusters, weights, sentence):
    with pytest.raises(ScienceError, match=sentence):
        cluster_fit(design, OUTCOME, clusters, weights)
