"""Counts over time against the rates they were drawn from and statsmodels."""

import numpy as np
import pytest
from statsmodels.api import GLM, families
from statsmodels.discrete.discrete_model import NegativeBinomial

from lecen.science.errors import ScienceError
from lecen.science.interrupted_series import interrupted_counts

RNG = np.random.default_rng(51)
TIME = np.arange(60)
AFTER = (TIME >= 30).astype(float)
PEOPLE = 100_000 + 2_000 * TIME
RATE = np.exp(-8 + 0.01 * (TIME - 30) - 0.4 * AFTER)
COUNTS = RNG.poisson(RATE * PEOPLE)
DESIGN = np.column_stack([np.ones(60), TIME - 30, AFTER, AFTER * (TIME - 30)])


def test_ratios_of_rates_equal_statsmodels():
    theirs = GLM(COUNTS, DESIGN, family=families.Poisson(), exposure=PEOPLE).fit()
    found = interrupted_counts(COUNTS, 30, exposure=PEOPLE)

    assert (found.level.estimate, found.slope.estimate) == pytest.approx(tuple(theirs.params[2:]))
    assert found.fitted == pytest.approx(theirs.fittedvalues)
    assert found.dispersion == pytest.approx(theirs.pearson_chi2 / 56)
    assert found.level.standard_error >= theirs.bse[2] * (1 - 1e-9)


def test_newey_west_errors_count_where_they_are_larger():
    waves = np.round(COUNTS + 12 * np.sin(TIME / 3)).astype(int)
    theirs = GLM(waves, DESIGN, family=families.Poisson(), exposure=PEOPLE).fit(
        cov_type="HAC", cov_kwds={"maxlags": 8, "use_correction": True}
    )

    assert interrupted_counts(waves, 30, exposure=PEOPLE, lags=8).slope.standard_error >= theirs.bse[3] * (1 - 1e-9)


def test_the_true_ratio_lies_in_its_interval():
    found = interrupted_counts(COUNTS, 30, exposure=PEOPLE)

    assert found.level.interval.low < -0.4 < found.level.interval.high < 0


def test_what_was_expected_goes_on_as_before():
    found = interrupted_counts(COUNTS, 30, exposure=PEOPLE)

    assert found.expected[:30] == pytest.approx(found.fitted[:30])
    assert np.log(found.fitted[30] / found.expected[30]) == pytest.approx(found.level.estimate)


def test_wide_counts_widen_poisson_errors():
    wide = RNG.negative_binomial(3, 3 / (3 + 40), 60)
    found = interrupted_counts(wide, 30)
    theirs = GLM(wide, DESIGN, family=families.Poisson()).fit(scale="X2")

    assert found.dispersion > 5
    assert found.level.standard_error >= 0.99 * theirs.bse[2]


def test_the_negative_binomial_sets_pearson_to_its_degrees_and_comes_near_maximum_likelihood():
    wide = np.random.default_rng(8).negative_binomial(5, 5 / (5 + 40), 60)
    found = interrupted_counts(wide, 30, family="negative-binomial")
    theirs = NegativeBinomial(wide, DESIGN).fit(disp=0, method="bfgs", maxiter=500)

    assert found.dispersion == pytest.approx(1, abs=1e-6)
    assert found.level.estimate == pytest.approx(theirs.params[2], abs=0.02)
    assert found.model.startswith("counts, negative-binomial with alpha 0.")


def test_even_counts_need_no_negative_binomial():
    even = np.tile([20, 21, 19, 20], 15)
    poisson, binomial = (interrupted_counts(even, 30, family=family) for family in ("poisson", "negative-binomial"))

    assert binomial.model.endswith("alpha 0")
    assert binomial.level == poisson.level


def test_twice_the_people_means_half_the_rates_and_the_same_ratios():
    one, two = (interrupted_counts(COUNTS, 30, exposure=factor * PEOPLE) for factor in (1.0, 2e9))

    assert two.level.estimate == pytest.approx(one.level.estimate, abs=1e-6)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"counts": COUNTS + 0.5}, "whole numbers"),
        ({"counts": COUNTS - 1000}, "whole numbers"),
        ({"counts": COUNTS * 1e15}, "million millions"),
        ({"counts": COUNTS * AFTER}, "few events before"),
        ({"counts": COUNTS * (1 - AFTER)}, "few events from"),
        ({"counts": np.where(TIME == 5, 50, COUNTS * AFTER)}, "few events before"),
        ({"exposure": PEOPLE[:-1]}, "each of 60 periods"),
        ({"exposure": PEOPLE * 0}, "positive"),
        ({"exposure": np.full(60, np.inf)}, "finite"),
        ({"family": "gamma"}, "poisson, negative-binomial, not 'gamma'"),
        ({"counts": [np.nan] * 60}, "finite"),
        ({"start": 55}, "at least 8 periods"),
    ],
)
def test_counts_that_tell_nothing_are_refused(change, sentence):
    with pytest.raises(ScienceError, match=sentence):
        interrupted_counts(**({"counts": COUNTS, "start": 30} | change))


def test_counts_that_swing_between_none_and_thousands_do_not_hang():
    wild = [2000, 1, 0, 0, 0, 0, 0, 2, 0, 0, 1000, 1000, 2000, 0, 0, 1, 1, 0, 0, 2000, 3000, 0]

    with pytest.raises(ScienceError, match="does not settle"):
        interrupted_counts(wild, 13, family="negative-binomial", periods_per_year=4)


def test_a_spread_beyond_any_negative_binomial_is_refused():
    wild = np.round(np.exp(np.random.default_rng(12).normal(0, 4, 40)))

    with pytest.raises(ScienceError, match="too wildly"):
        interrupted_counts(wild, 20, family="negative-binomial")
