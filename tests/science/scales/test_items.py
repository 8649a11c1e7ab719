"""Statistics of items: right, and silent about small numbers."""

from itertools import combinations

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.scales.answers import Scale
from lecen.science.scales.items import describe_items
from lecen.science.scales.scores import mean_score
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

    assert (item.name, item.reversed, item.answered) == ("c", True, 300)
    assert (item.mean, item.standard_deviation) == pytest.approx((turned.mean(), turned.std(ddof=1)))
    assert (item.floor_share, item.ceiling_share) == pytest.approx(((turned == 1).mean(), (turned == 5).mean()))


def test_missing_answers_are_told_and_not_counted():
    answers = simulated()
    answers[-20:] = np.nan
    report = describe_items(answers, FIVE)

    assert (report.people, report.complete) == (300, 250)
    assert (report.items[0].answered, report.items[0].missing_share) == (250, pytest.approx(1 / 6))
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

    with pytest.raises(ScienceError, match="'b' was answered by fewer than 10"):
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

    assert (caution.startswith("These items go against the others"), caution.endswith("c")) == (True, True)


@pytest.mark.parametrize(("people", "cautions"), [(99, 1), (100, 0)])
def test_few_answers_are_told(people, cautions):
    answers = np.array([[1, 2, 3], [5, 4, 1]] * 50)[:people]

    assert len(describe_items(answers, Scale(("a", "b", "c"), 1, 5, reverse=("c",))).cautions) == cautions


def test_of_fewer_than_10_who_answered_every_item_not_even_the_number_is_told():
    answers = simulated(60)
    answers[np.arange(57), np.arange(57) % 3] = np.nan
    report = describe_items(answers, FIVE)

    assert (report.complete, report.cautions) == (None, ())


def test_how_many_left_an_item_out_is_not_told_of_fewer_than_10():
    answers = simulated()
    answers[:29, 0] = 3  # one person of 300 left the first item out
    report = describe_items(answers, FIVE)

    assert (report.people, [item.missing_share for item in report.items]) == (None, [None] * 3)


def test_scores_and_items_together_do_not_tell_what_one_person_answered():
    answers = simulated()
    answers[:29, 0] = 3  # one person of 300 left the first item out
    items = describe_items(answers, FIVE).items
    found = mean_score(answers, FIVE, design="opt-in")

    assert {item.answered for item in items} == {found.scored}
    assert 3 * found.mean == pytest.approx(sum(item.mean for item in items))


def counted(item, options, k):
    """List the counts of answers 0, 1, ... that agree with everything told of an item."""
    n, squares = item.answered, (np.arange(options) ** 2).tolist()
    for bars in combinations(range(n + options - 1), options - 1):
        counts = np.diff([-1, *bars, n + options - 1]) - 1
        total, square = float(counts @ np.arange(options)), float(counts @ squares)
        fits = [item.mean is None or abs(item.mean * n - total) < 1e-6]
        fits += [
            item.standard_deviation is None or abs(item.standard_deviation**2 * (n - 1) - square + total**2 / n) < 1e-6
        ]
        fits += [
            share is None or round(share * n) == counts[place]
            for share, place in ((item.floor_share, 0), (item.ceiling_share, options - 1))
        ]
        if all(fits):
            yield counts


@pytest.mark.parametrize("counts", [(4, 1, 4, 5), (0, 6, 7, 3), (5, 5, 2, 3), (3, 6, 0, 4), (2, 3, 4, 6), (1, 8, 5, 1)])
def test_whoever_tries_all_counts_finds_every_small_one_open(counts):
    answers = np.repeat(np.arange(4.0), counts)
    [item, _] = describe_items(np.column_stack([answers, answers]), Scale(("a", "b"), 0, 3), k=3).items
    left = np.array(list(counted(item, 4, 3)))

    for place in np.flatnonzero(np.array(counts) < 3):
        assert set(range(3)) <= set(left[:, place].tolist())
