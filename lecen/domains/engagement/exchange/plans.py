"""The tasks of a plan as a table for a spreadsheet."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lecen.domains.engagement.models import PlanTask
from lecen.kernel.tables import write_csv


def tasks_csv(tasks: Iterable[PlanTask], *, zone: str) -> str:
    """One row a task, in the language of the reader; days by the calendar of `zone`."""
    columns = (_("Due"), _("Task"), _("How"), _("Who"), _("Role"), _("State"), _("Follow-up"), pgettext("task", "Done"))
    return write_csv(columns, [_row(task, ZoneInfo(zone)) for task in tasks])


def _row(task: PlanTask, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        task.due_on.isoformat(),
        str(task.title),
        str(task.detail),
        task.who,
        str(task.role or ""),
        str(task.get_state_display()),
        _("yes") if task.is_follow_up else _("no"),
        task.done_at.astimezone(zone).date().isoformat() if task.done_at else "",
    )
