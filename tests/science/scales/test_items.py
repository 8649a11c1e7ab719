"""Statistics of items: right, and silent about small numbers."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.scales.answers import Scale
from lecen.science.scales.items import describe_items
from tests.science.scales.published import ATTITUDE, free

FIVE = Scale(("a", "b", "c"), 1, 5, reverse=("c",))


def simulated(people=300, seed=1):
    chance = np.random.default_rng(seed)
    trait = chance.normal(size=(people, 1))
    answers = np.clip(np.round(3 + trait + 0.7 * chance.normal(size=(people, 3))), 1, 5)
    answers[:, 2] = 6 - answers[:, 2]
    answers[: people // 10, 0] = np.nan
    return answers


def test_an_item_is_described_after_reversal():
    answers = simulated()
    [_, _, item] = describe_items(answers, FIVE).items
    turned = 6 - answers[:, 2]

    assert (item.name, item.reversed, item.answered, item.missing_share) == ("c", True, 300, 0)
    assert (item.mean, item.standard_deviation) == pytest.approx((turned.mean(), turned.std(ddof=1)))
    assert (item.floor_share, item.ceiling_share) == pytest.approx(((turned == 1).mean(), (turned == 5).mean()))


def test_missing_answers_are_told_and_not_counted():
    answers = simulated()
    report = describe_items(answers, FIVE)

    assert (report.people, report.complete) == (300, 270)
    assert (report.items[0].answered, report.items[0].missing_share) == (270, pytest.approx(0.1))
    assert report.items[0].mean == pytest.approx(np.nanmean(answers[:, 0]))


def test_correlation_with_the_rest_and_alpha_without_an_item_equal_another_route():
    items = describe_items(ATTITUDE, free(7)).items
    rest = [np.corrcoef(ATTITUDE[:, i], np.delete(ATTITUDE, i, 1).sum(axis=1))[0, 1] for i in range(7)]
    without = []
    for i in range(7):
        covariance = np.cov(np.delete(ATTITUDE, i, 1).T)
        off = covariance.sum() - np.trace(covariance)
        without.append(6 / 5 * off / covariance.sum())

    assert [item.rest_correlation for item in items] == pytest.approx(rest)
    assert [item.alpha_without for item in items] == pytest.approx(without)


def test_a_small_count_at_the_end_of_an_item_is_withheld():
    item = describe_items([[1, 2]] * 5 + [[3, 2]] * 40 + [[5, 4]] * 45, Scale(("a", "b"), 1, 5)).items[0]

    assert (item.floor_share, item.ceiling_share) == (None, 0.5)
    assert item.mean == pytest.approx((5 + 120 + 225) / 90)


def test_nobody_at_an_end_is_withheld_like_any_small_count():
    item = describe_items([[2, 2]] * 40 + [[3, 4]] * 45, Scale(("a", "b"), 1, 5)).items[0]

    assert (item.floor_share, item.ceiling_share) == (None, None)


@pytest.mark.parametrize("others", [0, 9])
def test_the_mean_of_an_item_answered_alike_is_withheld(others):
    item = describe_items([[5, 1]] * 90 + [[1, 5]] * others + [[5, 5]] * 30, Scale(("a", "b"), 1, 5)).items[0]

    assert (item.mean, item.standard_deviation, item.ceiling_share) == (None, None, None)


@pytest.mark.parametrize(("yes", "shown"), [(9, None), (10, 0.1)])
def test_the_mean_of_a_yes_or_no_item_is_withheld_with_its_counts(yes, shown):
    item = describe_items([[1, 0]] * yes + [[0, 1]] * (100 - yes), Scale(("a", "b"), 0, 1)).items[0]

    assert (item.mean, item.ceiling_share) == (shown, shown)


def test_the_mean_of_three_answers_is_withheld_where_one_count_is_small():
    counts = [(0, 30), (1, 40), (2, 9)]
    item = describe_items([[value, value] for value, n in counts for _ in range(n)], Scale(("a", "b"), 0, 2)).items[0]

    assert (item.mean, item.floor_share) == (None, pytest.approx(30 / 79))


def test_ends_in_fractions_are_still_ends():
    answers = [[0.7, 0.1]] * 20 + [[0.1, 0.4]] * 20 + [[0.4, 0.7]] * 20
    scale = Scale(("a", "b"), 0.1, 0.7, step=0.1, reverse=("a",))

    assert describe_items(answers, scale).items[0].floor_share == pytest.approx(1 / 3)


def test_an_item_answered_by_fewer_than_10_is_refused():
    answers = simulated(60)
    answers[9:, 1] = np.nan

    with pytest.raises(ScienceError, match="'b' was answered by 9 people"):
        describe_items(answers, FIVE)


def test_too_few_complete_people_leave_the_figures_of_several_items_open():
    answers = np.full((40, 3), np.nan)
    answers[:20, 0], answers[20:, 1], answers[10:30, 2] = [1, 5] * 10, [2, 5] * 10, [3, 4] * 10
    item = describe_items(answers, FIVE).items[0]

    assert (item.answered, item.rest_correlation, item.alpha_without) == (20, None, None)


def test_an_item_that_does_not_vary_has_no_correlation():
    answers = simulated()
    answers[:, 1] = 3
    items = describe_items(answers, FIVE).items

    assert (items[1].rest_correlation, items[0].alpha_without, items[1].mean) == (None, None, None)


def test_a_reversal_that_was_forgotten_is_named():
    [caution] = describe_items(simulated(), Scale(("a", "b", "c"), 1, 5)).cautions

    assert (caution.code, caution.text.endswith("c")) == ("item-against", True)


def test_few_answers_are_told():
    assert [caution.code for caution in describe_items(simulated(60), FIVE).cautions] == ["few-answers"]
