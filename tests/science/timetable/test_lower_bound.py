"""The bound on clashes holds against every division of small sets, and is close where it should be."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable.lower_bound import fewest_clashes, fewest_turned_away


def least(clash, length, slots):
    """Of every way to put the sessions into slots that follow each other."""
    pairs = [(a, b) for b in range(len(clash)) for a in range(b)]
    return min(
        sum(int(clash[a, b]) for a, b in pairs if slot[a] < slot[b] + length[b] and slot[b] < slot[a] + length[a])
        for slot in product(*(range(slots - long + 1) for long in length))
    )


def bound(clash, slots, length=None, watch=None):
    lengths = np.ones(len(clash), dtype=int) if length is None else np.array(length)
    return fewest_clashes(clash, lengths, slots, watch or Stopwatch())


def symmetric(seed, count, most):
    values = np.triu(np.random.default_rng(seed).integers(0, most, (count, count)), 1)
    return values + values.T


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 4), st.integers(1, 3))
def test_no_timetable_clashes_less_than_the_bound(seed, count, slots, longest):
    clash = symmetric(seed, count, 30)
    length = np.random.default_rng(seed).integers(1, min(longest, slots) + 1, count).tolist()

    assert 0 <= bound(clash, slots, length) <= least(clash, length, slots)


def test_sessions_that_all_clash_alike_are_bounded_exactly():
    assert bound(7 * (1 - np.eye(6, dtype=np.int64)), 3) == 21


def test_with_one_slot_the_bound_is_the_sum_of_all():
    clash = symmetric(1, 6, 30)

    assert bound(clash, 1) == clash.sum() // 2


def test_the_bound_is_near_the_least_of_seven_sessions_in_two_slots():
    clash = symmetric(4, 7, 100)

    assert 0.9 * least(clash, [1] * 7, 2) <= bound(clash, 2)


def test_sessions_that_take_every_slot_clash_all():
    clash = symmetric(2, 4, 30)

    assert bound(clash, 3, [3, 3, 3, 3]) == clash.sum() // 2


def test_no_demand_is_no_clash():
    assert bound(np.zeros((5, 5), dtype=np.int64), 2) == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_without_time_the_bound_on_clashes_holds_but_is_no_higher(seed, count):
    clash = symmetric(seed, count, 30)

    assert 0 <= bound(clash, 2, watch=Stopwatch(0)) <= bound(clash, 2)


def test_each_session_takes_a_place_of_its_own():
    cost = np.array([[1.0, 5.0, 9.0], [2.0, 4.0, np.inf], [3.0, np.inf, np.inf]])

    assert fewest_turned_away(cost, Stopwatch()) == 9 + 4 + 3
    assert fewest_turned_away(cost, Stopwatch(0)) == 1 + 2 + 3
    assert fewest_turned_away(np.empty((0, 3)), Stopwatch()) == fewest_turned_away(np.empty((0, 3)), Stopwatch(0)) == 0
