"""Joining two waves: whom, whom not, and in whatever order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.waves.matching import match_waves
from tests.science.waves.people import two_waves

# Ten people who come twice and are far from everybody in these tests.
CROWD = [(f"p{place}", f"q{place}", f"r{place}", place + 100) for place in range(10)]


def joined(first, second, **how):
    """Pairs beyond the crowd, and the ambiguous, as places after it."""
    found = match_waves(CROWD + first, CROWD + second, **how)
    pairs = {(int(one) - 10, int(other) - 10) for one, other in zip(found.first, found.second, strict=True)}
    ambiguous = (found.ambiguous_first - 10).tolist(), (found.ambiguous_second - 10).tolist()
    return {pair for pair in pairs if pair[0] >= 0}, *ambiguous


def as_pairs(first, second):
    return {*zip(np.asarray(first).tolist(), np.asarray(second).tolist(), strict=True)}


def test_the_same_code_is_the_same_person():
    assert joined([("a", "b", "c", 1)], [("A", "b", "c ", 1)]) == ({(0, 0)}, [], [])


@pytest.mark.parametrize("second", [("a", "b", "x", 1), ("a", None, "c", 1)])
def test_one_element_may_differ_or_be_left_out(second):
    assert joined([("a", "b", "c", 1)], [second]) == ({(0, 0)}, [], [])
    assert joined([("a", "b", "c", 1)], [second], tolerate=0) == (set(), [], [])


def test_two_elements_may_not_differ():
    assert joined([("a", "b", "c", 1)], [("a", "x", None, 1)]) == (set(), [], [])


def test_the_same_code_goes_before_one_that_is_near():
    assert joined([("a", "b", "c", 1)], [("a", "b", "x", 1), ("a", "b", "c", 1)]) == ({(0, 1)}, [], [])


def test_two_near_codes_leave_a_choice_and_nobody_is_joined():
    assert joined([("a", "b", "c", 1)], [("a", "b", "x", 1), ("a", "y", "c", 1)]) == (set(), [0], [0, 1])


def test_a_code_two_people_share_joins_neither_and_keeps_others_from_taking_it():
    first = [("a", "b", "c", 1), ("a", "b", "c", 1), ("a", "b", "x", 1)]

    assert joined(first, [("a", "b", "c", 1)]) == (set(), [0, 1, 2], [0])
    assert joined(first, [("a", "b", "c", 1)], tolerate=0) == (set(), [0, 1], [0])


def test_every_person_is_joined_ambiguous_or_unmatched():
    waves = two_waves(1, 200, 100, 50)
    found = match_waves(waves.first, waves.second)
    first = np.concatenate([found.first, found.ambiguous_first, found.unmatched_first])
    second = np.concatenate([found.second, found.ambiguous_second, found.unmatched_second])

    assert np.array_equal(np.sort(first), np.arange(300))
    assert np.array_equal(np.sort(second), np.arange(250))
    assert found.people == (300, 250)
    assert found.matched_share == (len(found.first) / 300, len(found.first) / 250)


@given(st.integers(0, 1_000))
@settings(max_examples=15)
def test_the_order_of_people_and_of_elements_does_not_matter(seed):
    waves = two_waves(seed, 60, 20, 20, elements=(12, 10, 5, 8))
    chance = np.random.default_rng(seed)
    order, other, elements = chance.permutation(80), chance.permutation(80), chance.permutation(4)
    found = match_waves(waves.first, waves.second)
    turned = match_waves(
        [tuple(waves.first[place][element] for element in elements) for place in order],
        [tuple(waves.second[place][element] for element in elements) for place in other],
    )

    assert as_pairs(order[turned.first], other[turned.second]) == as_pairs(found.first, found.second)
    assert turned.errors.false_matches == pytest.approx(found.errors.false_matches)


@given(st.integers(0, 1_000))
@settings(max_examples=15)
def test_the_waves_may_change_places(seed):
    waves = two_waves(seed, 60, 10, 40, elements=(12, 10, 5, 8))
    there, back = match_waves(waves.first, waves.second), match_waves(waves.second, waves.first)

    assert as_pairs(back.second, back.first) == as_pairs(there.first, there.second)
    assert back.errors.false_matches == pytest.approx(there.errors.false_matches)
    assert back.errors.missed_share == pytest.approx(there.errors.missed_share)


def test_everybody_with_one_code_joins_nobody():
    found = match_waves([(1, 2, 3)] * 20_000, [(1, 2, 3)] * 20_000)  # 400 million pairs agree

    assert (len(found.first), len(found.ambiguous_first), len(found.ambiguous_second)) == (0, 20_000, 20_000)
    assert (found.errors.false_matches, found.errors.present_in_both) == (0, None)


def test_waves_of_nobody_in_common_join_nobody():
    found = match_waves([(place, 0, place) for place in range(20)], [(place, 1, -place - 1) for place in range(20)])

    assert (len(found.first), found.errors.false_share, found.errors.present_in_both) == (0, 0, None)
    assert "of the smaller wave could be joined" in " ".join(found.cautions)


def test_codes_of_which_every_element_is_left_out_join_nobody():
    assert len(match_waves([(None, None, None)] * 12, [(None, None, None)] * 12).unmatched_first) == 12


def test_the_report_keeps_small_counts_back():
    waves = two_waves(2, 200, 60, 60)
    report = match_waves(waves.first, waves.second).report()["first"]

    assert report.total.value == 260
    assert report.cells["3 left a choice"].suppressed


@pytest.mark.parametrize("tolerate", [2, -1, True, 0.5, None])
def test_other_tolerances_are_refused(tolerate):
    with pytest.raises(ScienceError, match="0 or 1 elements"):
        match_waves(CROWD, CROWD, tolerate=tolerate)


def test_waves_of_different_codes_are_refused():
    with pytest.raises(ScienceError, match=r"same number of elements; these have \[3, 4\]"):
        match_waves(CROWD, [code[:3] for code in CROWD])
