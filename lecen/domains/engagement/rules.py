"""Who may do what here: organizers act, members of the agency follow, everybody sees what is published."""

from django.db.models import Q, QuerySet

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import CheckIn, Event, EventPartner, Registration
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


# --- Registrations and check-ins ---
def registration_scope(registration: Registration) -> str:
    """What a receipt code opens."""
    return f"registration:{registration.pk}"


def visible_registrations(viewer: Viewer) -> QuerySet[Registration]:
    """Organizers see those of their events; whoever holds the receipt code sees the own one."""
    own = [scope.removeprefix("registration:") for scope in viewer.scopes if scope.startswith("registration:")]
    return Registration.objects.filter(Q(event__agency__in=agencies.organized_agencies(viewer)) | Q(pk__in=own))


def can_view_registration(viewer: Viewer, registration: Registration) -> bool:
    return can_organize_event(viewer, registration.event) or registration_scope(registration) in viewer.scopes


def can_change_registration(viewer: Viewer, registration: Registration) -> bool:
    """Only whoever made it, by its code: the agency does not take seats from anybody."""
    return viewer.kind == ViewerKind.RECEIPT and registration_scope(registration) in viewer.scopes


def can_check_in(viewer: Viewer, event: Event) -> bool:
    """Everybody of the agency may stand at the door and count."""
    return can_follow_event(viewer, event)


def visible_check_ins(viewer: Viewer) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(event__agency__in=agencies.own_agencies(viewer))


def can_view_check_in(viewer: Viewer, check_in: CheckIn) -> bool:
    return can_check_in(viewer, check_in.event)
