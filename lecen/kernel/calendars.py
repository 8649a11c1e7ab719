"""Calendar files and feeds (iCalendar, RFC 5545) that phones can subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vGeo, vText, vUri

PRODUCT = "-//LECEN//Community engagement network//EN"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One event. `uid` never changes and `sequence` grows with each change, so that calendars update in place.

    `place` is (latitude, longitude) in degrees; `changed_at` is when the entry was last changed.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    changed_at: datetime
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str = ""
    place: tuple[float, float] | None = None
    cancelled: bool = False


def calendar_file(entries: Sequence[CalendarEntry], *, name: str, language: str) -> bytes:
    """A published calendar of `entries`, with the rules of every time zone that they use."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", vText(name), parameters={"LANGUAGE": language})
    for entry in entries:
        calendar.add_component(_event(entry, language))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: CalendarEntry, language: str) -> Event:
    event = Event()
    zone = ZoneInfo(entry.zone)
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("DTSTART", entry.starts_at.astimezone(zone))
    event.add("DTEND", entry.ends_at.astimezone(zone))
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for field, text in (("SUMMARY", entry.title), ("DESCRIPTION", entry.description), ("LOCATION", entry.location)):
        if text:
            event.add(field, vText(text), parameters={"LANGUAGE": language})
    if entry.url:
        event.add("URL", vUri(entry.url))
    if entry.place:
        event.add("GEO", vGeo(entry.place))
    return event
