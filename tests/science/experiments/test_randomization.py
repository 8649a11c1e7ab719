"""Randomization tests against SciPy's, all draws tried by hand, and the interval against its definition."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lecen.science.errors import ScienceError
from lecen.science.experiments import difference, randomization_test

RNG = np.random.default_rng(9)


def gap(outcome, arms):
    return outcome[arms == 1].mean() - outcome[arms == 0].mean()


def test_a_small_trial_tries_every_assignment():
    outcome, arms = np.array([3.1, 2.2, 5.9, 4.4, 1.0, 7.3, 6.6]), np.array([0, 0, 1, 0, 0, 1, 1])
    found = randomization_test(outcome, arms, people=False, seed=1)
    theirs = stats.permutation_test(
        (outcome[arms == 1], outcome[arms == 0]), lambda x, y: np.mean(x) - np.mean(y), permutation_type="independent"
    )

    assert (found.exact, found.assignments) == (True, 35)
    assert (found.p_value, found.smallest_p) == (pytest.approx(theirs.pvalue), pytest.approx(2 / 35))
    assert found.effect == pytest.approx(gap(outcome, arms))


def test_pairs_try_every_swap():
    outcome = RNG.normal(size=16)
    arms, pairs = np.tile([0, 1], 8), np.repeat(np.arange(8), 2)
    found = randomization_test(outcome, arms, blocks=pairs, people=False, seed=1)
    theirs = stats.permutation_test(
        (outcome[1::2] - outcome[::2],), np.mean, permutation_type="samples", n_resamples=1000
    )

    assert (found.exact, found.assignments, found.p_value) == (True, 256, pytest.approx(theirs.pvalue))


def test_clusters_are_drawn_whole():
    clusters = np.repeat(np.arange(6), [3, 4, 3, 3, 5, 3])
    outcome, arms = RNG.normal(size=21) + 9 * (clusters < 3), (clusters < 3).astype(int)
    found = randomization_test(outcome, arms, clusters=clusters, seed=1)

    assert (found.assignments, found.p_value, found.smallest_p) == (20, pytest.approx(0.1), 0.1)


def test_the_effect_is_that_of_the_difference():
    arms, blocks = np.tile([0, 1, 1, 0, 1], 8), np.repeat(np.arange(4), 10)
    outcome = RNG.normal(size=40)

    assert randomization_test(outcome, arms, blocks=blocks, seed=2, draws=99).effect == pytest.approx(
        difference(outcome, arms, blocks=blocks).effect
    )


def test_drawn_assignments_come_close_to_all_of_them_and_repeat_with_the_seed():
    outcome, arms = RNG.normal(size=14), np.tile([0, 1], 7)
    outcome[arms == 1] += 1
    exact = randomization_test(outcome, arms, people=False, seed=3)
    drawn = randomization_test(outcome, arms, people=False, seed=3, draws=3000)

    assert (exact.exact, drawn.exact, drawn.assignments) == (True, False, 3001)
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.02)
    assert drawn.interval == pytest.approx(exact.interval, abs=0.15)
    assert drawn == randomization_test(outcome, arms, people=False, seed=3, draws=3000)


def test_drawn_assignments_keep_each_blocks_number():
    arms, blocks = np.repeat([1, 0, 1, 0], [2, 8, 7, 3]), np.repeat([0, 1], 10)
    outcome = 100.0 * blocks + RNG.normal(size=20)
    found = randomization_test(outcome, arms, blocks=blocks, people=False, seed=4, draws=500)

    # Were blocks mixed, differences of a hundred would turn up and the interval with them.
    assert found.interval.high - found.interval.low < 10


def definition(outcome, arms, effect, tail):
    """The one-sided p-value of an effect alike for all, by trying every assignment."""
    off = outcome - effect * arms
    actual = gap(off, arms)
    others = [gap(off, np.isin(np.arange(len(arms)), picks)) for picks in combinations(range(len(arms)), arms.sum())]
    return np.mean([tail * other >= tail * actual - 1e-9 for other in others])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-10, 10), min_size=7, max_size=7, unique=True))
def test_the_interval_ends_where_the_test_turns(values):
    outcome, arms = np.array(values), np.array([1, 0, 1, 0, 1, 0, 0])
    low, high = randomization_test(outcome, arms, people=False, seed=1, level=0.8).interval
    step = 1e-6 * (1 + abs(low) + abs(high))

    assert definition(outcome, arms, low - step, 1) <= 0.1 < definition(outcome, arms, low + step, 1)
    assert definition(outcome, arms, high + step, -1) <= 0.1 < definition(outcome, arms, high - step, -1)


def test_too_few_assignments_give_no_interval():
    found = randomization_test([1.0, 2, 3, 5], [0, 0, 1, 1], people=False, seed=1)

    assert (found.assignments, found.interval, found.smallest_p) == (6, None, pytest.approx(1 / 3))


def test_a_million_units_do_not_hang():
    arms = np.tile([0, 1], 500_000)

    with pytest.raises(ScienceError, match="take fewer draws"):
        randomization_test(np.arange(1e6), arms, seed=1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seed": -1}, "seed must be at least 0"),
        ({"draws": 10}, "Draws must be at least 99"),
        ({"level": 1}, "level must lie between"),
        ({"outcome": np.ones(20)}, "same everywhere"),
    ],
)
def test_a_test_that_cannot_be_made_is_refused(change, sentence):
    given_ = {"outcome": np.arange(20.0), "treated": np.tile([0, 1], 10), "seed": 1} | change

    with pytest.raises(ScienceError, match=sentence):
        randomization_test(**given_)
