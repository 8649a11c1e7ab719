"""Prices prove the best matching and no other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.matching import prices
from tests.science.matching.people import drawn, every_matching


def weights(people):
    return people.given_by(people.mentee_parts) + people.given_by(people.mentor_parts) + 100_000_000


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_exactly_the_best_matchings_are_proved(seed):
    people = drawn(seed)
    weight = weights(people)
    best = max(int(weight[made].sum()) for made in every_matching(people))
    offers = prices.Offers(people.mentee_of, people.mentor_of, weight, people.seats)
    start = np.random.default_rng(seed).integers(0, 3 * 10**8, len(people.mentors))
    for made in every_matching(people):
        picked = np.isin(np.arange(len(weight)), made)
        proved = prices.proves(offers, picked, start)

        assert proved == (int(weight[made].sum()) == best)


def test_the_lowest_price_of_a_wanted_seat_is_what_the_loser_would_give():
    offers = prices.Offers(np.array([0, 1]), np.array([0, 0]), np.array([7, 9]), np.array([1]))
    price = prices.settled_prices(offers, np.array([False, True]), np.zeros(1, dtype=np.int64))

    assert price.tolist() == [7]


def test_prices_rise_along_a_chain_to_its_end():
    """Each mentee has the mentor of their number and wants the next one's seat by 1 more; the first seat costs 5."""
    mentee = np.r_[np.repeat(np.arange(6), 2)[:-1], 6]
    mentor = np.r_[np.repeat(np.arange(6), 2)[1:], 0]
    offers = prices.Offers(mentee, mentor, np.r_[np.tile([10, 11], 6)[:-1], 5], np.ones(6, dtype=np.int64))
    held = (offers.weight == 10) & (mentee == mentor)

    assert prices.settled_prices(offers, held, np.zeros(6, dtype=np.int64)).tolist() == [5, 6, 7, 8, 9, 10]


def test_prices_that_never_settle_end_without_a_proof():
    mentee, mentor, weight = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([1, 9, 9, 1])
    crossed = np.array([True, False, False, True])

    assert (
        prices.proves(prices.Offers(mentee, mentor, weight, np.array([1, 1])), crossed, np.zeros(2, dtype=np.int64))
        is False
    )


@pytest.mark.parametrize("picked", [[True, False], [False, True]])
def test_a_tie_is_proved_either_way(picked):
    offers = prices.Offers(np.array([0, 1]), np.array([0, 0]), np.array([5, 5]), np.array([1]))

    assert prices.proves(offers, np.array(picked), np.zeros(1, dtype=np.int64))
