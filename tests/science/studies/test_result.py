"""Verdicts and the plain figures beside them."""

from datetime import date

import pytest

from lecen.science.errors import ScienceError
from lecen.science.studies.result import Criterion, Verdict, place_on_axis, rule_sentence, verdict_of

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
