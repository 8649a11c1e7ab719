"""Engagement as data: texts in every language at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import (
    AccessFeature,
    AgeBand,
    CheckInMethod,
    EventState,
    FirstTime,
    Origin,
    PlanState,
    RegistrationState,
    TaskState,
)
from lecen.domains.engagement.models import Event, Plan, PlanTask
from lecen.domains.engagement.queries import attendance as attendance_queries
from lecen.domains.engagement.queries import events as event_queries
from lecen.domains.engagement.queries import plans as plan_queries
from lecen.domains.engagement.services import check_ins, registrations
from lecen.domains.library.choices import EventKind
from lecen.kernel.api import ApiRouter, person_only
from lecen.kernel.codes import hash_code
from lecen.kernel.limiter import limited
from lecen.kernel.search import storable
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
        events = events.filter(agency__slug=storable(agency))
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


# --- Registrations and check-ins ---
class RegistrationIn(Schema):
    """Draw `registration_id` (a random UUID) once for each registration: sent again, it keeps seats once."""

    registration_id: UUID
    seats: int = Field(1, ge=1, le=10)
    language: Literal["en", "es"] = "en"
    name: str = Field("", max_length=120)
    email: str = Field("", max_length=254)
    needs: str = Field("", max_length=500)


class RegistrationOut(Schema):
    """`code` brings whoever registered back; it is the only way to change or cancel."""

    code: str
    seats: int
    state: RegistrationState
    deleted_after: date


class TapIn(Schema):
    """Draw `id` (a random UUID) once for each tap. `code` is for the method `qr`; `people` defaults to those kept."""

    id: UUID
    method: CheckInMethod = CheckInMethod.WALK_IN
    people: int | None = Field(None, ge=1, le=500)
    age_band: AgeBand = AgeBand.UNKNOWN
    origin: Origin = Origin.UNKNOWN
    first_time: FirstTime = FirstTime.UNKNOWN
    code: str = Field("", max_length=40)


class TapsIn(Schema):
    taps: Annotated[list[TapIn], Field(max_length=500)] = []
    undone: Annotated[list[UUID], Field(max_length=500)] = []


class RefusedTap(Schema):
    id: UUID
    message: str


class AttendanceOut(Schema):
    """Raw counts for whoever counts at the door, not for publication; null is not shown once the count is closed."""

    people: int | None
    by_method: dict[str, int | None]
    by_age_band: dict[str, int | None]
    by_origin: dict[str, int | None]
    by_first_time: dict[str, int | None]


class RecordedOut(AttendanceOut):
    """`counted` are new, `known` came before: both may be dropped by the device; so may `refused`."""

    counted: list[UUID]
    known: list[UUID]
    refused: list[RefusedTap]


@router.post(
    "events/{uuid:event_id}/registrations/", response=RegistrationOut, summary="Keep seats, without an account"
)
@limited(scope="api.register", limit=300, per_seconds=3600)
def register(request: HttpRequest, event_id: UUID, sent: RegistrationIn) -> dict[str, Any]:
    event = get_visible(rules.visible_events(request.viewer), pk=event_id)
    draft = registrations.RegistrationDraft(**sent.dict())
    made, code = registrations.register(by=request.viewer, event_id=event.pk, draft=draft, at=timezone.now())
    return {"code": code, "seats": made.seats, "state": made.state, "deleted_after": made.delete_after}


@router.post(
    "events/{uuid:event_id}/check-ins/",
    response=RecordedOut,
    auth=person_only,
    summary="Count taps at the door; sent again, each counts once",
    url_name="check-ins",
)
def record_check_ins(request: HttpRequest, event_id: UUID, sent: TapsIn) -> Mapping[str, Any]:
    event = get_visible(rules.followed_events(request.viewer), pk=event_id)
    by, at = request.viewer, timezone.now()
    taps = [_tap(tap) for tap in sent.taps]
    recorded = check_ins.record_check_ins(by=by, event_id=event.pk, taps=taps, at=at)
    check_ins.undo_check_ins(by=by, event_id=event.pk, tap_ids=sent.undone, at=at)
    refused = [{"id": refusal.tap_id, "message": refusal.message} for refusal in recorded.refused]
    outcome = {"counted": recorded.counted, "known": recorded.known, "refused": refused}
    return outcome | vars(attendance_queries.attendance_of(event=event))


@router.get(
    "events/{uuid:event_id}/attendance/",
    response=AttendanceOut,
    auth=person_only,
    summary="The count at the door so far",
)
def attendance(request: HttpRequest, event_id: UUID) -> object:
    event = get_visible(rules.followed_events(request.viewer), pk=event_id)
    return attendance_queries.told_attendance(event=event, at=timezone.now())


def _tap(sent: TapIn) -> check_ins.Tap:
    values = sent.dict(exclude={"id", "code"})
    return check_ins.Tap(tap_id=sent.id, code_hash=hash_code(sent.code) if sent.code else "", **values)
