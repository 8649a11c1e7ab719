"""Stable matchings: no pair blocks them, and no stable matching is better for a mentee."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.matching import blocking_pairs, pool, stable, stable_matching
from lecen.science.matching.result import rather
from tests.science.matching.people import drawn, every_matching, made_by

SEEDS = st.integers(0, 10**6)


def strict(seed):
    """A pool in which nobody holds two others equal."""
    rng = np.random.default_rng(seed)
    own, other = (rng.permuted(np.tile(np.arange(4.0), (4, 1)), axis=1) for _ in range(2))
    return pool(list("abcd"), list("wxyz"), {"own": own}, {"other": other.T}, seats={"w": 2})


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_no_pair_would_both_rather_have_each_other(seed):
    people = drawn(seed, mentees=7, mentors=4)

    assert blocking_pairs(people, stable_matching(people, seed=seed)) == ()


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_mentee_has_the_best_mentor_of_any_stable_matching(seed):
    people = strict(seed)
    own, other = people.given_by(people.mentee_parts), people.given_by(people.mentor_parts)
    everywhere = range(len(own))
    stable_ones = [
        made for made in every_matching(people) if not rather(people, np.isin(everywhere, made), own, other).any()
    ]
    mine = made_by(people, stable_matching(people, seed=1))

    for mentee in range(4):
        best = max(own[at] for made in stable_ones for at in made if people.mentee_of[at] == mentee)
        assert [own[at] for at in mine if people.mentee_of[at] == mentee] == [best]


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_with_the_longest_waiting_first_no_pair_blocks_by_that_order(seed):
    people = drawn(seed, mentees=7, mentors=4)
    found = stable_matching(people, seed=1, longest_waiting_first=True)
    chosen = np.isin(np.arange(len(people.mentee_of)), made_by(people, found))
    by_waiting = people.waited[people.mentee_of] * 10**9 + people.given_by(people.mentor_parts)

    assert not rather(people, chosen, people.given_by(people.mentee_parts), by_waiting).any()


def test_a_bonus_for_waiting_counts_in_the_mentors_eyes():
    people = pool(["a", "b"], ["c"], {"own": [[1], [1]]}, {"other": [[2], [1]]}, waited={"b": 1})

    assert stable_matching(people, seed=1, waiting_bonus=0.5).carried() == {"b": 2}
    assert stable_matching(people, seed=1, waiting_bonus=1.5).carried() == {"a": 1}


def test_required_pairs_hold_their_seats_and_are_not_blocked():
    people = pool(["a", "b"], ["c"], {"own": [[1], [9]]}, {"other": [[1], [9]]}, required=[("a", "c")])
    found = stable_matching(people, seed=1)

    assert (found.carried(), blocking_pairs(people, found)) == ({"b": 1}, ())


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_the_order_of_people_makes_no_difference(seed):
    rng = np.random.default_rng(seed)
    names, mentors, table = list("abcdef"), list("wxyz"), rng.integers(0, 3, (6, 4))
    rows, columns = rng.permutation(6), rng.permutation(4)
    moved = table[np.ix_(rows, columns)]
    shuffled = pool([names[row] for row in rows], [mentors[at] for at in columns], {"own": moved}, {"other": moved})

    assert stable_matching(shuffled, seed=7) == stable_matching(
        pool(names, mentors, {"own": table}, {"other": table}), seed=7
    )


def test_mentees_alike_in_all_have_equal_chances():
    people = pool(["a", "b", "c"], ["d"], {"own": [[5], [5], [5]]})
    winners = [stable_matching(people, seed=seed).pairs[0].mentee for seed in range(300)]

    assert all(75 <= winners.count(name) <= 125 for name in "abc")


def test_mentors_alike_in_all_have_equal_chances():
    people = pool(["a"], ["c", "d", "e"], {"own": [[5, 5, 5]]})
    taken = [stable_matching(people, seed=seed).pairs[0].mentor for seed in range(300)]

    assert all(75 <= taken.count(name) <= 125 for name in "cde")


def test_a_mentor_without_seats_is_passed_over():
    people = pool(["a"], ["c", "d"], {"own": [[2, 1]]}, seats={"c": 0})

    assert [pair.mentor for pair in stable_matching(people, seed=1).pairs] == ["d"]


def test_points_too_fine_for_one_number_are_sorted_all_the_same(monkeypatch):
    people = drawn(3, mentees=7, mentors=4)
    usual = stable_matching(people, seed=1)
    monkeypatch.setattr(stable, "LARGEST_KEY", 0)

    assert stable_matching(people, seed=1) == usual


def test_a_pool_in_which_nobody_may_be_paired():
    assert stable_matching(pool(["a"], ["a"], {"own": [[1]]}), seed=1).carried() == {"a": 1}


def test_a_negative_bonus_is_refused():
    with pytest.raises(ScienceError, match="must not be negative"):
        stable_matching(drawn(1), seed=1, waiting_bonus=-1)


def test_a_word_instead_of_yes_or_no_is_refused():
    with pytest.raises(ScienceError, match="Longest waiting first must be True or False, not 'no'"):
        stable_matching(drawn(1), seed=1, longest_waiting_first="no")
