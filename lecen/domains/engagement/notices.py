"""Who is told what, in which words."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lecen.domains.engagement.queries.reminders import LATE, Reminder, reminders_due
from lecen.kernel.notify import Message, notify


# --- Plans ---
def remind_of_tasks(*, at: datetime) -> int:
    """Write to whoever has a task two days before it is due, and once more when it is late."""
    reminders = reminders_due(at=at)
    for reminder in reminders:
        with translation.override(reminder.recipient.language):
            notify(
                kind=reminder.kind,
                to=reminder.recipient,
                about=reminder.task,
                occasion=reminder.occasion,
                message=_task_message(reminder),
                due_at=at,
            )
    return len(reminders)


def _task_message(reminder: Reminder) -> Message:
    task = reminder.task
    words = {
        "task": task.title,
        "day": date_format(task.due_on),
        "plan": task.plan.title,
        "link": f"{settings.BASE_URL}{task.plan.get_absolute_url()}",
    }
    if reminder.kind == LATE:
        title = _("Late: %(task)s") % words
        body = _("This task of the plan “%(plan)s” was due on %(day)s and is still open: **%(task)s**") % words
    else:
        title = _("Due on %(day)s: %(task)s") % words
        body = _("This task of the plan “%(plan)s” is due on %(day)s: **%(task)s**") % words
    return Message(title=title, body="\n\n".join([body, str(task.detail), words["link"]]))
