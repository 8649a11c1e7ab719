"""Test and retest against Shrout and Fleiss (1979), analysis of variance, and simulated truth."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from lecen.science.errors import ScienceError
from lecen.science.scales.retest import FORMS, intraclass, retest
from tests.science.scales.published import SHROUT_FLEISS


def occasions(people, seed, *, between=1.0, error=0.5, shift=0.0):
    chance = np.random.default_rng(seed)
    truth = chance.normal(size=people) * between
    return truth + error * chance.normal(size=people), truth + shift + error * chance.normal(size=people)


# Values published by Shrout and Fleiss; intervals as R's psych and pingouin print them for the same table.
@pytest.mark.parametrize(
    ("form", "published", "low", "high"),
    [("ICC(1,1)", 0.17, -0.133, 0.723), ("ICC(2,1)", 0.29, 0.019, 0.761), ("ICC(3,1)", 0.71, 0.342, 0.946)],
)
def test_intraclass_correlations_are_as_published(form, published, low, high):
    found = intraclass(SHROUT_FLEISS, form=form)

    assert found.value == pytest.approx(published, abs=0.005)
    assert found.interval == pytest.approx((low, high), abs=0.0006)


def test_error_variances_are_those_of_the_analysis_of_variance():
    table = {
        "y": SHROUT_FLEISS.ravel(),
        "target": np.repeat(np.arange(6), 4).astype(str),
        "judge": np.tile(np.arange(4), 6).astype(str),
    }
    squares = anova_lm(ols("y ~ C(target) + C(judge)", pd.DataFrame(table)).fit())
    mean = squares["sum_sq"] / squares["df"]

    assert intraclass(SHROUT_FLEISS, form="ICC(3,1)").error_variance == pytest.approx(mean["Residual"])
    assert intraclass(SHROUT_FLEISS, form="ICC(2,1)").error_variance == pytest.approx(
        mean["Residual"] + (mean["C(judge)"] - mean["Residual"]) / 6
    )


@pytest.mark.parametrize("form", FORMS)
def test_intervals_hold_their_level(form):
    truth = 1 / 1.25
    found = [intraclass(np.column_stack(occasions(40, seed)), form=form).interval for seed in range(400)]
    covered = sum(interval.low <= truth <= interval.high for interval in found) / len(found)

    assert 0.92 <= covered <= 0.98


def test_a_shift_of_all_lowers_agreement_and_not_consistency():
    first, second = occasions(200, 1, shift=2.0)

    assert retest(first, second).agreement.value < 0.4
    assert retest(first, second, form="ICC(3,1)").agreement.value == pytest.approx(0.8, abs=0.08)
    assert retest(first, second).shift == pytest.approx(2, abs=0.15)


def test_a_large_sample_gives_the_true_error_of_one_score():
    found = retest(*occasions(50_000, 2))

    assert (found.standard_error, found.correlation) == pytest.approx((0.5, 0.8), abs=0.01)
    assert found.detectable_change == pytest.approx(1.959964 * 2**0.5 * found.standard_error)


def test_only_people_measured_twice_count():
    first, second = occasions(60, 3)
    first[:5], second[3:10] = np.nan, np.nan
    found = retest(first, second)

    assert (found.pairs, found.unpaired) == (50, 10)
    assert found.correlation == pytest.approx(np.corrcoef(first[10:], second[10:])[0, 1])
    assert ["rest on 50 people" in caution for caution in found.cautions] == [True]


def test_the_order_of_people_does_not_matter():
    first, second = occasions(60, 4)

    assert retest(first[::-1], second[::-1]).agreement.value == pytest.approx(retest(first, second).agreement.value)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (range(20), range(19), "same people: 20 and 19"),
        (range(9), [2, 1, 4, 3, 6, 5, 8, 7, 9], "Fewer than 10 people"),
        ([*range(9), None], range(10), "Fewer than 10 people"),
        ([3] * 20, range(20), "everybody has the same score"),
        ([3] * 11 + [4] * 9, range(20), "all but fewer than 10 people have the same score"),
        ([1e300, 2e300] * 10, range(20), "a size up to 1e\\+100"),
        (range(20), range(20), "lockstep"),
        (range(20), range(5, 25), "lockstep"),
        (range(20), range(20, 0, -1), "lockstep"),
        (range(20), [float("inf")] * 20, "finite"),
        ([], [], "at least one number"),
    ],
)
def test_what_cannot_be_compared_is_refused(first, second, message):
    with pytest.raises(ScienceError, match=message):
        retest(list(first), list(second))


@pytest.mark.parametrize(
    ("ratings", "form", "message"),
    [
        (SHROUT_FLEISS, "ICC(2,k)", "must be one of"),
        (SHROUT_FLEISS[:2], "ICC(2,1)", "at least 3 rows"),
        (SHROUT_FLEISS[:, :1], "ICC(2,1)", "2 columns"),
        (np.ones((6, 3)), "ICC(2,1)", "nothing varies"),
        ([[1, 2], [2, 3], [5, 6]], "ICC(3,1)", "lockstep"),
        ([[1, None], [2, 3], [5, 6]], "ICC(3,1)", "finite"),
    ],
)
def test_tables_without_an_answer_are_refused(ratings, form, message):
    with pytest.raises(ScienceError, match=message):
        intraclass(ratings, form=form)
