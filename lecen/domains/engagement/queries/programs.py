"""Programs and what was done under them."""

from django.db.models import Count, Q, QuerySet

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import PlanState, ProgramState
from lecen.domains.engagement.models import Event, Plan, Program
from lecen.kernel.viewer import Viewer


def own_programs(*, viewer: Viewer) -> QuerySet[Program]:
    """Programs of the agencies of `viewer`, active ones first, with how many plans are under way."""
    under_way = Count("plans", filter=Q(plans__state=PlanState.ACTIVE))
    return (
        rules.visible_programs(viewer)
        .filter(agency__in=agencies.own_agencies(viewer))
        .select_related("agency")
        .annotate(plans_under_way=under_way)
        .order_by("state", "-started_on", "pk")
    )


def open_programs(*, viewer: Viewer) -> QuerySet[Program]:
    """Programs under which `viewer` may begin a plan."""
    return (
        rules.organized_programs(viewer)
        .filter(state=ProgramState.ACTIVE)
        .select_related("agency")
        .order_by("-started_on", "pk")
    )


def plans_of(*, viewer: Viewer, program: Program) -> QuerySet[Plan]:
    return rules.visible_plans(viewer).filter(program=program).select_related("playbook").order_by("-day", "pk")


def events_of(*, viewer: Viewer, program: Program) -> QuerySet[Event]:
    """Events whose plan belongs to the program and that `viewer` may see, the latest first."""
    return rules.visible_events(viewer).filter(plan__program=program).order_by("-starts_at", "pk")
