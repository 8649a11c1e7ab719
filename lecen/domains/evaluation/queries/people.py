"""Who came: counts from the door and seats kept, as far as they may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, TextChoices
from django.utils.translation import gettext as _

from lecen.domains.engagement.choices import AgeBand, FirstTime, Origin
from lecen.domains.engagement.models import CheckIn, Event
from lecen.domains.engagement.queries.attendance import Attendance, attendance_of, expected_at
from lecen.domains.evaluation.choices import Known
from lecen.domains.evaluation.logic import Amount, Group
from lecen.kernel.times import say_day
from lecen.science.disclosure import DEFAULT_K, protect

NOT_COUNTED = Amount(Known.ABSENT)


@dataclass(frozen=True)
class Breakdown:
    """People present by one trait noted at the door; `n` is all of them."""

    key: str
    title: str
    groups: tuple[Group, ...]

    @property
    def is_hidden(self) -> bool:
        return all(group.value is None for group in self.groups)

    @property
    def said(self) -> str:
        if self.is_hidden:
            return _("not shown")
        return " · ".join(f"{group.label}: {group.said}" for group in self.groups)


@dataclass(frozen=True)
class People:
    """`entries` counts taps at the door; it is told only where the total is."""

    present: Amount = NOT_COUNTED
    seats: Amount | None = None  # None where nobody could register
    breakdowns: tuple[Breakdown, ...] = ()
    entries: int = 0
    days: str = ""


def people_at(*, event: Event) -> People:
    """Counted at the door of an event that is over, in three queries."""
    attendance = attendance_of(event=event)
    standing = Q(is_undone=False)
    rows = CheckIn.objects.filter(event=event).aggregate(
        taps=Count("pk"),
        entries=Count("pk", filter=standing),
        first=Min("day", filter=standing),
        last=Max("day", filter=standing),
    )
    seats = expected_at(event=event).seats
    takes_seats = event.takes_registrations or seats >= DEFAULT_K
    kept = Amount.of(seats if seats >= DEFAULT_K else None) if takes_seats else None
    if not rows["taps"]:
        return People(seats=kept)
    if attendance.people < DEFAULT_K:
        return People(present=Amount(Known.FEW), seats=kept)
    return People(
        present=Amount.of(attendance.people),
        seats=kept,
        breakdowns=_breakdowns(attendance),
        entries=rows["entries"],
        days=_days(rows["first"], rows["last"]),
    )


def _days(first: date, last: date) -> str:
    if first == last:
        return say_day(first)
    return _("%(first)s to %(last)s") % {"first": say_day(first), "last": say_day(last)}


def _breakdowns(attendance: Attendance) -> tuple[Breakdown, ...]:
    return (
        _breakdown("age", _("Age"), AgeBand, attendance.by_age_band),
        _breakdown("first_time", _("First time"), FirstTime, attendance.by_first_time),
        _breakdown("origin", _("Where from"), Origin, attendance.by_origin),
    )


def _breakdown(key: str, title: str, choices: type[TextChoices], counts: Mapping[str, int]) -> Breakdown:
    cells = protect({str(value): counts[value] for value in choices.values}).cells
    return Breakdown(key, title, tuple(Group(str(label), cells[value].value) for value, label in choices.choices))
