"""Who may do what here: organizers act, members of the agency follow, everybody sees what is published."""

from django.db.models import Q, QuerySet

from lecen.domains.agencies import rules as agencies
from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import CheckIn, Event, EventPartner, Plan, PlanTask, Program, Registration
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


# --- Plans: the agency's own paper. Members read, organizers run, whoever has a task may check it off ---
def can_organize(viewer: Viewer, agency: Agency) -> bool:
    """Start plans and programs at `agency`."""
    return agencies.can_organize(viewer, agency)


def organizes_anywhere(viewer: Viewer) -> bool:
    return bool(viewer.scope_ids(Role.ORGANIZER, Agency))


def is_member_anywhere(viewer: Viewer) -> bool:
    return bool(viewer.scope_ids(Role.MEMBER, Agency))


def visible_plans(viewer: Viewer) -> QuerySet[Plan]:
    return Plan.objects.filter(agency__in=agencies.own_agencies(viewer))


def can_view_plan(viewer: Viewer, plan: Plan) -> bool:
    return agencies.is_member(viewer, plan.agency)


def organized_plans(viewer: Viewer) -> QuerySet[Plan]:
    return Plan.objects.filter(agency__in=agencies.organized_agencies(viewer))


def can_organize_plan(viewer: Viewer, plan: Plan) -> bool:
    return agencies.can_organize(viewer, plan.agency)


def checkable_tasks(viewer: Viewer) -> QuerySet[PlanTask]:
    """Tasks that `viewer` may check off: all of a plan they organize, their own where they are a member."""
    organized = Q(plan__agency__in=agencies.organized_agencies(viewer))
    if viewer.user_id is None:
        return PlanTask.objects.filter(organized)
    own = Q(owner_id=viewer.user_id) | Q(owner=None, role__holder_id=viewer.user_id)
    return PlanTask.objects.filter(organized | own & Q(plan__agency__in=agencies.own_agencies(viewer)))


def can_check_off(viewer: Viewer, task: PlanTask) -> bool:
    if can_organize_plan(viewer, task.plan):
        return True
    return viewer.user_id is not None and task.responsible_id == viewer.user_id and can_view_plan(viewer, task.plan)


# --- Programs: what an agency does again and again may be known wherever its public site is open ---
def visible_programs(viewer: Viewer) -> QuerySet[Program]:
    return Program.objects.filter(Q(agency__is_public=True) | Q(agency__in=agencies.own_agencies(viewer)))


def can_view_program(viewer: Viewer, program: Program) -> bool:
    return program.agency.is_public or agencies.is_member(viewer, program.agency)


def organized_programs(viewer: Viewer) -> QuerySet[Program]:
    return Program.objects.filter(agency__in=agencies.organized_agencies(viewer))


def can_organize_program(viewer: Viewer, program: Program) -> bool:
    return agencies.can_organize(viewer, program.agency)
