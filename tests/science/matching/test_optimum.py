"""The best matching against every matching there is, and against a linear program solved apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import csr_array, vstack

from lecen.science.errors import ScienceError
from lecen.science.matching import best_matching, optimum, pool
from tests.science.matching.people import KINDS, drawn, every_matching, made_by, points, score, waits

SEEDS = st.integers(0, 10**6)


@pytest.mark.parametrize("listed", [False, True])
@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_nothing_beats_the_best_matching(listed, seed):
    people = drawn(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimum, "MOST_CELLS", 0 if listed else 10**6)
        found = best_matching(people, seed=1)

    assert (len(found.pairs), found.score) == max((len(made), score(people, made)) for made in every_matching(people))
    assert found.proved


def solved(table, seats):
    """A pool of a table and its best matching; how many pairs and which score SciPy finds for the same, seat by seat."""
    mentees, mentors = [f"m{n:03d}" for n in range(len(table))], [f"w{n:03d}" for n in range(table.shape[1])]
    row, column = linear_sum_assignment(np.repeat(table, seats, axis=1), maximize=True)
    best = np.repeat(table, seats, axis=1)[row, column].sum()
    return best_matching(pool(mentees, mentors, {"own": table}, seats=seats), seed=1), len(row), best


@pytest.mark.parametrize("listed", [False, True])
@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(KINDS), shape=st.tuples(*[st.integers(1, 40)] * 2), seats=st.integers(1, 3), seed=SEEDS)
def test_no_kind_of_points_misleads_it(listed, kind, shape, seats, seed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimum, "MOST_CELLS", 0 if listed else 10**6)
        found, pairs, best = solved(np.rint(points(kind, *shape, seed) * 1e4) / 1e4, seats)

    assert (len(found.pairs), found.proved) == (pairs, True)
    assert found.score == pytest.approx(best)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_points_misleads_it_in_a_pool_of_hundreds(kind):
    found, pairs, best = solved(np.rint(points(kind, 320, 300, 3) * 1e6) / 1e6, 1)

    assert (len(found.pairs), found.proved) == (pairs, True)
    assert found.score == pytest.approx(best)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_who_waited_longest_comes_first_and_no_pair_is_lost(seed):
    people = drawn(seed)
    found = best_matching(people, seed=1, longest_waiting_first=True)
    best = max((waits(people, made), score(people, made)) for made in every_matching(people))

    assert (waits(people, made_by(people, found)), found.score) == best
    assert len(found.pairs) == len(best_matching(people, seed=1).pairs)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_a_bonus_for_waiting_counts_in_points(seed):
    people = drawn(seed)
    found = best_matching(people, seed=1, waiting_bonus=1.5)

    def judged(made):
        return score(people, made) + 1.5 * people.waited[people.mentee_of[made]].sum()

    assert (len(found.pairs), judged(made_by(people, found))) == max(
        (len(made), judged(made)) for made in every_matching(people)
    )


def test_the_best_score_is_that_of_the_linear_program():
    rng = np.random.default_rng(5)
    own = np.rint(rng.random((60, 25)) * 1e4) / 100
    mentees, mentors = [f"m{n:02d}" for n in range(60)], [f"w{n:02d}" for n in range(25)]
    found = best_matching(pool(mentees, mentors, {"own": own}, seats=3), seed=3)
    at = np.arange(own.size)
    rows = csr_array((np.ones(own.size), (at // 25, at)), shape=(60, own.size))
    columns = csr_array((np.ones(own.size), (at % 25, at)), shape=(25, own.size))
    program = linprog(-own.ravel(), vstack([rows, columns]), np.r_[np.ones(60), np.full(25, 3)], method="highs")

    assert found.score == pytest.approx(-program.fun)
    assert (len(found.pairs), found.proved) == (60, True)


def test_required_pairs_are_made_whatever_they_cost():
    people = pool(["a", "b"], ["c", "d"], {"own": [[9, 0], [0, 9]]}, required=[("a", "d")])

    assert [(pair.mentee, pair.mentor, pair.required) for pair in best_matching(people, seed=1).pairs] == [
        ("a", "d", True),
        ("b", "c", False),
    ]


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_people_makes_no_difference(seed):
    rng = np.random.default_rng(seed)
    names, mentors, table = list("abcdef"), list("wxyz"), rng.integers(0, 3, (6, 4))
    rows, columns = rng.permutation(6), rng.permutation(4)
    shuffled = pool(
        [names[row] for row in rows], [mentors[column] for column in columns], {"own": table[np.ix_(rows, columns)]}
    )

    assert best_matching(shuffled, seed=7) == best_matching(pool(names, mentors, {"own": table}), seed=7)


def test_people_alike_in_all_have_equal_chances():
    people = pool(["a", "b", "c"], ["d"], {"own": [[5], [5], [5]]})
    winners = [best_matching(people, seed=seed).pairs[0].mentee for seed in range(300)]

    assert all(75 <= winners.count(name) <= 125 for name in "abc")


@pytest.mark.parametrize("listed", [False, True])
def test_mentors_alike_in_all_have_equal_chances(listed, monkeypatch):
    monkeypatch.setattr(optimum, "MOST_CELLS", 0 if listed else 10**6)
    people = pool(["a", "b"], ["c", "d", "e"], {"own": [[5, 5, 5], [3, 3, 3]]})
    of_a = [best_matching(people, seed=seed).pairs[0].mentor for seed in range(300)]

    assert all(75 <= of_a.count(name) <= 125 for name in "cde")


def test_a_pool_in_which_nobody_may_be_paired():
    found = best_matching(pool(["a"], ["a"], {"own": [[1]]}), seed=1)

    assert (found.pairs, found.carried(), found.score, found.proved) == ((), {"a": 1}, 0.0, True)


def test_mentors_without_seats_take_nobody():
    found = best_matching(pool(["a", "b"], ["c"], {"own": [[1], [2]]}, seats=0), seed=1)

    assert (found.pairs, found.carried(), found.proved) == ((), {"a": 1, "b": 1}, True)


@pytest.mark.parametrize("bonus", [-1, np.nan, "much"])
def test_a_bonus_that_is_none_is_refused(bonus):
    with pytest.raises(ScienceError, match="The bonus for waiting must"):
        best_matching(pool(["a"], ["b"], {"own": [[1]]}), seed=1, waiting_bonus=bonus)


def test_a_word_instead_of_yes_or_no_is_refused():
    with pytest.raises(ScienceError, match="Longest waiting first must be True or False, not 'no'"):
        best_matching(drawn(1), seed=1, longest_waiting_first="no")


def test_more_seats_than_anybody_asks_for_cost_nothing():
    found = best_matching(pool(["a", "b"], ["c", "d"], {"own": [[2, 1], [2, 1]]}, seats=10**9), seed=1)

    assert ([pair.mentor for pair in found.pairs], found.free) == (["c", "c"], {"c": 10**9 - 2, "d": 10**9})


def test_points_whose_sums_would_not_be_exact_are_refused():
    table = np.zeros((2000, 2))
    table[:, 1] = 1e6
    people = pool([f"a{n}" for n in range(2000)], ["b", "c"], {"own": table})

    with pytest.raises(ScienceError, match="too large or too fine to be summed exactly"):
        best_matching(people, seed=1)


def test_more_listed_seats_than_can_be_worked_with_are_refused(monkeypatch):
    monkeypatch.setattr(optimum, "MOST_CELLS", 0)
    monkeypatch.setattr(optimum, "MOST_LISTED", 3)

    with pytest.raises(ScienceError, match="4 candidates, each counted once a seat, are too many"):
        best_matching(pool(["a", "b"], ["c"], {"own": [[1], [2]]}, seats=2), seed=1)
