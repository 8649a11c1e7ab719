"""Scores of people and their mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lecen.science.errors import ScienceError
from lecen.science.scales.answers import Scale
from lecen.science.scales.scores import items_needed, mean_score, score_people

FOUR = Scale(("a", "b", "c", "d"), 0, 4, reverse=("d",))
ANSWER = st.one_of(st.none(), st.integers(0, 4))


def simulated(people=120, seed=5):
    chance = np.random.default_rng(seed)
    answers = chance.integers(0, 5, (people, 4)).astype(float)
    answers[chance.random(answers.shape) < 0.2] = np.nan
    return answers


def test_a_score_is_the_mean_of_the_items_answered():
    persons = score_people([[4, 3, None, None], [4, 4, 4, 0], [None, None, None, 4], [None] * 4], FOUR)

    assert np.array_equal(persons.values, [3.5, 4, np.nan, np.nan], equal_nan=True)
    assert (persons.scored, persons.unscored, persons.needed) == (2, 2, 2)


@given(st.lists(ANSWER, min_size=4, max_size=4).filter(lambda row: row[:3].count(None) <= 1))
def test_an_unanswered_item_never_counts_as_zero(row):
    plain = Scale(FOUR.names, 0, 4)
    [score] = score_people([row], plain).values
    answered = [answer for answer in row if answer is not None]

    assert score == pytest.approx(sum(answered) / len(answered))


@pytest.mark.parametrize(("items", "share", "needed"), [(4, 0.5, 2), (5, 0.5, 3), (5, 0.6, 3), (5, 1, 5), (5, 0.01, 1)])
def test_how_many_items_a_share_means(items, share, needed):
    assert items_needed(items, share) == needed


@pytest.mark.parametrize("share", [0, -1, 1.1, True, "half", float("nan")])
def test_a_share_out_of_range_is_refused(share):
    with pytest.raises(ScienceError, match="The least share must lie between 0 and 1"):
        score_people([[1, 2, 3, 4]], FOUR, least_share=share)


def test_the_mean_and_its_interval_equal_those_of_scipy():
    values = score_people(simulated(), FOUR).values
    values = values[~np.isnan(values)]
    found = mean_score(simulated(), FOUR, design="probability")

    assert (found.mean, found.interval.low, found.interval.high) == pytest.approx(
        (values.mean(), *stats.ttest_1samp(values, 0).confidence_interval(0.95))
    )
    assert (found.people, found.scored, found.unscored) == (None, len(values), None)


def test_many_people_without_a_score_are_told():
    found = mean_score(simulated(), FOUR, design="probability", least_share=1)

    assert ["rest on" in found.cautions[0], "too little to be scored" in found.cautions[1]] == [True, True]


def test_order_of_people_does_not_matter():
    answers = simulated()

    assert mean_score(answers[::-1], FOUR, design="opt-in").mean == pytest.approx(
        mean_score(answers, FOUR, design="opt-in").mean
    )


def test_fewer_than_10_scored_people_are_not_described():
    with pytest.raises(ScienceError, match="Fewer than 10 people answered enough"):
        mean_score([*[[1, 2, 3, 4], [2, 2, 2, 2], [0, 0, 1, 1]] * 3, [None] * 4], FOUR, design="opt-in")


@pytest.mark.parametrize("others", [0, 9])
def test_a_mean_of_people_who_scored_alike_is_not_told(others):
    with pytest.raises(ScienceError, match="a score that fewer than 10 have"):
        mean_score([[4, 4, 4, 0]] * 40 + [[1, 1, 1, 1]] * others, FOUR, design="opt-in")


def test_the_interval_stays_inside_the_scale():
    found = mean_score([[4, 4, 4, 0]] * 11 + [[0, 0, 0, 4]] * 10, FOUR, design="probability", level=0.9999999)

    assert found.interval == (0, 4)


def test_people_who_chose_to_answer_get_no_margin():
    found = mean_score(simulated(), FOUR, design="opt-in")

    assert (found.interval, "not representative" in found.cautions[0]) == (None, True)


def test_how_people_were_found_must_be_said():
    with pytest.raises(ScienceError, match="The design must be"):
        mean_score(simulated(), FOUR, design="random")


def test_many_without_a_score_are_told_with_their_number():
    answers = np.vstack([np.tile([[4.0, 4, 4, 0], [1, 2, 3, 4]], (20, 1)), np.full((10, 4), np.nan)])
    found = mean_score(answers, FOUR, design="opt-in")

    assert (found.people, found.scored, found.unscored) == (50, 40, 10)


def test_a_deviation_that_would_tell_a_small_count_is_not_told():
    yes_or_no = Scale(("a", "b"), 0, 1)
    with pytest.raises(ScienceError, match="a score that fewer than 10 have"):
        mean_score([[0, 0]] * 50 + [[0, 1]] * 3 + [[1, 1]] * 40, yes_or_no, design="opt-in")
