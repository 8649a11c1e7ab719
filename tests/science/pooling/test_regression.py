"""Meta-regression and the small-study check against published figures; refused where studies are few."""

import numpy as np
import pytest
from statsmodels.api import WLS

from lecen.science.errors import ScienceError
from lecen.science.pooling import meta_regression, small_study_check
from tests.science.pooling.trials import DESIGN, EFFECTS, ERRORS, LATITUDE

MODERATOR = LATITUDE[:, None]


def test_bcg_by_latitude_equals_the_published_figures():
    found = meta_regression(EFFECTS, ERRORS, MODERATOR, names=["latitude"], basis=DESIGN)
    intercept, latitude = found.coefficients

    assert (intercept.effect, intercept.standard_error) == pytest.approx((0.2515, 0.2839), abs=5e-5)
    assert (latitude.effect, latitude.standard_error) == pytest.approx((-0.0291, 0.0082), abs=5e-5)
    assert (*latitude.interval, latitude.p_value) == pytest.approx((-0.0472, -0.0111, 0.0046), abs=5e-5)
    # The published search stopped at 0.0764 with F 12.5905 and 75.62 %; carried to the end it gives the figures here.
    assert (found.tau_squared, found.f, found.explained) == pytest.approx((0.07635, 12.591, 0.75627), abs=5e-4)
    assert found.degrees == (1, 11)


def test_a_moderator_in_other_units_tells_the_same():
    plain = meta_regression(EFFECTS, ERRORS, MODERATOR, names=["latitude"], basis=DESIGN)
    other = meta_regression(EFFECTS, ERRORS, 1e6 + 1000 * MODERATOR, names=["latitude"], basis=DESIGN)

    assert other.p_value == pytest.approx(plain.p_value, rel=1e-6)


@pytest.mark.parametrize(
    ("count", "table", "names", "sentence"),
    [
        (9, MODERATOR[:9], ["latitude"], "at least 10 for 1, and there are 9"),
        (13, np.column_stack([LATITUDE, LATITUDE**2]), ["a", "b"], "at least 20 for 2"),
        (13, np.ones((13, 1)), ["same"], "'same' is the same"),
        (13, MODERATOR, ["a", "b"], "a name a column"),
        (13, MODERATOR, "a", "a name a column"),
        (13, MODERATOR[:12], ["a"], "as many rows"),
        (13, np.full((13, 1), np.nan), ["a"], "finite"),
        (13, np.ones((13, 100_000)), ["a"] * 100_000, "at least 1000000"),
    ],
)
def test_moderators_that_the_studies_cannot_carry_are_refused(count, table, names, sentence):
    with pytest.raises(ScienceError, match=sentence):
        meta_regression(EFFECTS[:count], ERRORS[:count], table, names=names, basis=DESIGN)


def test_a_moderator_that_follows_from_another_is_refused():
    effects, errors = np.tile(EFFECTS, 2), np.tile(ERRORS, 2)
    table = np.column_stack([np.tile(LATITUDE, 2), 90 - np.tile(LATITUDE, 2)])

    with pytest.raises(ScienceError, match="follows from the others"):
        meta_regression(effects, errors, table, names=["from the equator", "from the pole"], basis=DESIGN)


def test_moderators_that_are_nearly_the_same_are_refused():
    effects, errors, latitude = np.tile(EFFECTS, 2), np.tile(ERRORS, 2), np.tile(LATITUDE, 2)
    table = np.column_stack([latitude, latitude + 1e-9 * np.arange(26)])

    with pytest.raises(ScienceError, match="hardly be told apart"):
        meta_regression(effects, errors, table, names=["here", "nearly here"], basis=DESIGN)


def test_a_moderator_whose_zero_lies_far_away_is_no_trouble():
    found = meta_regression(EFFECTS, ERRORS, 1e7 + MODERATOR, names=["far"], basis=DESIGN)

    assert (found.coefficients[1].effect, found.coefficients[1].standard_error) == pytest.approx(
        (-0.0291, 0.0082), abs=5e-5
    )


def test_the_small_study_check_of_bcg_equals_the_published_figures():
    found = small_study_check(EFFECTS, ERRORS)

    assert (found.t, found.degrees, found.p_value) == (
        pytest.approx(-1.4013, abs=5e-5),
        11,
        pytest.approx(0.1887, abs=5e-5),
    )
    assert (found.limit, *found.limit_interval) == pytest.approx((-0.1909, -0.6753, 0.2935), abs=5e-5)


def test_the_small_study_check_equals_a_weighted_regression_of_statsmodels():
    found = small_study_check(EFFECTS, ERRORS)
    theirs = WLS(EFFECTS, np.column_stack([np.ones(13), ERRORS]), weights=1 / ERRORS**2).fit()

    assert (found.limit, found.slope) == pytest.approx(theirs.params)
    assert found.t == pytest.approx(theirs.tvalues[1])


@pytest.mark.parametrize(
    ("effects", "errors", "sentence"),
    [
        (EFFECTS[:9], ERRORS[:9], "at least 10 studies, not 9"),
        (EFFECTS, np.full(13, 0.2), "equally precise"),
        (EFFECTS, 0.2 + 1e-6 * np.arange(13), "equally precise"),
        (np.arange(1.0, 14), np.arange(1.0, 14), "one line"),
    ],
)
def test_a_check_that_says_nothing_is_refused(effects, errors, sentence):
    with pytest.raises(ScienceError, match=sentence):
        small_study_check(effects, errors)
