"""Related neighbors and spikes before the start."""

import numpy as np
import pytest

from lecen.science.interrupted_series.diagnostics import autocorrelation, spike_before
from lecen.science.interrupted_series.series import terms_of

RNG = np.random.default_rng(31)
TERMS = terms_of(40, 20, None)


def test_the_correlation_of_neighbors_and_its_test():
    residuals = np.sin(np.arange(60) / 4)
    found = autocorrelation(residuals, 0.9)
    middle = residuals - residuals.mean()

    assert found.first == pytest.approx(middle[1:] @ middle[:-1] / (middle @ middle))
    assert (found.lags, found.corrected, found.p_value < 1e-6) == (10, 0.9, True)


@pytest.mark.parametrize(("jump", "place", "high"), [(6.0, 19, True), (-6.0, 18, False)])
def test_a_spike_just_before_the_start_is_named(jump, place, high):
    series = RNG.normal(size=40)
    series[place] = jump
    found = spike_before(series, TERMS)

    assert (found.place, found.high, found.distance > 3) == (place, high, True)


def test_a_steady_rise_is_no_spike():
    assert spike_before(np.arange(40.0), TERMS) is None
    assert spike_before(np.arange(40.0) + 0.1 * np.tile([0, 1], 20), TERMS) is None


def test_a_jump_after_a_series_without_noise_is_a_spike():
    series = np.zeros(40)
    series[19:] = 1

    assert spike_before(series, TERMS).place == 19


def test_a_quiet_series_is_flagged_in_five_of_a_hundred():
    flagged = sum(spike_before(RNG.normal(size=40), TERMS) is not None for _ in range(1000))

    assert 25 <= flagged <= 75


def test_eight_periods_with_seasons_too_few_to_forecast_fall_back_to_a_line():
    terms = terms_of(16, 8, 4)

    assert terms.columns.shape[1] == 6
    assert spike_before(np.concatenate([np.tile([0.0, 0.1], 3), [0, 9], np.zeros(8)]), terms).place == 7
