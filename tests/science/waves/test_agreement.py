"""Counting who agrees, against comparing every pair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.waves.agreement import agreement, agreement_within, clear_near_pairs

TABLE = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).integers(-1, 3, (25, 4)))


def differs(one, other):
    """People by people by elements: where two codes differ or one left the element out."""
    return (one[:, None] != other[None]) | (one[:, None] < 0) | (other[None] < 0)


@given(TABLE, TABLE)
@settings(max_examples=50)
def test_counts_and_places_are_those_of_every_pair(one, other):
    found, apart = agreement(one, other), differs(one, other)
    equal, near = apart.sum(axis=2) == 0, (apart.sum(axis=2) == 1)[:, :, None] & apart

    assert np.array_equal(found.equal, equal.sum(axis=1))
    assert np.array_equal(found.near, near.sum(axis=1).T)
    assert np.array_equal(found.place, (equal | near.any(axis=2)) @ np.arange(len(other)))


@given(TABLE)
@settings(max_examples=50)
def test_within_a_wave_nobody_agrees_with_themselves(codes):
    found, apart = agreement_within(codes), differs(codes, codes).sum(axis=2)
    others = ~np.eye(len(codes), dtype=bool)

    assert np.array_equal(found.equal, ((apart == 0) & others).sum(axis=1))
    assert np.array_equal(found.near.sum(axis=0), ((apart == 1) & others).sum(axis=1))
    assert np.array_equal(found.place, ((apart <= 1) & others) @ np.arange(len(codes)))


def test_pairs_with_nobody_in_their_way_are_counted():
    # 0 and 1 are near and alone; 2, 3 and 4 differ from each other in the last element only.
    codes = np.array([[0, 0, 0], [0, 0, 1], [5, 5, 1], [5, 5, 2], [5, 5, 3], [9, 8, 7]])

    assert clear_near_pairs(codes, 1, 0) == pytest.approx(1)
    assert clear_near_pairs(codes, 0, 0) == pytest.approx(4)
    assert clear_near_pairs(codes, 0.5, 0.25) == pytest.approx(1 + 3 * 0.25)


def test_codes_alike_in_full_are_no_near_pair_but_stand_in_the_way_of_one():
    codes = np.array([[0, 0, 0], [0, 0, 0], [0, 0, 1]])

    assert clear_near_pairs(codes, 0, 0) == pytest.approx(2)
    assert clear_near_pairs(codes, 0.5, 0.5) == pytest.approx(0)
