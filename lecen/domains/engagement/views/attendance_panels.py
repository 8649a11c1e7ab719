"""What other pages show of registrations and of the count at the door."""

from django.utils import timezone

from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.queries import attendance as queries
from lecen.kernel.panels import Panel
from lecen.kernel.viewer import Viewer
from lecen.science.disclosure import DEFAULT_K, protect


def places_panel(viewer: Viewer, event: Event) -> Panel | None:  # noqa: ARG001 - everybody is told the same
    """On the event's page: whether there are places, and the way back for whoever registered."""
    if event.state != EventState.PUBLISHED or not event.takes_registrations or event.ends_at <= timezone.now():
        return None
    return Panel("engagement/_panel_places.html", {"event": event, "places": queries.places_at(event=event)})


def door_panel(viewer: Viewer, event: Event) -> Panel | None:
    """On the page that manages the event: what to expect and how many were there, both under the small-number rule."""
    if event.state != EventState.PUBLISHED or not rules.can_check_in(viewer, event):
        return None
    attendance = queries.attendance_of(event=event)
    context = {
        "event": event,
        "seats": protect({"seats": queries.seats_taken(event=event)}).total,
        "may_organize": rules.can_organize_event(viewer, event),
        "has_begun": event.starts_at <= timezone.now() or attendance.people > 0,
        "total": protect({"people": attendance.people}).total,
        "k": DEFAULT_K,
    }
    return Panel("engagement/_panel_door.html", context)
