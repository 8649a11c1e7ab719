"""Differences and errors against Welch's test, formulas written out, every possible draw, and simulated truth."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from lecen.science.errors import ScienceError
from lecen.science.experiments import clustered_difference, difference

RNG = np.random.default_rng(5)
ARMS = np.tile([0, 1, 1], 10)
OUTCOME = RNG.normal(size=30) + ARMS
BLOCKS = np.repeat([0, 1], [12, 18])


def test_a_complete_design_equals_welchs_test():
    found = difference(OUTCOME, ARMS)
    theirs = stats.ttest_ind(OUTCOME[ARMS == 1], OUTCOME[ARMS == 0], equal_var=False)

    assert (found.p_value, found.degrees) == pytest.approx((theirs.pvalue, theirs.df))
    assert found.interval == pytest.approx(tuple(theirs.confidence_interval()))
    assert (found.treated.rows, found.comparison.rows) == (20, 10)


def test_blocks_count_by_their_units():
    found = difference(OUTCOME, ARMS, blocks=BLOCKS)
    parts = [difference(OUTCOME[rows], ARMS[rows], people=False) for rows in (slice(12), slice(12, 30))]

    assert found.effect == pytest.approx(0.4 * parts[0].effect + 0.6 * parts[1].effect)
    assert found.standard_error**2 == pytest.approx(
        0.16 * parts[0].standard_error ** 2 + 0.36 * parts[1].standard_error ** 2
    )


def test_matched_pairs_equal_the_paired_test():
    pairs, arms = np.repeat(np.arange(15), 2), np.tile([0, 1], 15)
    found = difference(OUTCOME, arms, blocks=pairs)
    theirs = stats.ttest_rel(OUTCOME[arms == 1], OUTCOME[arms == 0])

    assert (found.p_value, found.degrees) == pytest.approx((theirs.pvalue, 14))
    assert found.interval == pytest.approx(tuple(theirs.confidence_interval()))


def test_the_error_of_unequal_lonely_blocks_covers_the_true_spread_on_average():
    sizes, rng = [2, 3, 4, 3, 2, 5], np.random.default_rng(8)
    blocks = np.repeat(np.arange(6), sizes)
    none = rng.normal(size=19) + blocks
    gain = rng.normal(0.3, 0.5, 6)[blocks]
    effects, squares = [], []
    for picks in product(*(range(size) for size in sizes)):
        arms = np.zeros(19)
        arms[np.cumsum([0, *sizes[:-1]]) + picks] = 1
        found = difference(np.where(arms == 1, none + gain, none), arms, blocks=blocks, people=False)
        effects.append(found.effect)
        squares.append(found.standard_error**2)

    assert np.mean(effects) == pytest.approx(gain.mean())
    assert np.mean(squares) >= np.var(effects)


def test_over_all_draws_the_effect_is_unbiased_and_its_error_not_too_small():
    rng = np.random.default_rng(3)
    none, with_it = rng.normal(size=8), rng.normal(0.5, 2, size=8)
    effects, squares = [], []
    for picks in combinations(range(8), 3):
        arms = np.isin(np.arange(8), picks)
        found = difference(np.where(arms, with_it, none), arms, people=False)
        effects.append(found.effect)
        squares.append(found.standard_error**2)

    assert np.mean(effects) == pytest.approx((with_it - none).mean())
    assert np.mean(squares) == pytest.approx(np.var(effects) + np.var(with_it - none, ddof=1) / 8)


CLUSTERS = np.repeat(np.arange(8), [3, 5, 2, 6, 4, 3, 7, 4])
CLUSTER_ARMS = (CLUSTERS % 2).astype(int)
CLUSTER_OUTCOME = RNG.normal(size=34) + RNG.normal(size=8)[CLUSTERS]
MEANS = np.array([part.mean() for part in np.split(CLUSTER_OUTCOME, np.flatnonzero(np.diff(CLUSTERS)) + 1)])


def test_clusters_are_compared_by_their_means():
    found = difference(CLUSTER_OUTCOME, CLUSTER_ARMS, clusters=CLUSTERS)
    theirs = stats.ttest_ind(MEANS[1::2], MEANS[::2], equal_var=False)

    assert (found.p_value, found.assigned, found.treated.units) == (pytest.approx(theirs.pvalue), "clusters", 4)
    assert found.cautions == ("Only 8 clusters were assigned; show the randomization test beside this interval.",)


def test_clusters_in_blocks_are_compared_within_them():
    found = difference(CLUSTER_OUTCOME, CLUSTER_ARMS, blocks=CLUSTERS // 2, clusters=CLUSTERS)

    assert found.p_value == pytest.approx(stats.ttest_rel(MEANS[1::2], MEANS[::2]).pvalue)


def test_people_in_clusters_are_each_counted_once():
    found = clustered_difference(CLUSTER_OUTCOME, CLUSTER_ARMS, CLUSTERS)
    gap = CLUSTER_OUTCOME[CLUSTER_ARMS == 1].mean() - CLUSTER_OUTCOME[CLUSTER_ARMS == 0].mean()

    assert found.effect == pytest.approx(gap)
    assert 2 < found.degrees < 6


def test_clusters_of_one_size_have_the_same_difference_and_error_either_way():
    clusters = np.repeat(np.arange(10), 4)
    arms, outcome = clusters % 2, RNG.normal(size=40)
    people, means = clustered_difference(outcome, arms, clusters), difference(outcome, arms, clusters=clusters)

    assert (people.effect, people.standard_error) == pytest.approx((means.effect, means.standard_error))
    assert people.degrees == pytest.approx(8)


@pytest.mark.parametrize("factor", [1e-90, 1e90])
def test_units_of_the_outcome_do_not_matter(factor):
    plain, other = difference(OUTCOME, ARMS), difference(OUTCOME * factor, ARMS)

    assert (other.p_value, other.effect) == pytest.approx((plain.p_value, plain.effect * factor))


@pytest.mark.parametrize(
    ("outcome", "sentence"), [(np.ones(30), "same everywhere"), (ARMS * 0.1, "does not vary within")]
)
def test_an_outcome_without_chance_in_it_is_refused(outcome, sentence):
    with pytest.raises(ScienceError, match=sentence):
        difference(outcome, ARMS)


def test_two_blocks_with_single_units_are_too_few_for_an_error():
    arms, blocks = np.array([1, 0, 0, 1, 0, 0, 0]), [0, 0, 0, 1, 1, 1, 1]

    with pytest.raises(ScienceError, match=r"2 blocks have one unit in an arm.*randomization_test"):
        difference(OUTCOME[:7], arms, blocks=blocks, people=False)


def test_people_in_clusters_without_variation_are_refused():
    with pytest.raises(ScienceError, match="does not vary within"):
        clustered_difference(CLUSTER_ARMS * 0.1, CLUSTER_ARMS, CLUSTERS)
