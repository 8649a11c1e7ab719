"""Whom to remind of which task of a plan, by the calendar of the agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lecen.domains.agencies.models import Position
from lecen.domains.engagement.choices import PlanState, TaskState
from lecen.domains.engagement.models import PlanTask
from lecen.domains.engagement.queries.plans import today_at
from lecen.kernel.models import Notice
from lecen.kernel.notify import Recipient, subject_key

DUE_SOON, LATE = "engagement.task_due_soon", "engagement.task_late"
REMINDERS = (DUE_SOON, LATE)
SOON = timedelta(days=2)
FORGOTTEN_AFTER = timedelta(days=30)  # what nobody touched for so long is not mended by one more message


@dataclass(frozen=True)
class Reminder:
    """One message to write: the task, whom it concerns, why now, and the occasion that makes it one message."""

    task: PlanTask
    kind: str
    occasion: str

    @property
    def recipient(self) -> Recipient:
        person = self.task.responsible
        return Recipient(address=person.email, language=person.language, user_id=person.pk)


def reminders_due(*, at: datetime) -> list[Reminder]:
    """Open tasks due within two days or late, by the calendar of their agency, that nobody was reminded of yet."""
    tasks = [
        task
        for task in PlanTask.objects.filter(
            state=TaskState.OPEN,
            plan__state=PlanState.ACTIVE,
            due_on__range=(at.date() - FORGOTTEN_AFTER, at.date() + SOON + timedelta(days=1)),
        )
        .select_related("owner", "role__holder", "plan__agency")
        .order_by("due_on", "pk")
        if task.responsible_id
    ]
    members = _members(tasks, at)
    wanted = [_reminder(task, at) for task in tasks if (task.responsible_id, task.plan.agency_id) in members]
    return _not_yet_sent([reminder for reminder in wanted if reminder is not None])


def _reminder(task: PlanTask, at: datetime) -> Reminder | None:
    today = today_at(agency=task.plan.agency, at=at)
    if task.due_on > today + SOON:
        return None
    return Reminder(task, LATE if task.due_on < today else DUE_SOON, occasion=task.due_on.isoformat())


def _members(tasks: Sequence[PlanTask], at: datetime) -> set[tuple[UUID, UUID | None]]:
    """Who of the responsible still holds a position at the agency of the task."""
    held = Position.objects.filter(
        user__in={task.responsible_id for task in tasks},
        user__is_active=True,
        ended_at=None,
        expires_on__gte=at.date(),
    )
    return set(held.values_list("user_id", "agency_id"))


def _not_yet_sent(reminders: Sequence[Reminder]) -> list[Reminder]:
    subjects = [subject_key(reminder.task) for reminder in reminders]
    sent = set(
        Notice.objects.filter(kind__in=REMINDERS, subject__in=subjects).values_list(
            "kind", "recipient", "subject", "occasion"
        )
    )
    return [
        reminder
        for reminder in reminders
        if (reminder.kind, reminder.recipient.key, subject_key(reminder.task), reminder.occasion) not in sent
    ]
