"""Periods as they are written."""

from datetime import date

import pytest

from lecen.science.errors import ScienceError
from lecen.science.plans.periods import is_month, period_of, place_of, written


@pytest.mark.parametrize("text", ["1990", "2007-03", "2007-12", "2008-01"])
def test_a_period_is_read_and_written_alike(text):
    assert written(place_of(text, "It"), months=is_month(text)) == text


def test_months_follow_each_other_over_the_turn_of_the_year():
    assert place_of("2008-01", "It") - place_of("2007-12", "It") == 1


@pytest.mark.parametrize("text", ["", "2007-13", "2007-00", "0000-01", "March", "2007-3", "2007-03-01", "nan", None])
def test_anything_else_is_refused_with_its_place(text):
    with pytest.raises(ScienceError, match=r"periods\.first must be a year such as 2007 or a month"):
        place_of(text, "periods.first")


def test_methods_take_years_as_numbers_and_months_as_first_days():
    assert (period_of(2007), period_of("2007-12")) == (2007, date(2007, 12, 1))
