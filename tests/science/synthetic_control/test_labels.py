"""Names and periods."""

from datetime import date

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control.labels import period_labels, unit_names


@pytest.mark.parametrize(
    "periods",
    [
        range(1990, 2013),
        np.array([2, 4, 6]),
        [date(2020, month, 1) for month in range(1, 13)],
        [date(2020, 1, day) for day in (1, 8, 15, 22)],
        [date(2019, 11, 15), date(2019, 12, 15), date(2020, 1, 15)],
    ],
)
def test_even_steps_are_taken(periods):
    assert period_labels(periods) == tuple(periods)


@pytest.mark.parametrize(
    ("periods", "message"),
    [
        ([2001, 2002, 2002], "Period 2002 stands twice"),
        ([2003, 2002, 2001], "must rise; 2002 comes after 2003"),
        ([2001, 2002, 2004], "evenly spaced; the step from 2002 to 2004 is another"),
        ([date(2020, 1, 1), date(2020, 2, 1), date(2020, 4, 1)], "evenly spaced"),
        ([2001, date(2002, 1, 1)], "whole numbers or dates, all of one kind"),
        (["2001", "2002"], "whole numbers or dates"),
        ([2001.0, 2002.0], "whole numbers or dates"),
        ([True, False], "whole numbers or dates"),
        ([], "must be 1 to 1,000, not 0"),
        (range(100_000), "must be 1 to 1,000, not 100,000"),
        ("2001", "must be a list"),
        (5, "must be a list"),
    ],
)
def test_other_periods_are_refused(periods, message):
    with pytest.raises(ScienceError, match=message):
        period_labels(periods)


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (["A", "B", "A"], "must each stand once; 'A' stands twice"),
        (["A", ""], "place 1 .* holds ''"),
        (["A", 3], "must be names"),
        ([], "must be 1 to 1,000 names, not 0"),
        ("AB", "must be a list of names"),
        (None, "must be a list of names"),
        ([str(n) for n in range(3000)], "not 3,000"),
    ],
)
def test_names_that_do_not_name_are_refused(units, message):
    with pytest.raises(ScienceError, match=message):
        unit_names(units)
