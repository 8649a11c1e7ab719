"""Check-ins: taps at the door, counted once however often a flaky phone sends them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies.queries.positions import day_in
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
from lecen.domains.engagement.queries.attendance import door_is_closed
from lecen.kernel import audit
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Tap:
    """One tap. `tap_id` is drawn by the device; `code_hash` names a registration.

    Without `people` it counts one person, or as many as registered.
    """

    tap_id: UUID
    method: str = CheckInMethod.WALK_IN
    people: int | None = None
    age_band: str = AgeBand.UNKNOWN
    origin: str = Origin.UNKNOWN
    first_time: str = FirstTime.UNKNOWN
    code_hash: str = ""


@dataclass(frozen=True)
class RefusedTap:
    """A tap that can never be counted, and why: the device lets go of it."""

    tap_id: UUID
    message: str


@dataclass(frozen=True)
class Recorded:
    """`counted` are new, `known` came before: both are safe with us."""

    counted: tuple[UUID, ...]
    known: tuple[UUID, ...]
    refused: tuple[RefusedTap, ...]


def record_check_ins(*, by: Viewer, event_id: UUID, taps: Sequence[Tap], at: datetime) -> Recorded:
    """Count `taps`. One that cannot be counted does not keep the others out."""
    with transaction.atomic():
        event = _open_door(by, event_id, at)
        keys = {tap.tap_id for tap in taps}
        elsewhere = set(CheckIn.objects.filter(pk__in=keys).exclude(event=event).values_list("pk", flat=True))
        known = set(CheckIn.objects.filter(pk__in=keys, event=event).values_list("pk", flat=True))
        new = {tap.tap_id: tap for tap in taps if tap.tap_id not in known}
        registrations = _registrations(event, new.values())
        counted: list[CheckIn] = []
        refused = [RefusedTap(key, _("This tap was counted at another event.")) for key in new if key in elsewhere]
        for tap in (tap for key, tap in new.items() if key not in elsewhere):
            try:
                counted.append(_check_in(event, tap, registrations, at))
            except Refused as refusal:
                refused.append(RefusedTap(tap.tap_id, str(refusal.message)))
        CheckIn.objects.bulk_create(counted)
        if counted:
            people = sum(row.people for row in counted)
            audit.record(by=by, act="event.checked_in", on=event, why=f"{len(counted)} taps, {people} people", at=at)
    return Recorded(tuple(row.pk for row in counted), tuple(sorted(known)), tuple(refused))


def undo_check_ins(*, by: Viewer, event_id: UUID, tap_ids: Sequence[UUID], at: datetime) -> int:
    """Take taps back; a registration that was checked in by one can be checked in again. Returns how many."""
    with transaction.atomic():
        event = _open_door(by, event_id, at)
        standing = CheckIn.objects.filter(event=event, pk__in=tap_ids, is_undone=False)
        undone = standing.update(is_undone=True, registration=None)
        if undone:
            audit.record(by=by, act="event.check_in_undone", on=event, why=f"{undone} taps", at=at)
    return undone


def _open_door(by: Viewer, event_id: UUID, at: datetime) -> Event:
    # The event is locked, so that the same taps sent at once wait here and are then known.
    event = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event_id)
    require(rules.can_check_in, by, event)
    if event.state != EventState.PUBLISHED:
        raise Refused(_("People are counted at published events only."))
    if door_is_closed(event=event, at=at):
        raise Refused(_("The event ended more than 7 days ago, so its count is closed."))
    return event


def _registrations(event: Event, taps: Iterable[Tap]) -> dict[str, Registration]:
    hashes = {tap.code_hash for tap in taps if tap.code_hash}
    if not hashes:
        return {}
    found = Registration.objects.filter(event=event, code_hash__in=hashes).select_related("check_in")
    # Who it is does not matter at the door, and so is not decrypted.
    return {registration.code_hash: registration for registration in found.defer("name", "email", "needs")}


def _check_in(event: Event, tap: Tap, registrations: dict[str, Registration], at: datetime) -> CheckIn:
    registration = None
    if tap.method == CheckInMethod.QR:
        registration = registrations.get(tap.code_hash)
        _keep_expected(registration)
    check_in = CheckIn(
        pk=tap.tap_id,
        event=event,
        registration=registration,
        method=tap.method,
        people=tap.people or (registration.seats if registration else 1),
        age_band=tap.age_band,
        origin=tap.origin,
        first_time=tap.first_time,
        # What is written down on paper and entered later belongs to the day of the event.
        day=min(day_in(event.time_zone, at), event.local_end.date()),
    )
    try:
        check_in.full_clean(exclude=["event", "registration"], validate_unique=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    return check_in


def _keep_expected(registration: Registration | None) -> None:
    if registration is None:
        raise Refused(_("This code is not registered for this event. Count the person as a walk-in."))
    if registration.state == RegistrationState.CANCELED:
        raise Refused(_("This registration was canceled. Count the people as walk-ins."))
    if hasattr(registration, "check_in"):
        raise Refused(_("This registration is already checked in."))
