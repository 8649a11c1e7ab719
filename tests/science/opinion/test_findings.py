"""What sets groups apart, what they share and what divides them, against other people's code and known truths."""

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests

from lecen.science.arrays import generator
from lecen.science.intervals import share_difference, wilson
from tests.science.opinion.known_shares import described, draw_votes, false_discoveries, shares_of_groups

PEOPLE = np.array([200, 200])
# Group 0 agrees with the first statement, group 1 with the second, both with the third; the fourth divides nobody.
VOTES = np.array([
    [[120, 30, 140, 60], [30, 110, 150, 55]],
    [[30, 100, 20, 60], [90, 30, 20, 65]],
    [[20, 20, 20, 30], [25, 20, 15, 30]],
])  # fmt: skip


def test_what_sets_each_group_apart_is_listed_by_side():
    found = described(VOTES, PEOPLE).representative

    assert [(one.group, one.side, one.statement) for one in found] == [
        (0, "agree", 0),
        (0, "disagree", 1),
        (1, "agree", 1),
        (1, "disagree", 0),
    ]


def test_p_values_equal_fisher_tests_adjusted_by_statsmodels():
    agree, disagree, _ = VOTES
    n = VOTES.sum(axis=0)
    plain = []
    for side in (agree, disagree):
        for group in range(2):
            own, other = side[group], side[1 - group]
            plain += [
                fisher_exact([[own[s], n[group, s] - own[s]], [other[s], n[1 - group, s] - other[s]]], "greater")[1]
                if own[s] / n[group, s] - other[s] / n[1 - group, s] >= 0.1
                else 1
                for s in range(4)
            ]
    adjusted = multipletests([*plain, *[1] * 8], method="fdr_by")[1]  # 8 tests of "not agree", withheld here

    found = {(one.side, one.group, one.statement): one.p_value for one in described(VOTES, PEOPLE).representative}

    keys = [(side, group, statement) for side in ("agree", "disagree") for group in range(2) for statement in range(4)]
    expected = {key: p for key, p in zip(keys, adjusted[:16], strict=True) if p <= 0.05}
    assert found == pytest.approx(expected)


def test_a_listed_statement_carries_both_shares_and_their_difference():
    one = described(VOTES, PEOPLE).representative[0]
    low, high = share_difference([120], [170], [30], [145])

    assert (one.share.count, one.share.n, one.others.count, one.others.n) == (120, 170, 30, 145)
    assert (one.low, one.high) == pytest.approx((low[0], high[0]))
    assert one.difference == pytest.approx(120 / 170 - 30 / 145)


def test_a_trivial_difference_among_huge_groups_is_not_listed():
    votes = VOTES.copy()
    votes[:] = [[[500_000]], [[300_000]], [[200_000]]]
    votes[0, 0] += 20_000  # 51 % against 50 %

    found = described(votes, np.array([2_000_000, 2_000_000]))

    assert found.representative == ()
    assert len(described(votes, np.array([2_000_000, 2_000_000]), least_difference=0).representative) > 0


def test_where_disagreeing_and_passing_are_counted_together_a_group_stands_out_by_not_agreeing():
    votes = np.array([[[120], [30]], [[30], [100]], [[20], [5]]])

    found = described(votes, PEOPLE).representative

    assert [(one.group, one.side) for one in found] == [(0, "agree"), (1, "not agree")]


def test_everybody_else_is_withheld_where_fewer_than_k_of_them_think_so():
    votes = np.array([[[60], [30], [30]], [[30], [20], [20]], [[20], [20], [20]]])

    whole = described(votes, np.array([200, 200, 200]), k=10)

    assert all(one.others.count >= 10 for one in whole.representative)


def test_common_ground_is_ranked_by_the_least_favorable_group():
    votes = np.array([
        [[80, 140, 95], [90, 150, 150]],
        [[40, 20, 40], [45, 20, 20]],
        [[20, 20, 20], [25, 15, 15]],
    ])  # fmt: skip

    found = described(votes, PEOPLE).common_ground

    assert [(one.statement, one.side, one.least_group) for one in found] == [(1, "agree", 0), (2, "agree", 0)]
    assert found[0].least.low == pytest.approx(wilson([140], [180])[0][0])


def test_common_ground_is_what_all_reject_too():
    votes = np.array([[[20], [20]], [[140], [150]], [[20], [15]]])

    assert [one.side for one in described(votes, PEOPLE).common_ground] == ["disagree"]


def test_division_is_ranked_by_what_is_sure_of_the_gap():
    found = described(VOTES, PEOPLE).division
    low, high = share_difference([120], [170], [30], [145])

    assert [one.statement for one in found[:2]] == [0, 1]
    assert (found[0].highest, found[0].lowest) == (0, 1)
    assert (found[0].low, found[0].high) == pytest.approx((low[0], high[0]))


def test_the_gap_of_three_groups_is_bounded_by_the_pairs_together():
    votes = np.array([[[100], [60], [30]], [[30], [50], [70]], [[20], [40], [50]]])

    one = described(votes, np.array([200, 200, 200])).division[0]
    low, high = share_difference([100], [150], [30], [150], 1 - 0.05 / 3)

    assert (one.highest, one.lowest, one.low, one.high) == (0, 2, pytest.approx(low[0]), pytest.approx(high[0]))


def test_one_group_shares_nothing_and_is_not_apart():
    found = described(VOTES[:, :1], PEOPLE[:1])

    assert (found.representative, found.common_ground, found.division) == ((), (), ())


def test_where_nothing_differs_hardly_any_list_holds_a_statement():
    """The upper end of the interval over repetitions; `make bench` runs larger ones."""
    parts, _ = false_discoveries(generator(3), np.array([150, 150]), statements=4, apart=0, repetitions=350)

    _, high = wilson([parts.sum()], [len(parts)])
    assert high[0] <= 0.05


@pytest.mark.parametrize("people", [(150, 150), (150, 80, 120)])
def test_where_half_differs_the_false_part_of_the_lists_stays_below_the_rate(people):
    parts, _ = false_discoveries(generator(3), np.array(people), statements=30, apart=0.5, repetitions=50)

    assert parts.mean() + 2.01 * parts.std(ddof=1) / np.sqrt(len(parts)) <= 0.05  # t at 49 degrees of freedom


def test_what_differs_is_found():
    _, listed = false_discoveries(generator(3), np.array([300, 300]), statements=30, apart=0.5, repetitions=10)

    assert listed >= 10  # of 15 statements that differ


def test_a_statement_that_one_group_is_split_on_is_seldom_common_ground():
    """Half of the second group agrees; all others do. At 95 % intervals at most 2.5 % should be listed."""
    chance = generator(5)
    shares = np.broadcast_to([[[0.8, 0.12, 0.08]], [[0.5, 0.3, 0.2]]], (2, 1000, 3))
    people = np.array([400, 400])

    listed = len(described(draw_votes(chance, people, shares), people).common_ground)

    low, _ = wilson([listed], [1000])
    assert low[0] <= 0.025


def test_the_interval_of_a_gap_holds_the_gap():
    chance = generator(5)
    shares = np.repeat(shares_of_groups(chance, 3, 1, apart=1), 1000, axis=1)
    people = np.array([300, 300, 300])
    truth = np.ptp(shares[:, 0, 0])

    found = described(draw_votes(chance, people, shares), people).division

    held = sum(one.low <= truth <= one.high for one in found)
    assert wilson([held], [len(found)])[1][0] >= 0.95
