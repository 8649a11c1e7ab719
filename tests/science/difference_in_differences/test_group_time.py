"""Group-time effects beside an estimator written unit by unit, simulated truth, and another implementation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.difference_in_differences import (
    NEVER,
    Inference,
    group_time_effects,
    influence_functions,
    wide_panel,
)
from lecen.science.difference_in_differences.comparisons import Base, Controls
from lecen.science.errors import ScienceError
from tests.science.difference_in_differences.panels import by_hand, staggered

# csdid 0.4.3, method "dr" without covariates, bstrap=False; bench_difference_in_differences.py runs it again.
COUNTIES = {
    (2004, 2004): (-0.01050325, 0.02325104),
    (2004, 2005): (-0.07042316, 0.03098477),
    (2004, 2006): (-0.13725874, 0.03643566),
    (2004, 2007): (-0.10081136, 0.03435923),
    (2006, 2004): (0.00652011, 0.02332681),
    (2006, 2005): (-0.00275082, 0.01955856),
    (2006, 2006): (-0.00459461, 0.01775520),
    (2006, 2007): (-0.04122447, 0.02022918),
    (2007, 2004): (0.03050666, 0.01503356),
    (2007, 2005): (-0.00272589, 0.01639583),
    (2007, 2006): (-0.03108712, 0.01787751),
    (2007, 2007): (-0.02605441, 0.01665544),
}


@pytest.mark.data
def test_effects_and_errors_on_county_employment_are_those_of_another_implementation(counties):
    effects = group_time_effects(counties)

    places = zip(effects.cohorts.tolist(), effects.periods.tolist(), strict=True)
    found = dict(zip(places, zip(effects.estimates.values, effects.estimates.errors, strict=True), strict=True))
    assert found == {place: pytest.approx(pair, abs=6e-9) for place, pair in COUNTIES.items()}


@pytest.mark.parametrize("controls", ["never", "not_yet"])
@pytest.mark.parametrize("base", ["varying", "universal"])
def test_effects_and_contributions_are_those_found_unit_by_unit(controls: Controls, base: Base):
    panel = staggered(effect=1.0)

    effects = group_time_effects(panel, controls=controls, base=base)

    places = zip(effects.cohorts, effects.periods, effects.bases, strict=True)
    pairs = [by_hand(panel, cohort, period, base_, controls) for cohort, period, base_ in places]
    np.testing.assert_allclose(effects.estimates.values, [effect for effect, _ in pairs], atol=1e-12)
    contributions = np.column_stack([each for _, each in pairs])
    np.testing.assert_allclose(influence_functions(effects), contributions, atol=1e-14)
    np.testing.assert_allclose(effects.estimates.errors, np.sqrt((contributions**2).sum(axis=0)), rtol=1e-12)


def test_without_noise_the_effects_are_the_true_ones():
    since = np.array([2, 2, 3, 3, NEVER, NEVER])
    levels, path = np.array([5.0, 1, 7, 2, 9, 4]), np.array([0.0, 3, 1, 4, 2])
    outcomes = levels[:, None] + path + 2.0 * np.maximum(np.arange(5) - since[:, None] + 1, 0)

    effects = group_time_effects(wide_panel(outcomes, since), inference=Inference(method="analytic"))

    truth = 2.0 * np.maximum(effects.periods - effects.cohorts + 1, 0)
    np.testing.assert_allclose(effects.estimates.values, truth, atol=1e-12)
    assert np.isnan(effects.estimates.errors).all()  # nothing varies but by rounding


def test_units_treated_from_the_start_are_left_out_and_counted():
    panel = staggered(dates=(0, 2, 3, NEVER))
    kept = panel.treated_from > 0

    effects = group_time_effects(panel)
    without = group_time_effects(wide_panel(panel.outcomes[kept], panel.treated_from[kept]))

    assert effects.left_out == 30
    np.testing.assert_allclose(effects.estimates.values, without.estimates.values, atol=1e-12)
    np.testing.assert_allclose(effects.estimates.errors, without.estimates.errors)
    assert (influence_functions(effects)[~kept] == 0).all()


def test_the_counts_beside_an_effect_are_those_of_its_units():
    effects = group_time_effects(staggered(units=62), controls="not_yet")

    at = (effects.cohorts == 2) & (effects.periods == 3)
    assert (effects.treated[at].tolist(), effects.controls[at].tolist()) == ([16], [30])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.sampled_from(["never", "not_yet"]))
def test_levels_common_paths_and_units_of_measure_change_nothing_but_the_scale(seed, shift, scale, controls):
    panel = staggered(units=24, seed=seed)
    other = panel.outcomes * scale + shift * np.arange(24)[:, None] + shift * np.arange(6) ** 2

    one = group_time_effects(panel, controls=controls).estimates
    two = group_time_effects(wide_panel(other, panel.treated_from), controls=controls).estimates

    unit = 1e-9 * (scale + abs(shift))
    np.testing.assert_allclose(two.values, one.values * scale, atol=unit)
    known = np.isfinite(two.errors)
    np.testing.assert_allclose(two.errors[known], (one.errors * scale)[known], atol=unit)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_small_panel_gives_finite_effects_or_is_refused(data):
    units, periods = data.draw(st.integers(2, 8)), data.draw(st.integers(2, 5))
    numbers = st.one_of(st.integers(-3, 3), st.floats(-1e99, 1e99))
    outcomes = data.draw(
        st.lists(st.lists(numbers, min_size=periods, max_size=periods), min_size=units, max_size=units)
    )
    dates = st.sampled_from([*range(periods + 2), NEVER])
    since = data.draw(st.lists(dates, min_size=units, max_size=units))
    controls = data.draw(st.sampled_from(["never", "not_yet"]))
    try:
        effects = group_time_effects(wide_panel(outcomes, since), controls=controls)
    except ScienceError:
        return
    assert np.isfinite(effects.estimates.values).all()
