"""The wild cluster bootstrap against rows worked out one by one."""

import numpy as np
import pytest
from statsmodels.api import OLS

from lecen.science.errors import ScienceError
from lecen.science.experiments import wild_test

RNG = np.random.default_rng(12)
CLUSTERS = np.repeat(np.arange(14), 5)
ARMS = CLUSTERS % 2
OUTCOME = RNG.normal(size=70) + RNG.normal(size=14)[CLUSTERS]


def t_of(outcome):
    design = np.column_stack([np.ones(70), ARMS])
    fit = OLS(outcome, design).fit(cov_type="cluster", cov_kwds={"groups": CLUSTERS})
    return fit.params[1] / fit.bse[1]


def test_t_is_that_of_the_usual_clustered_error():
    assert wild_test(OUTCOME, ARMS, CLUSTERS, seed=1, draws=99).t == pytest.approx(t_of(OUTCOME))


def test_p_equals_a_bootstrap_of_rows_under_no_effect():
    signs = np.random.Generator(np.random.PCG64(6)).choice([-1.0, 1.0], (99, 14))
    middle = OUTCOME.mean()
    drawn = [abs(t_of(middle + row[CLUSTERS] * (OUTCOME - middle))) for row in signs]
    found = wild_test(OUTCOME, ARMS, CLUSTERS, seed=6, draws=99)

    assert found.p_value == pytest.approx((1 + sum(t >= abs(t_of(OUTCOME)) for t in drawn)) / 100)
    assert found.weights == "plus and minus one (Rademacher)"


def test_few_clusters_take_six_points():
    few = CLUSTERS < 8

    assert wild_test(OUTCOME[few], ARMS[few], CLUSTERS[few], seed=1, draws=99).weights == "six points (Webb)"


def test_a_large_effect_is_found_and_its_size_does_not_depend_on_units():
    found = wild_test(OUTCOME + 5 * ARMS, ARMS, CLUSTERS, seed=1, draws=999)

    assert found.p_value <= 0.01
    assert wild_test(1e80 * (OUTCOME + 5 * ARMS), ARMS, CLUSTERS, seed=1, draws=999).p_value == found.p_value


@pytest.mark.parametrize(
    ("outcome", "clusters", "sentence"),
    [
        (np.tile(np.arange(5.0), 14), CLUSTERS, "means are all equal"),
        (OUTCOME, (CLUSTERS % 2) + 2 * (CLUSTERS > 6), "below 4 use randomization_test"),
    ],
)
def test_clusters_that_carry_no_bootstrap_are_refused(outcome, clusters, sentence):
    with pytest.raises(ScienceError, match=sentence):
        wild_test(outcome, ARMS, clusters, seed=1, draws=99)
