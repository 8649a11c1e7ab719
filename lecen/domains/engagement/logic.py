"""Pure rules of the trade: no queries, no clock."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from lecen.domains.engagement.choices import TaskState
from lecen.kernel.translated import TranslatedText

REGISTRATIONS_KEPT_FOR = timedelta(days=30)


# --- Events ---
def untranslated(texts: Iterable[TranslatedText], *, language: str) -> bool:
    """Whether any of `texts` that is written at all is missing in `language`."""
    return any(text and language not in text.languages for text in texts)


# --- Registrations ---
def registrations_deleted_after(ends_on: date) -> date:
    """The last day on which names and addresses of an event that ends on `ends_on` are still kept."""
    return ends_on + REGISTRATIONS_KEPT_FOR


# --- Plans ---
WEEK = timedelta(days=7)


class Section(StrEnum):
    """Where a task stands on the board."""

    LATE = "late"
    THIS_WEEK = "this_week"
    LATER = "later"
    FOLLOW_UP = "follow_up"
    DONE = "done"
    DROPPED = "dropped"


def due_date(*, day: date, days: int, today: date) -> date:
    """When a task is due that lies `days` from the `day` of the event; what should be done by now is due today."""
    return max(day + timedelta(days=days), today)


def is_hurried(*, day: date, days: int | None, due_on: date) -> bool:
    """Whether the plan began too late for this task to have the time that its playbook gives it."""
    return days is not None and due_on > day + timedelta(days=days)


def section_of(*, state: str, due_on: date, is_follow_up: bool, today: date) -> Section:
    """Today and the six days after it count as this week, so that on a Sunday Monday's task is not far away."""
    if state != TaskState.OPEN:
        return Section.DONE if state == TaskState.DONE else Section.DROPPED
    if due_on < today:
        return Section.LATE
    if due_on < today + WEEK:
        return Section.THIS_WEEK
    return Section.FOLLOW_UP if is_follow_up else Section.LATER


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def share_done(*, done: int, total: int) -> int:
    """Whole percent, and 100 only when nothing is left."""
    return done * 100 // total if total else 0
