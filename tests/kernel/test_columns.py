from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from lecen.kernel.columns import (
    ChoiceColumn,
    DateColumn,
    IntegerColumn,
    LanguagesColumn,
    LocalDatetimeColumn,
    TextColumn,
    TimeColumn,
)
from lecen.kernel.errors import Refused

CHICAGO = ZoneInfo("America/Chicago")
STARTS = LocalDatetimeColumn("starts", zone="America/Chicago", zone_column="zone")
KIND = ChoiceColumn("kind", choices=["police", "sheriff", "campus"])
SEATS = IntegerColumn("seats", minimum=1, maximum=500)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (TextColumn("name"), "Reunión", "Reunión"),
        (TextColumn("phone"), "+1 (312) 555-0100", "+1 (312) 555-0100"),
        (TextColumn("name"), "'=1+1", "=1+1"),
        (TextColumn("name"), "''20s", "''20s"),
        (KIND, "Sheriff", "sheriff"),
        (SEATS, "50", 50),
        (IntegerColumn("residents"), "12,500", 12500),
        (DateColumn("day"), "2026-06-30", date(2026, 6, 30)),
        (DateColumn("day"), "6/30/2026", date(2026, 6, 30)),
        (TimeColumn("clock"), "14:30", time(14, 30)),
        (TimeColumn("clock"), "2:30 p.m.", time(14, 30)),
        (TimeColumn("clock"), "2 PM", time(14)),
        (STARTS, "2026-06-30 14:30", datetime(2026, 6, 30, 14, 30, tzinfo=CHICAGO)),
        (STARTS, "6/30/2026 2:30 pm", datetime(2026, 6, 30, 14, 30, tzinfo=CHICAGO)),
        (STARTS, "2026-06-30T14:30", datetime(2026, 6, 30, 14, 30, tzinfo=CHICAGO)),
        (LanguagesColumn("languages"), "ES; en, es", ("es", "en")),
    ],
)
def test_read_understands_what_people_write(column, text, value):
    assert column.read(text, {}) == value


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        (TextColumn("name", max_length=3), "Four", "Use at most 3 characters; these are 4."),
        (
            TextColumn("name"),
            "=HYPERLINK(1)",
            "A cell may not begin with “=”, because a spreadsheet would run it as a formula. Remove it.",
        ),
        (
            TextColumn("name"),
            "-2+cmd|' /C calc'!A0",
            "A cell may not begin with “-”, because a spreadsheet would run it as a formula. Remove it.",
        ),
        (KIND, "club", "“club” is not known here. Write campus, police or sheriff."),
        (SEATS, "many", "“many” is not a whole number."),
        (SEATS, "501", "Write a number from 1 to 500."),
        (DateColumn("day"), "30.6.2026", "“30.6.2026” is not a date. Write it as 2026-06-30 or 6/30/2026."),
        (TimeColumn("clock"), "25:00", "“25:00” is not a time. Write it as 14:30 or 2:30 PM."),
        (STARTS, "2026-06-30", "“2026-06-30” needs a day and a time, as 2026-06-30 14:30."),
        (
            LanguagesColumn("languages"),
            "en xx",
            "“xx” is not a language code known here. Write codes such as en or es.",
        ),
    ],
)
def test_read_refuses_with_what_to_write_instead(column, text, message):
    with override("en"), pytest.raises(Refused) as refused:
        column.read(text, {})

    assert refused.value.message == message


def test_local_datetime_takes_the_zone_of_its_row():
    value = STARTS.read("2026-06-30 14:30", {"zone": "America/Denver"})

    assert value == datetime(2026, 6, 30, 14, 30, tzinfo=ZoneInfo("America/Denver"))


def test_local_datetime_refuses_an_unknown_zone():
    with override("en"), pytest.raises(Refused, match="“Central” is not a time zone"):
        STARTS.read("2026-06-30 14:30", {"zone": "Central"})


def test_local_datetime_refuses_an_hour_that_clocks_skip():
    with override("en"), pytest.raises(Refused, match=r"skip from 2:00 a\.m\. to 3:00 a\.m\."):
        STARTS.read("2026-03-08 02:30", {})


def test_local_datetime_says_which_of_two_hours_it_took():
    with override("en"):
        note = STARTS.note(STARTS.read("2026-11-01 01:30", {}))

    assert note == "On November 1, 2026 clocks show 1:30 a.m. twice; the first of the two is meant."
    assert STARTS.note(STARTS.read("2026-11-01 03:30", {})) == ""
