"""Sizes of trials against statsmodels, closed forms and simulated power."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import power_proportions_2indep

from lecen.science.errors import ScienceError
from lecen.science.experiments import (
    detectable_clustered,
    detectable_difference,
    detectable_share,
    people_needed,
    units_needed,
)


@pytest.mark.parametrize(
    ("treated", "comparison", "power"), [(10, 10, 0.8), (12, 40, 0.9), (300, 200, 0.8), (3, 3, 0.8)]
)
def test_the_detectable_difference_has_its_power_by_statsmodels(treated, comparison, power):
    effect = detectable_difference(treated, comparison, power=power)

    # The chance to find the wrong sign, which they add, is below 1 in 10,000 here.
    assert TTestIndPower().power(effect, treated, 0.05, comparison / treated) == pytest.approx(power, abs=2e-4)


def test_many_units_are_taken_by_the_normal_curve():
    assert detectable_difference(10**6, 10**6) == pytest.approx((1.959964 + 0.841621) * np.sqrt(2e-6), rel=1e-5)


def test_the_difference_is_in_the_outcomes_units():
    assert detectable_difference(50, 50, deviation=12) == pytest.approx(12 * detectable_difference(50, 50))


@pytest.mark.parametrize(("difference", "published"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_the_units_needed_equal_cohens_table(difference, published):
    # Cohen, Psychological Bulletin 112 (1992) 155-159, table 2 gives 393, 64, 26; 393 comes out at a power of 0.7995.
    assert units_needed(difference) == published


def test_units_needed_are_the_fewest_that_are_enough():
    needed = units_needed(0.31)

    assert detectable_difference(needed, needed) <= 0.31 < detectable_difference(needed - 1, needed - 1)


@pytest.mark.parametrize("baseline", [0.1, 0.5, 0.72])
def test_detectable_shares_have_their_power_by_statsmodels(baseline):
    found = detectable_share(150, 250, baseline=baseline)

    for share in (found.below, found.above):
        power = power_proportions_2indep(share - baseline, baseline, 150, ratio=250 / 150, alpha=0.05)
        assert power.power == pytest.approx(0.8, abs=5e-3)


def test_a_share_that_none_could_be_told_from_has_no_other_side():
    found = detectable_share(15, 15, baseline=0.05)

    assert (found.below, found.above > 0.4) == (None, True)


def test_clusters_of_one_person_are_people():
    assert detectable_clustered(20, 20, people=1, icc=0.3) == pytest.approx(detectable_difference(20, 20))


def test_people_alike_within_clusters_are_worth_one():
    many = detectable_clustered(6, 6, people=10**9, icc=0.04)

    assert many == pytest.approx(np.sqrt(0.04) * detectable_difference(6, 6), rel=1e-6)


def test_unequal_clusters_find_less():
    assert detectable_clustered(6, 6, people=30, icc=0.05, variation=0.8) > detectable_clustered(
        6, 6, people=30, icc=0.05
    )


def test_simulated_trials_of_clusters_find_the_detectable_difference_as_often_as_promised():
    rng = np.random.default_rng(1)
    effect = detectable_clustered(5, 5, people=20, icc=0.1)
    means = rng.normal(0, np.sqrt(0.1 + 0.9 / 20), (4000, 10))
    means[:, :5] += effect
    found = stats.ttest_ind(means[:, :5], means[:, 5:], axis=1).pvalue < 0.05

    assert found.mean() == pytest.approx(0.8, abs=0.025)


def test_people_needed_are_the_fewest_that_are_enough():
    needed = people_needed(0.4, 16, icc=0.03)

    assert detectable_clustered(8, 8, people=needed, icc=0.03) <= 0.4
    assert detectable_clustered(8, 8, people=needed - 1, icc=0.03) > 0.4


def test_few_clusters_say_what_they_find_at_best():
    best = np.sqrt(0.05) * detectable_difference(3, 3)

    with pytest.raises(ScienceError, match=f"6 clusters are too few.*nothing below {best:.3g}"):
        people_needed(0.4, 6, icc=0.05)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: detectable_difference(1, 10), "treated arm must be at least 2"),
        (lambda: detectable_difference(10, 10, power=0.3), "at least 0.5"),
        (lambda: detectable_difference(10, 10, deviation=0), "must be positive"),
        (lambda: detectable_difference(10, 10, deviation=float("nan")), "finite"),
        (lambda: units_needed(0), "hundred million"),
        (lambda: units_needed("large"), "finite number"),
        (lambda: detectable_share(9, 50, baseline=0.5), "at least 10"),
        (lambda: detectable_share(50, 50, baseline=1), "between 0 and 1"),
        (lambda: detectable_clustered(5, 5, people=0, icc=0.1), "at least 1"),
        (lambda: detectable_clustered(5, 5, people=9, icc=1), "below 1"),
        (lambda: detectable_clustered(5, 5, people=9, icc=0.1, variation=-1), "not be negative"),
        (lambda: people_needed(0.2, 7, icc=0.1), "even number"),
        (lambda: people_needed(0.2, 2, icc=0.1), "at least 4"),
    ],
)
def test_sizes_out_of_range_are_refused(ask, sentence):
    with pytest.raises(ScienceError, match=sentence):
        ask()
