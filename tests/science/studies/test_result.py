"""Verdicts and the plain figures beside them."""

from datetime import date

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.plans.schema import VerdictRule
from lecen.science.studies.result import (
    Criterion,
    Verdict,
    agreement,
    percent,
    place_on_axis,
    rule_sentence,
    signed,
    verdict_of,
)

MET, MISSED = Criterion("a good fit", "good", met=True), Criterion("a low rank", "rank 5 of 9", met=False)


def test_one_demand_that_is_not_met_is_enough_to_establish_nothing():
    assert [verdict_of([MET, MET]), verdict_of([MET, MISSED])] == [Verdict.ESTABLISHED, Verdict.NOT_ESTABLISHED]


def test_a_rule_that_asks_nothing_is_refused():
    with pytest.raises(ScienceError, match="asks nothing"):
        verdict_of([])


def test_the_demands_that_are_not_met_are_named():
    assert rule_sentence([MET, MISSED]) == "Of the rule's 2 demands, 1 is not met: a low rank."
    assert rule_sentence([MET]) == "Every demand of the rule is met."


def test_months_stand_between_years():
    assert [place_on_axis(2007), place_on_axis(date(2007, 7, 1))] == [2007.0, 2007.5]


@pytest.mark.parametrize(
    ("answers", "refused", "met"),
    [
        ([(-2.0, 0.01)] * 4 + [(-2.0, 0.5)], 0, True),
        ([(-2.0, 0.01)] * 3 + [(2.0, 0.01)] * 2, 0, False),
        ([(-2.0, np.nan)] * 5, 0, False),
        ([(np.nan, 0.01)] * 5, 0, False),
        ([(0.0, 0.01)] * 5, 0, False),
        ([], 0, False),
        ([], 16, False),
        ([(-2.0, 0.01)] * 5, 5, True),
        ([(-2.0, 0.01)] * 5, 6, False),
    ],
)
def test_specifications_agree_only_where_enough_ran_and_said_the_same(answers, refused, met):
    assert agreement(answers, -1.0, VerdictRule(), refused=refused).met is met


@pytest.mark.parametrize("effect", [np.nan, 0.0])
def test_nothing_agrees_with_no_effect(effect):
    assert agreement([(-2.0, 0.01)] * 5, effect, VerdictRule()).met is False


def test_shares_are_written_as_the_plan_has_them():
    assert [percent(share) for share in (0.05, 0.025, 0.0125, 0.8, 1 - 0.05, 1 - 0.025)] == [
        "5%",
        "2.5%",
        "1.25%",
        "80%",
        "95%",
        "97.5%",
    ]


def test_an_end_without_a_bound_is_said_in_a_word():
    assert [signed(figure, ".2f") for figure in (1.5, -0.25, np.nan, -np.inf)] == ["+1.50", "-0.25", "", "unbounded"]
