"""Engagement as data."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema

from lecen.domains.engagement.choices import PlanState, TaskState
from lecen.domains.engagement.models import Plan, PlanTask
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
