"""Changes of level and trend against the truth they were made with, statsmodels, and full matrices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.api import OLS

from lecen.science.errors import ScienceError
from lecen.science.interrupted_series import interrupted_series
from lecen.science.interrupted_series.series import terms_of

RNG = np.random.default_rng(41)
TIME = np.arange(48)
AFTER = (TIME >= 20).astype(float)
NOISE = RNG.normal(size=48)
TRUTH = 30 + 0.5 * (TIME - 20) - 4 * AFTER - 0.25 * AFTER * (TIME - 20)


def test_changes_that_were_put_in_come_out():
    found = interrupted_series(TRUTH + 1e-4 * NOISE, 20)

    assert (found.level.estimate, found.slope.estimate, found.trend_before) == pytest.approx((-4, -0.25, 0.5), abs=1e-3)
    assert found.average.estimate == pytest.approx(-4 - 0.25 * 13.5, abs=1e-3)
    assert found.expected == pytest.approx(30 + 0.5 * (TIME - 20), abs=1e-2)


def test_estimates_and_newey_west_errors_equal_statsmodels():
    series = TRUTH + np.tile([1.0, -1.0], 24) + 0.2 * NOISE
    design = np.column_stack([np.ones(48), TIME - 20, AFTER, AFTER * (TIME - 20)])
    theirs = OLS(series, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})
    plain = OLS(series, design).fit()
    found = interrupted_series(series, 20)

    assert found.lags == 3
    assert (found.level.estimate, found.slope.estimate) == pytest.approx(tuple(theirs.params[2:]))
    # Neighbors that swing back and forth: the plain error is the larger one here and counts.
    assert found.level.standard_error == pytest.approx(max(theirs.bse[2], plain.bse[2]))


def test_newey_west_counts_where_it_is_larger():
    wild = np.where((TIME > 44) | ((TIME >= 20) & (TIME < 23)), 8, 0.3)
    series = TRUTH + np.random.default_rng(9).normal(size=48) * wild
    design = np.column_stack([np.ones(48), TIME - 20, AFTER, AFTER * (TIME - 20)])
    theirs = OLS(series, design).fit(cov_type="HAC", cov_kwds={"maxlags": 0, "use_correction": True})

    assert theirs.bse[3] > OLS(series, design).fit().bse[3]
    assert interrupted_series(series, 20, lags=0).slope.standard_error == pytest.approx(theirs.bse[3])


def test_seasons_are_taken_out():
    winter = 6 * np.cos(2 * np.pi * np.arange(72) / 12) + 2 * np.sin(4 * np.pi * np.arange(72) / 12)
    series = winter - 3 * (np.arange(72) >= 30) + 0.1 * RNG.normal(size=72)
    with_seasons = interrupted_series(series, 30, periods_per_year=12)

    assert with_seasons.level.estimate == pytest.approx(-3, abs=0.2)
    assert interrupted_series(series, 30).level.standard_error > 10 * with_seasons.level.standard_error


def test_a_control_series_takes_out_what_both_share():
    shared = 5 * (TIME >= 20) + RNG.normal(size=48)
    alone, compared = (
        interrupted_series(TRUTH + shared, 20),
        interrupted_series(TRUTH + shared + 0.1 * NOISE, 20, control=shared),
    )

    assert (alone.level.estimate, compared.level.estimate) == (pytest.approx(1, abs=2), pytest.approx(-4, abs=0.3))
    assert "without a comparison" in alone.cautions[0]
    assert compared.cautions == ()


def test_a_start_after_a_spike_is_said():
    series = 0.3 * NOISE
    series[19] = 5

    assert "unusually high period" in interrupted_series(series, 20).cautions[1]


def test_related_neighbors_are_said_and_widen_the_interval():
    walk = np.cumsum(RNG.normal(size=48))
    found = interrupted_series(walk, 24)
    design = terms_of(48, 24, None).columns

    assert found.autocorrelation.corrected > 0.3
    assert "only 48" in found.cautions[-1]
    assert found.level.standard_error > 1.5 * OLS(walk, design).fit().bse[2]
    assert found.degrees < 44


@settings(max_examples=30, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e3))
def test_units_do_not_matter(shift, factor):
    plain = interrupted_series(NOISE, 20)
    moved = interrupted_series(factor * NOISE + shift, 20)

    assert moved.level.estimate == pytest.approx(factor * plain.level.estimate, rel=1e-3)
    assert moved.level.p_value == pytest.approx(plain.level.p_value, abs=1e-4)


def test_a_long_series_is_no_trouble():
    found = interrupted_series(np.random.default_rng(1).normal(size=20_000), 9_000, periods_per_year=365)

    assert (found.seasons, found.lags) == ("2 waves a year", 12)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"outcome": np.full(48, 0.1)}, "never varies"),
        ({"outcome": TRUTH}, "follows its lines exactly"),
        ({"control": np.ones(47)}, "47 periods"),
        ({"control": np.full(48, np.nan)}, "finite"),
        ({"control": TRUTH + NOISE}, "never varies"),
        ({"lags": 25}, "at most 24"),
        ({"level": 0}, "between 0 and 1"),
        ({"start": 5}, "at least 8 periods"),
    ],
)
def test_a_series_that_tells_nothing_is_refused(change, sentence):
    with pytest.raises(ScienceError, match=sentence):
        interrupted_series(**({"outcome": TRUTH + NOISE, "start": 20} | change))
