"""One estimate with all that is needed to judge it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import (
    METHODS,
    analyze,
    conformal_interval,
    conformal_p,
    fit,
    placebo_test,
)
from tests.science.synthetic_control.panels import KATRINA, homicides, named, proposition_99, simulated


def test_an_estimate_comes_with_its_paths_and_its_test():
    table = simulated(1, effect=4.0)

    found = analyze(named(table))

    fitted, placebo = fit(table, 14), placebo_test(table, 14)
    assert found.observed == dict(enumerate(table[0]))
    assert list(found.synthetic.values()) == pytest.approx(table[0] - fitted.gaps)
    assert found.effects == dict(enumerate(fitted.gaps[14:], start=14))
    assert (found.effect, found.placebo.rank, found.placebo.p) == (fitted.effect, placebo.rank, placebo.p)
    assert found.percent == pytest.approx(100 * fitted.effect / (table[0] - fitted.gaps)[14:].mean())
    assert (found.interval, found.interval_by, found.conformal_p) == (placebo.interval, "placebo", None)


def test_weights_are_named_the_largest_first():
    table = simulated(2)
    table[0] = 0.7 * table[4] + 0.3 * table[2]
    table[0, 14:] += 1

    assert analyze(named(table)).weights == pytest.approx({"donor 4": 0.7, "donor 2": 0.3}, abs=1e-6)


def test_the_range_without_one_donor_holds_the_estimate():
    found = analyze(named(simulated(3)))

    effects = [found.effect, *(one.effect for one in found.left_out)]
    assert found.left_out_range == (min(effects), max(effects))


def test_a_conformal_interval_says_so():
    table = simulated(4, periods=40, before=34)

    found = analyze(named(table, 34), method="demeaned", interval_by="conformal")

    assert (found.interval, found.interval_by) == (conformal_interval(table, 34, method="demeaned"), "conformal")
    assert found.conformal_p == conformal_p(table, 34, method="demeaned")


def test_no_percent_of_a_mean_below_zero():
    assert analyze(named(simulated(5) - 100)).percent is None


@pytest.fixture
def with_predictors():
    chance = np.random.default_rng(6)
    return named(simulated(6), predictors={name: chance.normal(size=21) for name in ("age", "income")})


@pytest.mark.parametrize("weights", ["equal", "nested", [2, 1]])
def test_predictors_may_be_matched(with_predictors, weights):
    found = analyze(with_predictors, predictor_weights=weights, starts=1)

    given = {"equal": [0.5, 0.5], "nested": found.fit.predictor_weights}.get(str(weights), [2 / 3, 1 / 3])
    assert found.fit.predictor_weights == pytest.approx(given)
    assert found.fit.predictor_weights.sum() == pytest.approx(1)
    assert found.in_time == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"interval_by": "magic"}, "interval must be by 'placebo' or 'conformal'"),
        ({"interval_by": "conformal", "method": "synthetic_did"}, "use a placebo"),
        ({"interval_by": "conformal", "predictor_weights": "equal"}, "does not take predictors"),
        ({"predictor_weights": "best"}, "must be 'nested', 'equal' or numbers"),
        ({"predictor_weights": [1, 2, 3]}, "2 predictors need as many weights, not 3"),
        ({"predictor_weights": "equal", "method": "synthetic_did"}, "takes no predictors"),
        ({"method": "magic"}, "must be one of classic"),
        ({"level": 2}, "The level must lie between 0 and 1"),
    ],
)
def test_what_no_method_has_is_refused(with_predictors, options, message):
    with pytest.raises(ScienceError, match=message):
        analyze(with_predictors, **options)


@settings(max_examples=40, deadline=None)
@given(
    hnp.arrays(int, st.tuples(st.integers(4, 9), st.integers(5, 9)), elements=st.integers(0, 3)),
    st.sampled_from(METHODS),
)
def test_small_counts_give_finite_figures(counts, method):
    counts[:, -1] = counts[:, 0] + 1  # a unit that never changes is refused

    found = analyze(named(counts, 4), method=method)

    figures = [found.effect, found.placebo.ratio, found.pre_fit.relative, *found.weights.values()]
    assert np.isfinite(figures).all()
    assert 1 <= found.placebo.rank <= found.placebo.n == len(counts)


def test_several_treated_units_are_analyzed_together():
    found = analyze(named(simulated(7), treated=["treated", "donor 1"]), method="synthetic_did", draws=20)

    assert (found.comparison.treated, found.placebo.n) == (("treated", "donor 1"), 21)


@pytest.mark.data
def test_proposition_99_ranks_first_with_the_weights_of_its_predictors(real_data):
    california = proposition_99(real_data)
    weights = fit(california.table(), 19, matching=california.matching(None, 10, 0)).predictor_weights

    found = analyze(california, predictor_weights=list(weights))

    assert (found.placebo.rank, found.placebo.n, found.pre_fit.grade) == (1, 39, "good")


@pytest.mark.data
def test_proposition_99_ranks_first_by_synthetic_did(real_data):
    found = analyze(proposition_99(real_data), method="synthetic_did")

    assert (found.placebo.rank, found.placebo.n) == (1, 39)


@pytest.mark.data
def test_homicides_in_dc_are_not_shown_to_have_changed(real_data):
    found = analyze(homicides(real_data))

    assert (round(found.effect, 1), found.placebo.rank, found.placebo.n) == (-19.7, 26, 57)
    assert found.pre_fit.grade == "poor"
    assert found.interval.low < 0 < found.interval.high
    assert len(found.hull.above) == 12
    assert found.comparison.exclusions == {"New Orleans": KATRINA}


@pytest.mark.data
def test_new_orleans_would_carry_the_result(real_data):
    found = analyze(homicides(real_data).with_excluded())

    sentences = {flag.kind: flag.sentence for flag in found.flags}
    assert (round(found.effect, 1), found.placebo.rank, found.placebo.n) == (-30.9, 3, 58)
    assert sentences["doubtful_donor"] == f"New Orleans carries 70% of the weight although: {KATRINA}."
    assert sentences["turns_on_one_donor"] == "Without New Orleans the estimate is -19.7 instead of -30.9."
