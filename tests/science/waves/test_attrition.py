"""The joined against the others."""

import numpy as np
import pytest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from lecen.science.errors import ScienceError
from lecen.science.waves.attrition import attrition

OUTCOME = np.random.default_rng(1).normal(3, 1, 80) + (np.arange(80) < 50)


def test_the_difference_and_its_interval_equal_those_of_statsmodels():
    found = attrition(OUTCOME, range(50))
    theirs = CompareMeans(DescrStatsW(OUTCOME[:50]), DescrStatsW(OUTCOME[50:])).tconfint_diff(usevar="unequal")

    assert (found.joined, found.others) == (50, 30)
    assert found.difference == pytest.approx(OUTCOME[:50].mean() - OUTCOME[50:].mean())
    assert found.interval == pytest.approx(theirs)
    assert found.standardized == pytest.approx(found.difference / OUTCOME.std(ddof=1))


def test_people_without_an_outcome_do_not_count():
    outcome = OUTCOME.copy()
    outcome[[0, 79]] = np.nan

    assert (attrition(outcome, range(50)).joined, attrition(outcome, range(50)).others) == (49, 29)


@pytest.mark.parametrize(
    ("outcome", "joined", "message"),
    [
        (OUTCOME, range(9), "Fewer than 10 of the joined"),
        (OUTCOME, range(71), "Fewer than 10 of the other"),
        (OUTCOME, [], "Fewer than 10 of the joined"),
        ([1] * 40 + list(range(40)), range(40), "of the joined people would tell"),
        (OUTCOME, [80], "between 0 and 79"),
        (OUTCOME, [-1], "between 0 and 79"),
        (OUTCOME, [0.5], "whole numbers"),
        (OUTCOME, [[1]], "list of places"),
        (OUTCOME, [[1], [1, 2]], "list of places"),
        (OUTCOME * 1e290, range(40), "a size up to"),
        (OUTCOME * 1e-300, range(40), "less than can be squared"),
        ([0, 1, 2] * 15 + [0] * 5 + [1] * 20 + [2] * 10, range(20), "joined people would tell"),
        (["a"] * 80, range(40), "must be numbers"),
    ],
)
def test_what_cannot_be_compared_is_refused(outcome, joined, message):
    with pytest.raises(ScienceError, match=message):
        attrition(outcome, list(joined))
