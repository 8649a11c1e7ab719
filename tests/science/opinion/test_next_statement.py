"""The next statement: probabilities with the properties promised, and a gain over drawing all alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.arrays import generator
from lecen.science.errors import ScienceError
from lecen.science.opinion import next_statement, statement_priorities
from tests.science.opinion.known_shares import errors_of_shares, gains

COUNTS = st.integers(1, 8).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 500), min_size=size, max_size=size), min_size=3, max_size=3)
)


def priorities(votes, **options):
    agree, disagree, passed = votes
    return statement_priorities(agree=agree, disagree=disagree, passed=passed, **options)


@given(COUNTS, st.data(), st.floats(0.01, 0.99))
def test_every_unseen_statement_has_its_part_and_no_seen_one_any(votes, data, exploration):
    size = len(votes[0])
    seen = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))

    found = priorities(votes, seen=seen, exploration=exploration)

    assert (found[seen] == 0).all()
    assert (found[~seen] >= exploration / max((~seen).sum(), 1) - 1e-12).all()
    assert found.sum() == pytest.approx(0 if seen.all() else 1)


@given(COUNTS, st.data())
def test_the_order_of_statements_does_not_matter(votes, data):
    order = data.draw(st.permutations(range(len(votes[0]))))

    assert priorities(np.array(votes)[:, order]) == pytest.approx(priorities(votes)[order])


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.integers(1, 10))
def test_more_votes_of_the_same_kind_lower_the_priority(agree, disagree, passed, times):
    few = np.array([agree + 1, disagree + 1, passed + 1])

    found = priorities(np.column_stack([few, few * (times + 1)]))

    assert found[0] > found[1]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_of_two_statements_the_one_more_people_pass_comes_later(one, other, third):
    low, middle, high = sorted((one, other, third))

    found = priorities([[high, middle], [middle, low], [low, high]])

    assert found[0] >= found[1] - 1e-12


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=6))
def test_importance_raises_the_priority_whatever_its_unit(importance):
    votes = np.full((3, len(importance)), 10)

    found = priorities(votes, importance=importance)

    assert (np.diff(found[np.argsort(importance)]) >= -1e-12).all()
    assert found == pytest.approx(priorities(votes, importance=np.array(importance) * 1000))


def test_a_new_statement_comes_first():
    assert priorities([[0, 5, 50], [0, 5, 50], [0, 0, 0]]).argmax() == 0


def test_the_formula_of_the_page():
    shares = np.array([[4, 1], [3, 1], [2, 1]]) / [[9, 3]]
    weight = (shares * (1 - shares)).sum(axis=0) / [7 * 8, 1 * 2] * (1 - shares[2]) * [1 + 0.5, 1 + 1]

    found = priorities([[3, 0], [2, 0], [1, 0]], importance=[2, 4], exploration=0.2)

    assert found == pytest.approx(0.8 * weight / weight.sum() + 0.1)


def test_the_draw_follows_the_probabilities():
    votes = [[3, 0, 40], [2, 0, 40], [1, 0, 0]]
    agree, disagree, passed = votes

    drawn = [next_statement(agree=agree, disagree=disagree, passed=passed, seed=seed) for seed in range(3000)]

    assert np.bincount(drawn) / 3000 == pytest.approx(priorities(votes), abs=0.03)


def test_the_same_seed_draws_the_same_and_nothing_is_left_when_all_is_seen():
    votes = {"agree": [1, 2], "disagree": [0, 1], "passed": [0, 0]}

    assert next_statement(**votes, seed=4) == next_statement(**votes, seed=4)
    assert next_statement(**votes, seen=[False, True], seed=4) == 0
    assert next_statement(**votes, seen=[True, True], seed=4) is None


def test_a_million_statements_are_weighed():
    votes = np.ones((3, 1_000_000), dtype=np.int64)

    assert priorities(votes).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agree": []}, "at least one number"),
        ({"agree": [1, -2]}, "Counts of people who agree must be whole"),
        ({"passed": [0.5, 1]}, "Counts of people who pass must be whole"),
        ({"disagree": [1]}, "one length"),
        ({"seen": [True]}, "true or false for each of the 2"),
        ({"seen": [[True], [True, False]]}, "true or false for each of the 2"),
        ({"seen": [0, 1]}, "true or false for each of the 2"),
        ({"importance": [1]}, "Importance must be a number from 0"),
        ({"importance": [-1, 0]}, "Importance must be a number from 0"),
        ({"importance": [np.nan, 0]}, "Importance must be finite"),
        ({"exploration": 0}, "The part of exploration must lie between"),
        ({"seed": -1}, "The seed must be at least 0"),
        ({"seed": 0.5}, "The seed must be a whole number"),
    ],
)
def test_what_cannot_be_weighed_is_refused(change, message):
    with pytest.raises(ScienceError, match=message):
        next_statement(**({"agree": [1, 2], "disagree": [0, 1], "passed": [0, 0], "seed": 1} | change))


@settings(max_examples=20)
@given(st.floats(1e-300, 1e300))
def test_importance_of_any_size_is_taken(size):
    assert priorities([[1, 2], [1, 2], [1, 2]], importance=[size, size / 2]).sum() == pytest.approx(1)


def test_shares_become_more_exact_than_by_drawing_all_alike():
    """At equal votes, half of the statements written late; `make bench` shows more, and where nothing is gained."""
    gain = gains(np.array([errors_of_shares(generator(seed), late=0.5, people=150) for seed in range(25)]))

    half_width = 2.06 * gain.std(ddof=1) / np.sqrt(len(gain))  # t at 24 degrees of freedom
    assert gain.mean() - half_width > 0
