"""The rules on sums, beside the examples of the handbook on statistical disclosure control."""

import pytest

from lecen.science.disclosure.dominance import PercentRule, ShareRule, is_dominated
from lecen.science.errors import ScienceError


def given(*amounts):
    return {f"contributor {place}": amount for place, amount in enumerate(amounts)}


def test_the_share_of_one_misses_what_the_second_largest_can_work_out():
    # Example 1 of section 4.2: 100,000 with 50,000 and 49,000; the second comes within 2 % of the first.
    contributions = given(50_000, 49_000, 1_000)

    assert not is_dominated(contributions, ShareRule(largest=1, share=0.9))
    assert is_dominated(contributions, PercentRule(10))
    assert not is_dominated(contributions, PercentRule(2))
    assert is_dominated(contributions, PercentRule(2.1))


def test_the_share_of_two_withholds_what_the_percent_rule_shows():
    # Example 2: 110,000 with 52,000 and 50,000; the estimate is 15.4 % too high.
    contributions = given(52_000, 50_000, 8_000)

    assert not is_dominated(contributions, PercentRule(10))
    assert not is_dominated(contributions, PercentRule(15.3))
    assert is_dominated(contributions, PercentRule(15.4))
    assert is_dominated(contributions, ShareRule(largest=2, share=100 / 110))


def test_protection_levels_are_those_of_the_handbook():
    # Example 4: 330 from 300, 20 and 10 wants an upper bound of 352.94 under the (1, 85)-rule.
    assert 330 + ShareRule(largest=1, share=0.85).lack([300, 20, 10]) == pytest.approx(352.94, abs=0.005)
    assert PercentRule(10).lack([300, 20, 10]) == pytest.approx(0.1 * 300 - (330 - 300 - 20))


def test_a_lone_contributor_dominates():
    assert is_dominated(given(40))
    assert is_dominated(given(40), ShareRule(2, 0.85))


def test_equal_contributions_of_many_do_not_dominate():
    assert not is_dominated(given(*[5] * 20))
    assert not is_dominated(given(*[5] * 20), ShareRule(2, 0.85))


@pytest.mark.parametrize(
    ("contributions", "rule", "sentence"),
    [
        ([1, 2], None, "The contributions to the sum must map contributors to amounts."),
        (given(1, -2), None, "A contribution to the sum is not a number of at least 0."),
        (given(1, float("nan")), None, "A contribution to the sum is not a number of at least 0."),
        (given(1, float("inf")), None, "A contribution to the sum is not a number of at least 0."),
        (given(1, "many"), None, "A contribution to the sum is not a number of at least 0."),
        (given(1, 2), PercentRule(0), "The percent must lie above 0 and below 1000, not 0."),
        (given(1, 2), ShareRule(2, 85), "The share must lie between 0 and 1, not 85."),
        (given(1, 2), ShareRule(0, 0.85), "The number of largest contributors must be at least 1, not 0."),
    ],
)
def test_the_rules_say_what_is_wrong_with_bad_input(contributions, rule, sentence):
    with pytest.raises(ScienceError) as caught:
        is_dominated(contributions, rule)

    assert str(caught.value) == sentence
