"""Engagement as data: texts in every language at once."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Schema

from lecen.domains.engagement.choices import AccessFeature, EventKind, EventState, PlanState, TaskState
from lecen.domains.engagement.models import Event, Plan, PlanTask
from lecen.domains.engagement.queries import events as event_queries
from lecen.domains.engagement.queries import plans as plan_queries
from lecen.kernel.api import ApiRouter, person_only
from lecen.kernel.translated import TranslatedText
from lecen.kernel.web import get_visible, keyset_page

router = ApiRouter()


def _texts(value: TranslatedText) -> dict[str, str]:
    return {language: entry.text for language, entry in value.translations}


# --- Plans ---
class PlanSummary(Schema):
    """Texts are mappings of a language code to words."""

    id: UUID
    agency: str
    playbook: str
    playbook_version: int
    title: dict[str, str]
    day: date
    state: PlanState


class PlanPage(Schema):
    items: list[PlanSummary]
    next_cursor: str


class TaskDetail(Schema):
    """`days` counts from the day of the event; a task without it has a date of its own."""

    id: UUID
    title: dict[str, str]
    detail: dict[str, str]
    due_on: date
    days: int | None
    is_follow_up: bool
    state: TaskState
    done_at: datetime | None
    role: str | None
    who: str


@router.get("plans/", response=PlanPage, auth=person_only, summary="Plans of one's agencies that are under way")
def plan_list(request: HttpRequest, after: str = Query("", max_length=500)) -> dict[str, Any]:
    page = keyset_page(plan_queries.plans_under_way(viewer=request.viewer), after=after)
    return {"items": [_plan(plan) for plan in page], "next_cursor": page.next_cursor}


@router.get("plans/{uuid:plan_id}/", response=PlanSummary, auth=person_only, summary="One plan")
def plan(request: HttpRequest, plan_id: UUID) -> dict[str, Any]:
    return _plan(get_visible(plan_queries.shown_plans(viewer=request.viewer), pk=plan_id))


@router.get(
    "plans/{uuid:plan_id}/tasks/", response=list[TaskDetail], auth=person_only, summary="The tasks of a plan by date"
)
def plan_tasks(request: HttpRequest, plan_id: UUID) -> list[dict[str, Any]]:
    found = get_visible(plan_queries.shown_plans(viewer=request.viewer), pk=plan_id)
    return [_task(task) for task in plan_queries.tasks_of(plan=found)]


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.pk,
        "agency": plan.agency.slug,
        "playbook": plan.playbook.slug,
        "playbook_version": plan.playbook.version,
        "title": _texts(plan.title),
        "day": plan.day,
        "state": plan.state,
    }


def _task(task: PlanTask) -> dict[str, Any]:
    plain = ("due_on", "days", "is_follow_up", "state", "done_at", "who")
    return {name: getattr(task, name) for name in plain} | {
        "id": task.pk,
        "title": _texts(task.title),
        "detail": _texts(task.detail),
        "role": task.role.key if task.role else None,
    }


# --- Events ---
class EventSummary(Schema):
    """Texts are mappings of a language code to words; times carry the offset of the event's own zone."""

    id: UUID
    agency: str
    title: dict[str, str]
    kind: EventKind
    state: EventState
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    address: str
    languages: list[str]
    page: str
    calendar: str


class EventDetail(EventSummary):
    purpose: dict[str, str]
    description: dict[str, str]
    directions: dict[str, str]
    cancel_reason: dict[str, str]
    access: list[AccessFeature]
    neighborhoods: list[str]
    partners: list[str]
    capacity: int | None
    takes_registrations: bool
    latitude: float | None
    longitude: float | None
    changed_at: datetime


class EventPage(Schema):
    items: list[EventSummary]
    next_cursor: str


@router.get("events/", response=EventPage, summary="Published events that have not ended, soonest first")
def event_list(
    request: HttpRequest,  # noqa: ARG001 - the same for everybody
    agency: str = Query("", max_length=50),
    kind: EventKind | None = None,
    language: str = Query("", max_length=8, pattern="^[a-z]*$"),
    after: str = Query("", max_length=400),
) -> dict[str, Any]:
    events = event_queries.upcoming_events(at=timezone.now())
    if agency:
        events = events.filter(agency__slug=agency)
    if kind:
        events = events.filter(kind=kind)
    if language:
        events = event_queries.speaking(events, language=language)
    page = keyset_page(events, after=after)
    return {"items": [_event(event) for event in page], "next_cursor": page.next_cursor}


@router.get("events/{uuid:event_id}/", response=EventDetail, summary="One event")
def event(request: HttpRequest, event_id: UUID) -> dict[str, Any]:
    found = get_visible(event_queries.shown_events(viewer=request.viewer), pk=event_id)
    plain = ("access", "capacity", "takes_registrations", "latitude", "longitude", "changed_at")
    texts = ("purpose", "description", "directions", "cancel_reason")
    return (
        _event(found)
        | {name: getattr(found, name) for name in plain}
        | {name: _texts(getattr(found, name)) for name in texts}
        | {
            "neighborhoods": [neighborhood.code for neighborhood in found.neighborhoods.all()],
            "partners": [partner.organization.name for partner in found.accepted_partners],
        }
    )


def _event(event: Event) -> dict[str, Any]:
    plain = ("id", "kind", "state", "time_zone", "place", "address", "languages")
    return {name: getattr(event, name) for name in plain} | {
        "agency": event.agency.slug,
        "title": _texts(event.title),
        "starts_at": event.local_start,
        "ends_at": event.local_end,
        "page": settings.BASE_URL + event.get_absolute_url(),
        "calendar": settings.BASE_URL + reverse("engagement:event-calendar", args=[event.pk]),
    }
