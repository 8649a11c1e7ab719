"""Spanish pages write dates, times and numbers as people in the United States do."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.utils.formats import date_format, localize, time_format
from django.utils.translation import override


@pytest.fixture(autouse=True)
def spanish():
    with override("es"):
        yield


def test_spanish_times_have_twelve_hours():
    assert time_format(time(18, 30)) == "6:30 p.m."
    assert date_format(datetime(2026, 6, 6, 18, 30, tzinfo=UTC), "DATETIME_FORMAT") == "6 de junio de 2026, 6:30 p.m."


def test_spanish_decimals_have_a_point():
    assert localize(3.9) == "3.9"


@pytest.mark.parametrize("typed", ["6/30/2026", "2026-06-30"])
def test_spanish_forms_read_the_month_first(typed):
    assert forms.DateField().clean(typed) == date(2026, 6, 30)
