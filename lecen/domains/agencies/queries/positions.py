"""Who holds which position, and what it allows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from lecen.domains.agencies import rules
from lecen.domains.agencies.choices import IMPLIED_ROLES
from lecen.domains.agencies.models import Agency, Position
from lecen.kernel.viewer import Grant, Viewer

NETWORK = "network"
BEHIND_UTC = timedelta(hours=12)  # nowhere is the date further back


def grants_of(*, user_id: UUID, at: datetime) -> Iterable[Grant]:
    """What a person's positions allow at `at`. A position holds until the end of its last day at its agency."""
    held = Position.objects.filter(
        user_id=user_id, user__is_active=True, ended_at=None, expires_on__gte=(at.astimezone(UTC) - BEHIND_UTC).date()
    ).values_list("role", "agency_id", "agency__time_zone", "expires_on")
    return {
        Grant(implied, _place(agency_id), agency_id)
        for role, agency_id, zone, expires_on in held
        if day_in(zone or settings.TIME_ZONE, at) <= expires_on
        for implied in IMPLIED_ROLES[role]
    }


def _place(agency_id: UUID | None) -> str:
    return Agency._meta.label_lower if agency_id else NETWORK


def day_in(zone: str, at: datetime) -> date:
    """The date on calendars in `zone` at `at`."""
    return at.astimezone(ZoneInfo(zone)).date()


def positions_at(*, viewer: Viewer, agency: Agency) -> QuerySet[Position]:
    """Positions at `agency` that have not been ended and that `viewer` may see, by name of the person."""
    return (
        rules.visible_positions(viewer)
        .filter(agency=agency, ended_at=None)
        .select_related("user", "agency")
        .order_by("user__name", "pk")
    )


def day_of(agency: Agency | None, at: datetime) -> date:
    """The date at the agency, or where the network is run."""
    return day_in(agency.time_zone if agency else settings.TIME_ZONE, at)
