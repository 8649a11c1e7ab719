"""Coefficients of a scale against published figures, other routes to them, and simulated truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

from lecen.science.errors import ScienceError
from lecen.science.scales.reliability import alpha_interval, alpha_of, cronbach_alpha, omega_total, spearman_brown
from tests.science.scales.published import ATTITUDE, SHROUT_FLEISS, free


def simulated(people, loadings, seed):
    """Items of unit variance with one factor; the true omega is known."""
    loadings = np.asarray(loadings)
    chance = np.random.default_rng(seed)
    rest = chance.normal(size=(people, len(loadings))) * np.sqrt(1 - loadings**2)
    return chance.normal(size=(people, 1)) * loadings + rest


def test_alpha_of_shrout_and_fleiss_is_as_published():
    assert alpha_of(np.cov(SHROUT_FLEISS.T)) == pytest.approx(0.91, abs=0.005)


def test_alpha_of_the_attitude_data_is_as_published():
    assert cronbach_alpha(ATTITUDE, free(7)).value == pytest.approx(0.84, abs=0.005)


def test_alpha_is_hoyt_s_ratio_of_mean_squares():
    people, items = ATTITUDE.shape
    table = {
        "y": ATTITUDE.ravel(),
        "person": np.repeat(np.arange(people), items).astype(str),
        "item": np.tile(np.arange(items), people).astype(str),
    }
    squares = anova_lm(ols("y ~ C(person) + C(item)", pd.DataFrame(table)).fit())
    mean = squares["sum_sq"] / squares["df"]

    assert cronbach_alpha(ATTITUDE, free(7)).value == pytest.approx(1 - mean["Residual"] / mean["C(person)"])


def test_the_interval_of_alpha_is_feldt_s():
    # `alpha` of R's psych prints .76, .82, .86 for seven items and 108 people.
    assert alpha_interval(0.82, 108, 7) == pytest.approx((0.76, 0.86), abs=0.01)
    # statpsych's ci.cronbach prints .7971 to .8931; its second degrees of freedom are n(k - 1), Feldt's (n - 1)(k - 1).
    assert alpha_interval(0.85, 89, 7) == pytest.approx((0.7971254, 0.8931436), abs=1e-4)


@pytest.mark.parametrize(("alpha", "people", "items"), [(1.1, 30, 3), (float("nan"), 30, 3), (0.5, 1, 3), (0.5, 30, 1)])
def test_an_interval_of_no_alpha_is_refused(alpha, people, items):
    with pytest.raises(ScienceError):
        alpha_interval(alpha, people, items)


def test_the_interval_of_alpha_holds_its_level_where_its_model_is_true():
    truth = 5 * 0.4 / (1 + 4 * 0.4)
    found = [cronbach_alpha(simulated(60, [0.4**0.5] * 5, seed), free(5)).interval for seed in range(400)]
    covered = sum(interval.low <= truth <= interval.high for interval in found) / len(found)

    assert 0.92 <= covered <= 0.98


def test_omega_of_a_large_sample_is_the_true_one():
    loadings = np.array([0.9, 0.8, 0.5, 0.4, 0.3])
    truth = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    found = omega_total(simulated(20_000, loadings, 1), free(5), seed=1, resamples=100)

    assert found.value == pytest.approx(truth, abs=0.01)
    assert found.interval.low < truth < found.interval.high
    assert found.interval.high - found.interval.low < 0.02


def test_omega_exceeds_alpha_where_items_measure_unequally():
    items = simulated(5_000, [0.95, 0.9, 0.3, 0.3], 2)

    assert omega_total(items, free(4), seed=1, resamples=100).value > cronbach_alpha(items, free(4)).value + 0.01


def test_omega_equals_alpha_where_all_covariances_are_equal():
    base = np.linalg.qr(np.random.default_rng(0).normal(size=(40, 5)) - 0)[0]
    centered = np.linalg.qr(base - base.mean(axis=0))[0]
    items = 3 + 5 * centered @ np.linalg.cholesky(0.5 * np.eye(5) + 0.5).T

    assert omega_total(items, free(5), seed=1, resamples=100).value == pytest.approx(
        cronbach_alpha(items, free(5)).value, abs=1e-6
    )


def test_the_same_seed_gives_the_same_interval():
    items = simulated(120, [0.7] * 4, 3)
    one, again, other = (omega_total(items, free(4), seed=seed, resamples=200).interval for seed in (1, 1, 2))

    assert (one == again, one == other) == (True, False)


def test_the_error_of_one_score_is_that_of_the_model():
    loadings = [0.6**0.5] * 4
    items = simulated(20_000, loadings, 4)

    assert omega_total(items, free(4), seed=1, resamples=100).standard_error == pytest.approx(
        (0.4 / 4) ** 0.5, rel=0.03
    )


@given(seed=st.integers(0, 50), shift=st.floats(-5, 5), factor=st.floats(0.1, 5))
@settings(max_examples=20)
def test_coefficients_do_not_depend_on_order_or_units(seed, shift, factor):
    items = simulated(60, [0.8, 0.7, 0.6], seed)
    turned = np.random.default_rng(seed).permutation(items)[:, ::-1] * factor + shift

    assert cronbach_alpha(turned, free(3)).value == pytest.approx(cronbach_alpha(items, free(3)).value)


def test_two_items_are_judged_by_spearman_brown():
    items = simulated(200, [0.8, 0.8], 5)
    r = np.corrcoef(items.T)[0, 1]
    found = spearman_brown(items, free(2))

    assert found.value == pytest.approx(2 * r / (1 + r))
    # Two items of equal variance: Spearman-Brown is alpha; of unequal, it lies above.
    equal = items / items.std(axis=0)
    assert found.value == pytest.approx(alpha_of(np.cov(equal.T)))
    assert found.value > alpha_of(np.cov((equal * [1, 3]).T))


def test_the_interval_of_spearman_brown_holds_its_level():
    truth = 2 * 0.49 / 1.49
    found = [spearman_brown(simulated(80, [0.7, 0.7], seed), free(2)).interval for seed in range(400)]
    covered = sum(interval.low <= truth <= interval.high for interval in found) / len(found)

    assert 0.92 <= covered <= 0.98


@pytest.mark.parametrize("coefficient", [cronbach_alpha, lambda answers, scale: omega_total(answers, scale, seed=1)])
def test_alpha_and_omega_refuse_two_items(coefficient):
    with pytest.raises(ScienceError, match="use spearman_brown"):
        coefficient(simulated(50, [0.8, 0.8], 5), free(2))


def test_spearman_brown_refuses_three_items():
    with pytest.raises(ScienceError, match="has 3: use omega or alpha"):
        spearman_brown(simulated(50, [0.8] * 3, 5), free(3))


def test_two_items_in_lockstep_are_refused():
    with pytest.raises(ScienceError, match="lockstep"):
        spearman_brown([[value, value] for value in range(20)], free(2))


def test_items_that_cancel_each_other_are_refused():
    one, other = simulated(30, [0.7, 0.7], 1).T
    with pytest.raises(ScienceError, match="cancel each other"):
        cronbach_alpha(np.column_stack([one, other, -one - other]), free(3))


def test_items_against_each_other_give_a_negative_alpha_with_a_caution():
    items = simulated(200, [0.8] * 3, 7) * [1, 1, -1]
    found = cronbach_alpha(items, free(3))

    assert (found.value < 0, ["against each other" in caution for caution in found.cautions]) == (True, [True])
    assert found.standard_error == pytest.approx(items.mean(axis=1).std(ddof=1))


def test_an_item_against_the_others_is_named_by_omega():
    items = simulated(300, [0.8] * 4, 7) * [1, 1, 1, -1]
    found = omega_total(items, free(4), seed=1, resamples=100)

    assert list(found.cautions) == ["These items go against the others; are they to be reversed? item 3"]


def test_people_who_left_out_an_item_are_left_out_and_told():
    items = simulated(200, [0.8] * 3, 8)
    items[:50, 0] = np.nan
    found = cronbach_alpha(items, free(3))

    assert (found.people, found.left_out) == (150, 50)
    assert found.value == cronbach_alpha(items[50:], free(3)).value
    assert ["left out an item" in caution for caution in found.cautions] == [True]


def test_few_answers_are_told():
    assert ["rest on 30 people" in caution for caution in cronbach_alpha(ATTITUDE, free(7)).cautions] == [True]


def test_resamples_that_are_heywood_cases_are_told():
    found = omega_total(simulated(60, [0.5] * 4, 1), free(4), seed=1, resamples=100)

    assert "no variance of its own" in " ".join(found.cautions)


def test_resamples_in_which_an_item_does_not_vary_make_omega_refuse():
    items = np.round(simulated(60, [0.8] * 4, 1), 3)
    items[:, 3] = 0
    items[0, 3] = items[0, :3].mean()

    with pytest.raises(ScienceError, match=r"more than 5 %|Heywood"):
        omega_total(items, free(4), seed=1, resamples=100)
