"""What events show on pages that others compose."""

from typing import Any

from django.utils import timezone

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement.queries import events as queries
from lecen.kernel.panels import Panel
from lecen.kernel.viewer import Viewer

FEW = 3


def agency_events(_viewer: Viewer, agency: Any) -> Panel | None:
    """The next events of an agency, on its public page."""
    events = list(queries.upcoming_events(at=timezone.now()).filter(agency=agency)[:FEW])
    return Panel("engagement/_panel_events.html", {"events": events, "agency": agency})


def neighborhood_events(_viewer: Viewer, neighborhood: Any) -> Panel | None:
    events = list(queries.upcoming_events(at=timezone.now()).filter(neighborhoods=neighborhood)[:FEW])
    return Panel(
        "engagement/_panel_events.html",
        {"events": events, "agency": neighborhood.agency, "neighborhood": neighborhood},
    )


def next_events(_viewer: Viewer, _subject: Any) -> Panel | None:
    """On the front page: what comes next anywhere in the network."""
    events = list(queries.upcoming_events(at=timezone.now())[:FEW])
    return Panel("engagement/_panel_next_events.html", {"events": events}) if events else None


def own_events(viewer: Viewer, _subject: Any) -> Panel | None:
    """On the desk: what comes next at one's own agencies, drafts too."""
    if not viewer.is_person:
        return None
    events = list(queries.events_ahead(viewer=viewer, at=timezone.now())[: FEW + 2])
    agency = agencies.organized_agencies(viewer).order_by("name", "pk").first()
    if not events and agency is None:
        return None
    return Panel("engagement/_panel_own_events.html", {"events": events, "agency": agency})
