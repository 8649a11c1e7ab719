"""An event as search engines read it: schema.org in JSON-LD."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from lecen.domains.engagement.models import Event

# What could end the script element or begin another is written as an escape of JSON.
SAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def event_data(event: Event, *, language: str) -> dict[str, Any]:
    """The schema.org description of `event`, without what the browser alone needs."""
    status = "EventCancelled" if event.is_canceled else "EventScheduled"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title.in_language(language),
        "description": (event.description or event.purpose).in_language(language),
        "startDate": event.local_start.isoformat(),
        "endDate": event.local_end.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": list(event.languages) or [language],
        "isAccessibleForFree": True,
        "url": settings.BASE_URL + event.get_absolute_url(),
        "location": _place(event),
        "organizer": _organizers(event),
    }
    if event.capacity:
        data["maximumAttendeeCapacity"] = event.capacity
    return data


def event_script(event: Event, *, language: str) -> SafeString:
    """The same as an element of the page's head: data, not code, and nothing written by people can leave it."""
    data = json.dumps(event_data(event, language=language), ensure_ascii=False).translate(SAFE_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')


def _place(event: Event) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place", "name": event.place, "address": event.address or event.place}
    if event.latitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": event.latitude, "longitude": event.longitude}
    return place


def _organizers(event: Event) -> list[dict[str, str]]:
    agency = event.agency
    hosts = [
        {
            "@type": "GovernmentOrganization",
            "name": agency.name,
            "url": settings.BASE_URL + agency.get_absolute_url(),
        }
    ]
    return hosts + [
        {"@type": "Organization", "name": partner.organization.name}
        for partner in event.accepted_partners
        if partner.is_co_host
    ]
