"""Random-effects means against published figures, statsmodels and properties that any mean should have."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from lecen.science.errors import ScienceError
from lecen.science.pooling import leave_one_out, random_effects
from tests.science.pooling.trials import DESIGN, EFFECTS, ERRORS

studies = st.lists(st.tuples(st.floats(-5, 5, allow_subnormal=False), st.floats(0.1, 3)), min_size=2, max_size=8).map(
    lambda pairs: np.array(pairs).T
)


def test_bcg_by_restricted_likelihood_equals_the_published_figures():
    found = random_effects(EFFECTS, ERRORS, basis=DESIGN)

    assert (found.effect, found.standard_error, found.tau_squared) == pytest.approx((-0.7145, 0.1798, 0.3132), abs=5e-5)
    assert (found.hartung_knapp_error, *found.interval) == pytest.approx((0.1808, -1.1084, -0.3206), abs=5e-5)
    assert (found.q, 100 * found.i_squared) == pytest.approx((152.2330, 92.22), abs=5e-3)
    assert (found.degrees, round(found.p_value, 4)) == (12, 0.0019)


def test_bcg_by_moments_equals_the_published_figures():
    found = random_effects(EFFECTS, ERRORS, basis=DESIGN, method="DL")

    assert (found.tau_squared, *found.tau_squared_interval) == pytest.approx((0.3088, 0.1197, 1.1115), abs=5e-5)
    assert 100 * found.i_squared == pytest.approx(92.1173, abs=5e-5)
    assert np.exp(found.effect) == pytest.approx(0.4896, abs=5e-5)


@pytest.mark.data
def test_the_contact_trials_pool_to_the_known_figures(real_data):
    with (real_data / "evaluation" / "contact_rcts_paluck2018.csv").open() as file:
        rows = list(csv.DictReader(file))
    effects = [float(row["d"]) for row in rows]
    errors = np.sqrt([float(row["var_d"]) for row in rows])
    moments = random_effects(effects, errors, basis=DESIGN, method="DL")
    likelihood = random_effects(effects, errors, basis=DESIGN)

    assert (moments.effect, moments.standard_error, moments.tau_squared) == pytest.approx(
        (0.3925, 0.0825, 0.1373), abs=5e-5
    )
    assert (round(moments.q, 2), round(100 * moments.i_squared, 1)) == (173.04, 85.0)
    assert (likelihood.effect, likelihood.standard_error, likelihood.tau_squared) == pytest.approx(
        (0.4019, 0.0951, 0.1958), abs=5e-5
    )
    assert round(likelihood.hartung_knapp_error, 4) == 0.0995


def test_moments_equal_those_of_statsmodels():
    found = random_effects(EFFECTS, ERRORS, basis=DESIGN, method="DL")
    theirs = combine_effects(EFFECTS, ERRORS**2, method_re="dl", use_t=True)

    assert (found.effect, found.tau_squared, found.q) == pytest.approx((theirs.mean_effect_re, theirs.tau2, theirs.q))
    assert (found.standard_error, found.hartung_knapp_error) == pytest.approx(
        (theirs.sd_eff_w_re, theirs.sd_eff_w_re_hksj)
    )
    assert found.interval == pytest.approx(theirs.conf_int()[3])


def test_the_prediction_interval_names_its_degrees_and_follows_its_formula():
    found = random_effects(EFFECTS, ERRORS, basis=DESIGN)
    half = stats.t.ppf(0.975, 11) * np.sqrt(found.tau_squared + found.hartung_knapp_error**2)

    assert found.prediction.degrees == 11
    assert found.prediction.interval == pytest.approx((found.effect - half, found.effect + half))


def test_two_studies_predict_nothing():
    assert random_effects([0.1, 0.9], [0.2, 0.2], basis=DESIGN).prediction is None


def test_the_interval_is_never_narrower_than_the_plain_error_allows():
    found = random_effects([0.5, 0.5, 0.5], [0.1, 0.2, 0.3], basis=DESIGN)
    half = stats.t.ppf(0.975, 2) * found.standard_error

    assert found.hartung_knapp_error == pytest.approx(0, abs=1e-12)
    assert found.interval == pytest.approx((0.5 - half, 0.5 + half))


@settings(max_examples=50, deadline=None)
@given(studies, st.floats(-3, 3), st.floats(0.01, 1000))
def test_a_change_of_units_changes_the_figure_alike(pair, shift, factor):
    effects, errors = pair
    plain = random_effects(effects, errors, basis=DESIGN)
    moved = random_effects(factor * (effects + shift), factor * errors, basis=DESIGN)

    assert moved.effect == pytest.approx(factor * (plain.effect + shift), rel=1e-5, abs=1e-5 * factor)
    assert moved.tau_squared == pytest.approx(factor**2 * plain.tau_squared, rel=1e-5, abs=1e-5 * factor**2)


@settings(max_examples=50, deadline=None)
@given(studies)
def test_the_pooled_effect_lies_among_the_effects_and_weights_sum_to_one(pair):
    found = random_effects(*pair, basis=DESIGN)

    assert pair[0].min() - 1e-9 <= found.effect <= pair[0].max() + 1e-9
    assert sum(found.weights) == pytest.approx(1)
    assert found.tau_squared_interval.low <= found.tau_squared_interval.high


@pytest.mark.parametrize("basis", ["model-based", "placebo-derived"])
def test_an_error_without_a_design_is_said_with_the_figure(basis):
    assert "errors come from" in random_effects(EFFECTS, ERRORS, basis=basis).cautions[0]


def test_few_studies_are_said_with_the_figure():
    assert random_effects(EFFECTS[:4], ERRORS[:4], basis=DESIGN).cautions == (
        "Only 4 estimates: how much true effects differ is hardly known.",
    )


def test_an_unknown_method_is_refused():
    with pytest.raises(ScienceError, match="REML, DL, not 'ML'"):
        random_effects(EFFECTS, ERRORS, basis=DESIGN, method="ML")


def test_each_study_is_left_out_once():
    found = leave_one_out(EFFECTS, ERRORS, basis=DESIGN)
    without_fourth = random_effects(np.delete(EFFECTS, 3), np.delete(ERRORS, 3), basis=DESIGN)

    assert [one.place for one in found] == list(range(13))
    assert (found[3].effect, found[3].tau_squared, *found[3].interval) == pytest.approx(
        (without_fourth.effect, without_fourth.tau_squared, *without_fourth.interval)
    )


def test_two_studies_leave_nothing_to_leave_out():
    with pytest.raises(ScienceError, match="At least 3"):
        leave_one_out([1, 2], [1, 1], basis=DESIGN)
