"""Who said that they come, and how many were there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet, Sum

from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import (
    AgeBand,
    CheckInMethod,
    EventState,
    FirstTime,
    Origin,
    RegistrationState,
)
from lecen.domains.engagement.models import CheckIn, Event, Registration
from lecen.kernel.codes import derived_code, hash_code, keyed_hash, normalize_code
from lecen.kernel.models import Notice
from lecen.kernel.notify import Recipient, subject_key
from lecen.kernel.times import local_datetime
from lecen.kernel.viewer import Viewer
from lecen.science.disclosure import protect

GROUPINGS = {"method": CheckInMethod, "age_band": AgeBand, "origin": Origin, "first_time": FirstTime}
EVENT_TOMORROW = "engagement.event_tomorrow"
REMINDED_AT = time(10)
REMINDED_WITHIN = timedelta(days=2)
LATE_TAPS = timedelta(days=7)  # paper and phones without a connection come in afterwards


class Places(StrEnum):
    """What visitors are told before they register."""

    LEFT = "left"
    FULL = "full"
    CLOSED = "closed"


@dataclass(frozen=True)
class Attendance:
    """How many people were there, as counted at the door. Every value of each grouping is present, zeros too.

    Raw counts: fine for whoever counts at the door while it runs; any page or file that shows a breakdown to others
    passes it through `science.disclosure.protect`.
    """

    people: int = 0
    by_method: Mapping[str, int] = field(default_factory=dict)
    by_age_band: Mapping[str, int] = field(default_factory=dict)
    by_origin: Mapping[str, int] = field(default_factory=dict)
    by_first_time: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ToldAttendance:
    """The same under the small-number rule: None is a figure that is not shown."""

    people: int | None
    by_method: Mapping[str, int | None]
    by_age_band: Mapping[str, int | None]
    by_origin: Mapping[str, int | None]
    by_first_time: Mapping[str, int | None]


@dataclass(frozen=True)
class Expected:
    """What registrations add up to; `seats_left` is None where the event has no limit."""

    registrations: int
    seats: int
    seats_left: int | None


def seats_taken(*, event: Event) -> int:
    """Seats kept by registrations that were not canceled; lock the event's row before deciding on it."""
    confirmed = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED)
    return confirmed.aggregate(total=Sum("seats"))["total"] or 0


def expected_at(*, event: Event) -> Expected:
    seats = list(
        Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).values_list("seats", flat=True)
    )
    left = None if event.capacity is None else max(event.capacity - sum(seats), 0)
    return Expected(registrations=len(seats), seats=sum(seats), seats_left=left)


def places_at(*, event: Event) -> Places:
    """Whether anybody can still register; how many places are left is nobody's business."""
    if not event.takes_registrations:
        return Places.CLOSED
    if event.capacity is not None and seats_taken(event=event) >= event.capacity:
        return Places.FULL
    return Places.LEFT


def people_to_tell(*, event: Event, registered_before: date | None = None) -> tuple[Recipient, ...]:
    """Whoever counts on `event` and left an address; each address once."""
    confirmed = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).order_by("pk")
    if registered_before is not None:
        confirmed = confirmed.filter(day__lt=registered_before)
    found = {row.email.lower(): Recipient(row.email, row.language) for row in confirmed if row.email}
    return tuple(found.values())


def reminder_occasion(*, event: Event) -> str:
    """One reminder for each day on which the event is set: one that moved is announced anew."""
    return f"day-before-{event.local_start:%Y-%m-%d}"


def reminders_for_tomorrow(*, at: datetime) -> list[tuple[Event, list[Recipient]]]:
    """Events of the next day, from ten in the morning on before it, with those not yet reminded.

    Who registered only on that morning or later has just read it all and is left alone.
    """
    soon = Event.objects.filter(state=EventState.PUBLISHED, starts_at__gt=at, starts_at__lte=at + REMINDED_WITHIN)
    found = []
    for event in soon.select_related("agency").order_by("starts_at", "pk"):
        day_before = event.local_start.date() - timedelta(days=1)
        if at < local_datetime(day_before, REMINDED_AT, event.time_zone):
            continue
        told = set(
            Notice.objects.filter(
                kind=EVENT_TOMORROW, subject=subject_key(event), occasion=reminder_occasion(event=event)
            ).values_list("recipient", flat=True)
        )
        waiting = [to for to in people_to_tell(event=event, registered_before=day_before) if to.key not in told]
        found.append((event, waiting))
    return found


def registrations_of(*, viewer: Viewer, event: Event) -> QuerySet[Registration]:
    """The registrations that stand, for the list at the door."""
    confirmed = rules.visible_registrations(viewer).filter(event=event, state=RegistrationState.CONFIRMED)
    return confirmed.select_related("check_in").order_by("day", "pk")


def registration_key(*, request_key: UUID) -> UUID:
    """Under which key the registration of a form is kept.

    Whoever sends the form again is shown its code. So the form's own key must not be read from our rows, lists or
    messages, or they would open what only the receipt code opens.
    """
    return UUID(hex=keyed_hash(f"registration-form|{request_key}")[:32], version=4)


def receipt_code(*, registration_id: UUID) -> str:
    """The code that brings back whoever registered; a form sent twice shows the same one."""
    return derived_code(f"registration:{registration_id}")


def registration_by_code(*, code: str) -> Registration | None:
    """What a receipt code opens; nothing where it is wrong, forgotten or unreadable."""
    if not normalize_code(code):
        return None
    return Registration.objects.select_related("event__agency").filter(code_hash=hash_code(code)).first()


def registration_at_door(*, event: Event, code_hash: str) -> Registration | None:
    """The registration whose code was scanned, with its check-in if there is one."""
    found = Registration.objects.select_related("check_in").defer("name", "email", "needs")
    return found.filter(event=event, code_hash=code_hash).first()


def last_taps(*, event: Event, tap_ids: Sequence[str]) -> list[CheckIn]:
    """Those of `tap_ids` that count, in their order: rows keep no time, so the phone remembers what it tapped last."""
    rows = {str(row.pk): row for row in CheckIn.objects.filter(event=event, pk__in=tap_ids, is_undone=False)}
    return [rows[key] for key in tap_ids if key in rows]


def attendance_of(*, event: Event) -> Attendance:
    """People counted at the door so far, without what was undone."""
    counted = CheckIn.objects.filter(event=event, is_undone=False)
    rows = counted.values_list(*GROUPINGS).order_by().annotate(total=Sum("people"))
    counts = {name: Counter(dict.fromkeys(choices.values, 0)) for name, choices in GROUPINGS.items()}
    people = 0
    for *values, total in rows:
        people += total
        for name, value in zip(GROUPINGS, values, strict=True):
            counts[name][value] += total
    return Attendance(people, **{f"by_{name}": dict(counter) for name, counter in counts.items()})


def door_is_closed(*, event: Event, at: datetime) -> bool:
    """Whether the count is over: from then on nobody needs its small figures."""
    return at > event.ends_at + LATE_TAPS


def told_attendance(*, event: Event, at: datetime) -> Attendance | ToldAttendance:
    """What members of the agency read: all of it while they count, afterwards what the small-number rule shows."""
    counted = attendance_of(event=event)
    if not door_is_closed(event=event, at=at):
        return counted
    groups = {f"by_{name}": getattr(counted, f"by_{name}") for name in GROUPINGS}
    return ToldAttendance(
        people=protect({"people": counted.people}).total.value,
        **{name: {key: cell.value for key, cell in protect(group).cells.items()} for name, group in groups.items()},
    )
