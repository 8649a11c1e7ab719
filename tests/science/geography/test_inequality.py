"""A Gamma distribution of rates: published data, an independent fit, and simulated truth."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.integrate import quad
from scipy.stats import gamma

from lecen.science.geography.inequality import Counts, fit_inequality, shrunk

# Lip cancer in the 56 counties of Scotland, 1975-1980: observed and expected cases (Clayton & Kaldor 1987).
OBSERVED = """9 39 11 9 15 8 26 7 6 20 13 5 3 8 17 9 2 7 9 7 16 31 11 7 19 15 7 10 16 11 5 3 7 8 11 9 11 8 6 4 10 8 2 6 19 3
2 3 28 6 1 1 1 1 0 0"""
EXPECTED = """1.4 8.7 3.0 2.5 4.3 2.4 8.1 2.3 2.0 6.6 4.4 1.8 1.1 3.3 7.8 4.6 1.1 4.2 5.5 4.4 10.5 22.7 8.8 5.6 15.5 12.5 6.0
9.0 14.4 10.2 4.8 2.9 7.0 8.5 12.3 10.1 12.7 9.4 7.2 5.3 18.8 15.8 4.3 14.6 50.7 8.2 5.6 9.3 88.7 19.6 3.4 3.6 5.7 7.0
4.2 1.8"""
CASES, EXPECTED_CASES = (np.array(list(map(float, numbers.split()))) for numbers in (OBSERVED, EXPECTED))


def shown(counts, expected):
    return Counts(np.asarray(counts, float), np.zeros(len(counts), bool), np.asarray(expected, float), 10)


def censored(counts, expected):
    """The same counts with those below 10 known only to be so."""
    counts = np.asarray(counts, float)
    return Counts(np.where(counts < 10, np.nan, counts), counts < 10, np.asarray(expected, float), 10)


def simulated(seed, areas=400, shape=3.0, most=40):
    rng = np.random.default_rng(seed)
    expected = rng.uniform(4, most, areas)
    rates = rng.gamma(shape, 1 / shape, areas)
    return rng.poisson(expected * rates), expected, rates


def test_the_fit_to_published_data_is_that_of_an_independent_negative_binomial_regression():
    fitted = sm.NegativeBinomial(CASES, np.ones(56), exposure=EXPECTED_CASES).fit(disp=0)

    found = fit_inequality(shown(CASES, EXPECTED_CASES), 0.95)

    assert (np.log(found.mean), found.spread) == pytest.approx(tuple(fitted.params), rel=1e-3)


def test_shrunk_rates_are_count_plus_shape_over_expected_plus_scale():
    known = shown(CASES, EXPECTED_CASES)
    found = fit_inequality(known, 0.95)
    shape, scale = 1 / found.spread, 1 / found.spread / found.mean

    assert shrunk(known, found) == pytest.approx((CASES + shape) / (EXPECTED_CASES + scale))


def test_ginis_index_is_half_the_relative_mean_difference():
    found = fit_inequality(shown(CASES, EXPECTED_CASES), 0.95)
    rates = gamma(1 / found.spread, scale=found.spread)

    # Gini = integral of F (1 - F) over the mean, which is 1 here.
    assert found.gini == pytest.approx(quad(lambda rate: rates.cdf(rate) * rates.sf(rate), 0, np.inf)[0], abs=1e-5)
    assert found.lower_quarter == pytest.approx(rates.ppf(0.25))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_known_only_to_be_small_lead_to_the_truth(seed):
    counts, expected, _ = simulated(seed)

    found = fit_inequality(censored(counts, expected), 0.95)

    assert found.interval.low < 0.3125 < found.interval.high  # Gini of a Gamma distribution of shape 3
    assert found.mean == pytest.approx(1, abs=0.1)


def test_areas_that_answer_alike_have_an_interval_that_begins_at_zero():
    rng = np.random.default_rng(4)
    expected = np.full(100, 30.0)

    found = fit_inequality(shown(rng.poisson(expected), expected), 0.95)

    assert found.interval.low == 0
    assert found.gini < 0.1


def test_areas_more_alike_than_chance_have_no_inequality():
    known = shown(np.full(40, 30), np.full(40, 30.0))
    found = fit_inequality(known, 0.95)

    assert (found.gini, found.spread, found.lower_quarter) == (0, 0, 1)
    assert shrunk(known, found) == pytest.approx(np.ones(40), abs=1e-3)


def test_shrunk_rates_are_nearer_the_truth_than_raw_ones():
    counts, expected, rates = simulated(5, most=8)
    known = shown(counts, expected)

    errors = np.abs(shrunk(known, fit_inequality(known, 0.95)) - rates).mean()

    assert errors < 0.9 * np.abs(counts / expected - rates).mean()


def test_the_shrunk_rate_of_a_small_count_is_the_mean_of_what_it_may_be():
    counts, expected, rates = simulated(6, areas=3000, most=20)
    known = censored(counts, expected)

    found = shrunk(known, fit_inequality(known, 0.95))

    assert found[known.fewer].mean() == pytest.approx(rates[known.fewer].mean(), rel=0.05)


def test_a_withheld_count_has_no_shrunk_rate():
    counts, expected, _ = simulated(7)
    known = censored(counts, expected)
    known.fewer[np.flatnonzero(known.fewer)[0]] = False

    assert np.isnan(shrunk(known, fit_inequality(known, 0.95))).sum() == 1


def test_too_few_areas_have_no_distribution():
    assert fit_inequality(shown([20] * 9, [20.0] * 9), 0.95) is None
    assert fit_inequality(censored([20, 20] + [3] * 20, [10.0] * 22), 0.95) is None
