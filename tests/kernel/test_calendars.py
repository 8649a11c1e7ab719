from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from lecen.kernel.calendars import CalendarEntry, calendar_file

COFFEE = CalendarEntry(
    uid="0197-coffee@lecen.example",
    starts_at=datetime(2026, 6, 6, 15, tzinfo=UTC),
    ends_at=datetime(2026, 6, 6, 17, tzinfo=UTC),
    zone="America/Chicago",
    title="Café, pan; y preguntas",
    changed_at=datetime(2026, 5, 1, 12, tzinfo=UTC),
    sequence=3,
    description="First line\nSecond line",
    location="Library, 100 Main St",
    url="https://lecen.example/es/events/coffee",
    place=(41.88, -87.63),
)


def parsed(*entries) -> Calendar:
    return Calendar.from_ical(calendar_file(entries, name="Riverton", language="es"))


def offsets(calendar: Calendar) -> dict[str, list[tuple[str, timedelta]]]:
    """The offsets that apply in the summer and winter of 2026, as the file's own time zone rules say."""
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
    days = [datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12)]  # noqa: DTZ001 - the zone is what is tested
    return {name: [day.replace(tzinfo=zone).utcoffset() for day in days] for name, zone in zones.items()}


def test_calendar_file_says_what_where_and_when():
    (event,) = parsed(COFFEE).walk("VEVENT")

    assert {
        name: str(event[name]) for name in ("UID", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "LOCATION", "URL")
    } == {
        "UID": "0197-coffee@lecen.example",
        "SEQUENCE": "3",
        "STATUS": "CONFIRMED",
        "SUMMARY": "Café, pan; y preguntas",
        "DESCRIPTION": "First line\nSecond line",
        "LOCATION": "Library, 100 Main St",
        "URL": "https://lecen.example/es/events/coffee",
    }
    assert (event["GEO"].latitude, event["GEO"].longitude) == (41.88, -87.63)
    assert event["SUMMARY"].params["LANGUAGE"] == "es"


def test_calendar_file_gives_times_by_the_clock_of_the_place():
    (event,) = parsed(COFFEE).walk("VEVENT")

    assert event["DTSTART"].params["TZID"] == "America/Chicago"
    assert event["DTSTART"].dt.replace(tzinfo=None).isoformat() == "2026-06-06T10:00:00"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (COFFEE.starts_at, COFFEE.ends_at)
    assert event["DTSTAMP"].dt == COFFEE.changed_at


def test_calendar_file_carries_the_rules_of_every_zone():
    calendar = parsed(COFFEE, replace(COFFEE, uid="phoenix", zone="America/Phoenix"))

    assert offsets(calendar) == {
        "America/Chicago": [timedelta(hours=-6), timedelta(hours=-5)],
        "America/Phoenix": [timedelta(hours=-7), timedelta(hours=-7)],
    }


def test_calendar_file_says_that_an_event_is_cancelled():
    (event,) = parsed(replace(COFFEE, cancelled=True, sequence=4)).walk("VEVENT")

    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 4)


def test_calendar_file_leaves_out_what_is_not_known():
    (event,) = parsed(replace(COFFEE, url="", location="", description="", place=None)).walk("VEVENT")

    assert [name for name in ("URL", "LOCATION", "DESCRIPTION", "GEO") if name in event] == []


def test_calendar_file_is_the_same_every_time():
    assert calendar_file([COFFEE], name="Riverton", language="es") == calendar_file(
        [COFFEE], name="Riverton", language="es"
    )


def test_calendar_file_without_entries_is_a_calendar():
    calendar = parsed()

    assert (str(calendar["METHOD"]), str(calendar["X-WR-CALNAME"]), list(calendar.walk("VEVENT"))) == (
        "PUBLISH",
        "Riverton",
        [],
    )
