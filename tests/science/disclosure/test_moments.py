"""What a mean and a deviation tell of counts."""

from itertools import product

import numpy as np
import pytest

from lecen.science.disclosure.moments import deviation_tells, leave_open, nearly_unanimous


@pytest.mark.parametrize(("others", "unanimous"), [(0, True), (9, True), (10, False)])
def test_all_but_fewer_than_k_alike_are_nearly_unanimous(others, unanimous):
    assert nearly_unanimous(np.array([5.0] * 30 + [1.0] * others), 10) is unanimous


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_answers_of_any_size_are_told_apart(size):
    assert not nearly_unanimous(np.array([1.0, 2.0] * 15) * size, 10)


def test_a_small_count_among_few_answers_is_told_by_the_deviation():
    assert deviation_tells(np.repeat([0.0, 1, 2], [50, 3, 40]), 10)


@pytest.mark.parametrize("values", [np.repeat([0.0, 1, 2], 20), np.random.default_rng(1).normal(size=40)])
def test_no_small_count_or_many_answers_may_be_described_by_a_deviation(values):
    assert not deviation_tells(values, 10)


def test_counts_of_k_or_more_need_no_room():
    assert leave_open([0, 1, 2], [10, 10, 10], k=10)


def test_the_middle_of_four_answers_follows_from_both_ends_and_the_mean():
    assert leave_open(range(4), [40, 3, 30, 27], k=10)
    assert not leave_open(range(4), [40, 3, 30, 27], k=10, known=[0, 3])


def test_a_mean_next_to_the_end_of_the_scale_tells_how_few_are_elsewhere():
    assert not leave_open(range(5), [0, 0, 0, 12, 300], k=10)


@pytest.mark.parametrize(
    ("options", "people", "known"), [(3, 14, ()), (4, 14, ()), (5, 9, ()), (5, 12, (4,)), (6, 10, (0, 5))]
)
def test_what_is_said_to_be_open_is_open_to_whoever_tries_all_whole_counts(options, people, known):
    possible = {}
    for counts in product(range(people + 1), repeat=options):
        if sum(counts) == people:
            told = sum(place * count for place, count in enumerate(counts)), *(counts[place] for place in known)
            possible.setdefault(told, []).append(counts)

    for tables in possible.values():
        reach = [{counts[place] for counts in tables} for place in range(options)]
        for counts in tables:
            small = [place for place in range(options) if counts[place] < 3 and place not in known]
            if leave_open(range(options), counts, k=3, known=known):
                assert all({0, 1, 2} <= reach[place] for place in small), counts
