"""One event as a calendar file, for the phone of whoever wants to come."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from lecen.domains.engagement.models import Event
from lecen.kernel.calendars import CalendarEntry, calendar_file


def event_calendar(event: Event, *, language: str) -> bytes:
    """The event as iCalendar: one stable UID, a sequence that grows, canceled where it is."""
    title = event.title.in_language(language)
    entry = CalendarEntry(
        uid=f"{event.pk}@{urlsplit(settings.BASE_URL).hostname}",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.time_zone,
        title=_("Canceled: %(title)s") % {"title": title} if event.is_canceled else title,
        changed_at=event.changed_at,
        sequence=event.sequence,
        description=_description(event, language),
        location=", ".join(filter(None, (event.place, event.address))),
        url=settings.BASE_URL + event.get_absolute_url(),
        place=_point(event),
        cancelled=event.is_canceled,
    )
    return calendar_file([entry], name=title, language=language)


def _point(event: Event) -> tuple[float, float] | None:
    if event.latitude is None or event.longitude is None:
        return None
    return event.latitude, event.longitude


def _description(event: Event, language: str) -> str:
    texts = (event.cancel_reason if event.is_canceled else None, event.purpose, event.directions)
    return "\n\n".join(text.in_language(language) for text in texts if text)
