"""Who may do what here: organizers act, members of the agency follow, everybody sees what is published."""

from django.db.models import Q, QuerySet

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event, EventPartner
from lecen.kernel.viewer import Viewer, ViewerKind

PUBLIC_STATES = (EventState.PUBLISHED, EventState.CANCELED)


# --- Events ---
def visible_events(viewer: Viewer) -> QuerySet[Event]:
    """What is published stays visible when it is canceled; drafts are seen inside the agency only."""
    public = Q(state__in=PUBLIC_STATES, agency__is_public=True)
    return Event.objects.filter(public | Q(agency__in=agencies.own_agencies(viewer)))


def can_view_event(viewer: Viewer, event: Event) -> bool:
    public = event.state in PUBLIC_STATES and event.agency.is_public
    return public or can_follow_event(viewer, event)


def public_events() -> QuerySet[Event]:
    """What everybody may see, whoever looks: for lists, feeds and search."""
    return Event.objects.filter(state__in=PUBLIC_STATES, agency__is_public=True)


def followed_events(viewer: Viewer) -> QuerySet[Event]:
    """Events whose preparation `viewer` may see: state, partners and what is missing."""
    return Event.objects.filter(agency__in=agencies.own_agencies(viewer))


def can_follow_event(viewer: Viewer, event: Event) -> bool:
    return agencies.is_member(viewer, event.agency)


def organized_events(viewer: Viewer) -> QuerySet[Event]:
    return Event.objects.filter(agency__in=agencies.organized_agencies(viewer))


def can_organize_event(viewer: Viewer, event: Event) -> bool:
    return agencies.can_organize(viewer, event.agency)


# --- Partners ---
def invitation_scope(partner: EventPartner) -> str:
    """What a signed invitation link opens."""
    return f"invitation:{partner.pk}"


def visible_partners(viewer: Viewer) -> QuerySet[EventPartner]:
    """All invitations, with their answers; the public page shows only those who accepted."""
    return EventPartner.objects.filter(event__agency__in=agencies.own_agencies(viewer))


def can_view_partner(viewer: Viewer, partner: EventPartner) -> bool:
    return can_follow_event(viewer, partner.event)


def can_answer_invitation(viewer: Viewer, partner: EventPartner) -> bool:
    return viewer.kind == ViewerKind.LINK and invitation_scope(partner) in viewer.scopes
