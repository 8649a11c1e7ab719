from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel.errors import Refused
from lecen.kernel.times import comes_twice, local_datetime, say_when, say_zone

CHICAGO = ZoneInfo("America/Chicago")
ZONES = st.sampled_from(["America/Chicago", "America/Phoenix", "America/St_Johns", "Pacific/Apia", "Pacific/Guam"])


def in_chicago(*parts) -> datetime:
    return datetime(*parts, tzinfo=CHICAGO)


def test_local_datetime_is_the_moment_on_the_clock_of_the_place():
    moment = local_datetime(date(2026, 6, 6), time(10), "America/Chicago")

    assert moment == datetime(2026, 6, 6, 15, tzinfo=UTC)
    assert str(moment.tzinfo) == "America/Chicago"


def test_local_datetime_refuses_an_hour_that_clocks_skip():
    with override("en"), pytest.raises(Refused) as refused:
        local_datetime(date(2026, 3, 8), time(2, 30), CHICAGO)

    assert refused.value.message == (
        "On March 8, 2026 clocks in America/Chicago skip from 2:00 a.m. to 3:00 a.m., so 2:30 a.m. does not exist. "
        "Choose another time."
    )


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_local_datetime_refuses_a_year_that_nobody_means(day):
    with pytest.raises(Refused, match="between the years 1900 and 2199"):
        local_datetime(day, time(23), CHICAGO)


@pytest.mark.parametrize(("clock", "exists"), [(time(1, 59, 59), True), (time(2), False), (time(3), True)])
def test_local_datetime_knows_the_edges_of_the_skip(clock, exists):
    try:
        local_datetime(date(2026, 3, 8), clock, CHICAGO)
    except Refused:
        assert not exists
    else:
        assert exists


def test_local_datetime_takes_the_first_of_an_hour_that_comes_twice():
    moment = local_datetime(date(2026, 11, 1), time(1, 30), CHICAGO)

    assert moment.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert comes_twice(moment) is True
    assert comes_twice(in_chicago(2026, 11, 1, 3)) is False


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.times(), ZONES)
def test_local_datetime_shows_the_clock_asked_for_or_refuses(day, clock, zone):
    try:
        moment = local_datetime(day, clock, zone)
    except Refused:
        return
    shown = moment.astimezone(UTC).astimezone(ZoneInfo(zone))
    assert (shown.date(), shown.time()) == (day, clock)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Saturday, June 6, 2026, 10:00 a.m.–12:00 p.m. CDT"),
        ("es", "sábado, 6 de junio de 2026, 10:00 a.m.–12:00 p.m. CDT"),
    ],
)
def test_say_when_names_day_hours_and_zone(language, said):
    start = datetime(2026, 6, 6, 15, tzinfo=UTC)

    assert say_when(start, start + timedelta(hours=2), "America/Chicago", language) == said


def test_say_when_without_an_end():
    assert say_when(in_chicago(2026, 6, 6, 10), None, CHICAGO, "en") == "Saturday, June 6, 2026, 10:00 a.m. CDT"


def test_say_when_names_both_days_over_midnight():
    assert say_when(in_chicago(2026, 6, 5, 22), in_chicago(2026, 6, 6, 1), CHICAGO, "en") == (
        "Friday, June 5, 2026, 10:00 p.m. – Saturday, June 6, 2026, 1:00 a.m. CDT"
    )


def test_say_when_names_both_zones_when_clocks_change():
    assert say_when(in_chicago(2026, 3, 8, 0), in_chicago(2026, 3, 8, 4), CHICAGO, "en") == (
        "Sunday, March 8, 2026, 12:00 a.m. CST – 4:00 a.m. CDT"
    )


@pytest.mark.parametrize(("language", "said"), [("en", "Central Time"), ("es", "hora central")])
def test_say_zone_names_the_zone_whatever_the_season(language, said):
    assert say_zone("America/Chicago", language) == said
    assert say_zone(CHICAGO, language) == said
