"""Tasks of a plan: added, changed, checked off, taken back, dropped."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import PlanState, TaskState
from lecen.domains.engagement.models import Plan, PlanTask
from lecen.domains.engagement.queries.plans import people_of
from lecen.domains.engagement.queries.reminders import REMINDERS
from lecen.kernel import audit, notify
from lecen.kernel.errors import Refused
from lecen.kernel.ids import uuid7
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """A task as somebody wrote it, in the language of their page.

    `task_id` is drawn by the form: sent twice, it makes one task.
    """

    title: str
    due_on: date
    detail: str = ""
    owner_id: UUID | None = None
    role_id: UUID | None = None
    is_follow_up: bool = False
    task_id: UUID | None = None


def add_task(*, by: Viewer, plan_id: UUID, draft: TaskDraft, at: datetime) -> PlanTask:
    """One more thing to do. A follow-up needs an owner and a date after the event, nothing less."""
    with transaction.atomic():
        plan = Plan.objects.select_for_update(of=("self",)).select_related("agency").get(pk=plan_id)
        require(rules.can_organize_plan, by, plan)
        _require_under_way(plan)
        key = draft.task_id or uuid7()
        existing = PlanTask.objects.filter(pk=key, plan=plan).first()
        if existing is not None:
            return existing
        task = PlanTask(pk=key, plan=plan, is_follow_up=draft.is_follow_up)
        _write(task, draft, at)
        task.save(force_insert=True)
        audit.record(by=by, act="follow_up.added" if draft.is_follow_up else "task.added", on=task, at=at)
    return task


def change_task(*, by: Viewer, task_id: UUID, draft: TaskDraft, at: datetime) -> PlanTask:
    """Write a task anew. One that gets a date by hand no longer moves with the day of the event."""
    with transaction.atomic():
        task = _lock(task_id)
        require(rules.can_organize_plan, by, task.plan)
        _require_under_way(task.plan)
        if draft.due_on != task.due_on:
            task.days = None
        _write(task, draft, at)
        task.save()
        _forget_reminders(task)
        audit.record(by=by, act="task.changed", on=task, at=at)
    return task


def check_off_task(*, by: Viewer, task_id: UUID, at: datetime) -> PlanTask:
    """Note that a task is done. Checking it off again keeps the first time."""
    return _set_state(by, task_id, TaskState.DONE, "task.done", at)


def reopen_task(*, by: Viewer, task_id: UUID, at: datetime) -> PlanTask:
    """Take back that a task is done or dropped."""
    return _set_state(by, task_id, TaskState.OPEN, "task.reopened", at)


def drop_task(*, by: Viewer, task_id: UUID, at: datetime) -> PlanTask:
    """Leave a task out of this plan; it stays readable and can be taken back."""
    return _set_state(by, task_id, TaskState.DROPPED, "task.dropped", at)


def _set_state(by: Viewer, task_id: UUID, state: TaskState, act: str, at: datetime) -> PlanTask:
    with transaction.atomic():
        task = _lock(task_id)
        if state == TaskState.DROPPED:
            require(rules.can_organize_plan, by, task.plan)
        require(rules.can_check_off, by, task)
        _require_under_way(task.plan)
        if task.state == state:
            return task
        task.state, task.done_at = state, at if state == TaskState.DONE else None
        task.save(update_fields=["state", "done_at"])
        _forget_reminders(task)
        audit.record(by=by, act=act, on=task, at=at)
    return task


def _write(task: PlanTask, draft: TaskDraft, at: datetime) -> None:
    if draft.is_follow_up and draft.owner_id is None:
        raise Refused(_("A follow-up needs somebody who sees to it."), field="owner")
    if draft.is_follow_up and draft.due_on < task.plan.day:
        raise Refused(_("A follow-up comes after the event. Choose a later date."), field="due_on")
    new_owner = draft.owner_id != task.owner_id
    if (
        draft.owner_id
        and new_owner
        and not people_of(agency=task.plan.agency, at=at).filter(pk=draft.owner_id).exists()
    ):
        raise Refused(_("Choose a person of your agency."), field="owner")
    if draft.role_id and not task.plan.roles.filter(pk=draft.role_id).exists():
        raise Refused(_("Choose a role of this plan."), field="role")
    task.title, task.detail = _rewritten(task.title, draft.title), _rewritten(task.detail, draft.detail)
    task.due_on, task.owner_id, task.role_id = draft.due_on, draft.owner_id, draft.role_id
    task.full_clean(exclude=["plan", "role", "owner"])


def _rewritten(text: TranslatedText, words: str) -> TranslatedText:
    """`text` with the language that its reader saw replaced; what stands in others is stale now."""
    words = words.strip()
    if words == str(text):
        return text
    if not words:
        return TranslatedText()
    language = (get_language() or "en").partition("-")[0]
    texts = {code: entry.text for code, entry in text.translations} | {language: words}
    return text.revised(TranslatedText.of(source=text.source or language, **texts))


def _forget_reminders(task: PlanTask) -> None:
    for kind in REMINDERS:
        notify.withdraw(about=task, kind=kind)


def _lock(task_id: UUID) -> PlanTask:
    found = PlanTask.objects.select_for_update(of=("self",)).select_related("plan__agency", "role")
    return found.get(pk=task_id)


def _require_under_way(plan: Plan) -> None:
    if plan.state != PlanState.ACTIVE:
        raise Refused(_("This plan is no longer under way. Take it up again first."))
