"""Who reads reports: members of the agency, its head among them. Nobody else, operators of the network neither."""

from django.db.models import QuerySet

from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.models import Event
from lecen.kernel.viewer import Viewer


def visible_reports(viewer: Viewer) -> QuerySet[Event]:
    """Events whose report `viewer` reads. An event has one report; nothing of it is stored."""
    return Event.objects.filter(agency__in=viewer.scope_ids(Role.MEMBER, Agency))


def can_view_report(viewer: Viewer, event: Event) -> bool:
    return event.agency_id in viewer.scope_ids(Role.MEMBER, Agency)


def reads_reports(viewer: Viewer) -> bool:
    return bool(viewer.scope_ids(Role.MEMBER, Agency))
