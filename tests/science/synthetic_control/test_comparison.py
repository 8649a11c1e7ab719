"""Setting up a comparison."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import comparison
from tests.science.synthetic_control.panels import named, simulated

UNITS = ("A", "B", "C", "D", "E")
TABLE = np.arange(40.0).reshape(5, 8) ** 1.5


def compared(**changes):
    given = {"outcome": TABLE, "units": UNITS, "periods": range(2001, 2009), "treated": "C", "first_treated": 2005}
    given |= changes
    return comparison(given.pop("outcome"), **given)


def test_the_treated_unit_comes_first_and_excluded_donors_last():
    made = compared(exclusions={"A": "a merger in 2003"}, predictors={"size": [1, 2, 3, 4, 5]})

    assert (made.treated, made.donors, made.units) == (("C",), ("B", "D", "E"), ("C", "B", "D", "E", "A"))
    assert (made.first_treated, made.before) == (2005, 4)
    assert (made.table() == TABLE[[2, 1, 3, 4]]).all()
    assert made.matching(None, 5, 0).values.tolist() == [[3], [2], [4], [5]]


def test_several_treated_units_count_as_their_mean():
    made = compared(treated=["D", "C"])

    assert (made.treated, made.treated_count) == (("D", "C"), 2)
    assert made.table()[0] == pytest.approx(TABLE[[2, 3]].mean(axis=0))


def test_excluded_donors_come_back_as_doubts():
    back = compared(exclusions={"A": "a merger in 2003"}).with_excluded()

    assert (back.donors, back.exclusions, back.doubts) == (("B", "D", "E", "A"), {}, {"A": "a merger in 2003"})
    assert (back.table()[4] == TABLE[0]).all()


def test_an_excluded_donor_may_lack_figures_and_then_stays_out():
    holes = TABLE.copy()
    holes[0, 3] = np.nan

    back = compared(outcome=holes, exclusions={"A": "not reported in 2004", "E": "a merger"}).with_excluded()

    assert (back.donors, dict(back.exclusions)) == (("B", "D", "E"), {"A": "not reported in 2004"})


def test_one_more_donor_can_be_left_out():
    fewer = compared().with_excluded().without("B", "a new law")

    assert (fewer.donors, fewer.exclusions) == (("A", "D", "E"), {"B": "a new law"})
    assert (fewer.table() == TABLE[[2, 0, 3, 4]]).all()


def test_the_last_donors_cannot_be_left_out():
    with pytest.raises(ScienceError, match="At least 2 donors are needed"):
        compared(exclusions={"A": "x", "B": "y"}).without("D", "z")


def test_the_pre_period_can_begin_later():
    shorter = compared().from_period(2002)

    assert (shorter.periods[0], shorter.before, shorter.table().shape) == (2002, 3, (5, 7))


@pytest.mark.parametrize(("first", "message"), [(2003, "at least 3, not 2"), (1999, "1999 is not among")])
def test_but_not_too_late(first, message):
    with pytest.raises(ScienceError, match=message):
        compared().from_period(first)


def test_logarithms_leave_excluded_donors_aside():
    logs = compared(exclusions={"A": "a year without any"}).in_logs()

    assert logs.table() == pytest.approx(np.log(TABLE[[2, 1, 3, 4]]))


def test_logarithms_of_nothing_are_refused():
    with pytest.raises(ScienceError, match="above 0; 'A' has 0 in 2001"):
        compared().in_logs()


HOLES = TABLE.copy()
HOLES[1, 4] = np.nan
FLAT = TABLE.copy()
FLAT[3] = 7


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"outcome": HOLES}, "The outcome of 'B' in 2005 is missing; leave the unit out with a reason"),
        ({"outcome": TABLE[:4]}, "must be 5 units × 8 periods, not 4 × 8"),
        ({"outcome": FLAT}, "The outcome of 'D' is 7 in every period; exclude it with a reason"),
        ({"outcome": FLAT, "treated": "D"}, "The outcome of 'D' is 7 in every period."),
        ({"outcome": np.ones((5, 8))}, "in every period"),
        ({"outcome": "much"}, "must be numbers"),
        ({"units": ("A", "B", "C", "D", "A")}, "'A' stands twice"),
        ({"periods": range(2008, 2000, -1)}, "must rise"),
        ({"treated": "Z"}, "Treated unit 'Z' is not among the units"),
        ({"treated": []}, "The treated units must be 1 to"),
        ({"first_treated": 2001}, "before the treatment must be at least 3, not 0"),
        ({"first_treated": 2012}, "2012 is not among the periods 2001 to 2008"),
        ({"exclusions": {"Z": "why"}}, "Excluded donor 'Z' is not among the units"),
        ({"exclusions": {"C": "why"}}, "'C' is treated, so it cannot be excluded"),
        ({"exclusions": {"A": " "}}, "The exclusion of 'A' needs a reason"),
        ({"exclusions": dict.fromkeys("ABD", "why")}, "At least 2 donors are needed"),
        ({"treated": list("ABCD")}, "At least 2 donors are needed"),
        ({"predictors": {"size": [1, 2]}}, "Predictor 'size' must have 5 figures, one a unit, not 2"),
        ({"predictors": {"size": [3] * 5}}, "Predictor 'size' is the same for every unit"),
        ({"predictors": {"size": [1, 2, 3, 4, np.nan]}}, "Predictor 'size' must be finite"),
    ],
)
def test_what_cannot_be_compared_is_refused(changes, message):
    with pytest.raises(ScienceError, match=message):
        compared(**changes)


def test_predictors_are_asked_for_only_where_there_are_some():
    with pytest.raises(ScienceError, match="no predictors to match on"):
        named(simulated(1)).matching(None, 5, 0)
