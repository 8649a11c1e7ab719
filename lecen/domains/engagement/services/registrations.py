"""Registrations: seats kept for whoever says that they come, without an account, until 30 days after the event."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.domains.agencies.queries.positions import day_in
from lecen.domains.engagement import logic, rules
from lecen.domains.engagement.changes import EventChanged, RegistrationMade
from lecen.domains.engagement.choices import EventState, RegistrationState
from lecen.domains.engagement.models import Event, Registration
from lecen.domains.engagement.queries.attendance import (
    receipt_code,
    registration_key,
    registrations_of,
    seats_taken,
)
from lecen.kernel import audit, changes
from lecen.kernel.codes import hash_code
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer

FORGOTTEN = "forgotten-"  # stands where the hash of a receipt code stood
BEHIND_UTC = timedelta(hours=12)  # nowhere is the date further back


@dataclass(frozen=True, kw_only=True)
class RegistrationDraft:
    """What somebody sent. `registration_id` is drawn by the form: sent twice, it keeps seats once."""

    registration_id: UUID
    seats: int = 1
    language: str = "en"
    name: str = ""
    email: str = ""
    needs: str = ""


def register(*, by: Viewer, event_id: UUID, draft: RegistrationDraft, at: datetime) -> tuple[Registration, str]:
    """Keep seats for a party and give its receipt code. The same draft a second time gives the same outcome."""
    key = registration_key(request_key=draft.registration_id)
    code = receipt_code(registration_id=key)
    with transaction.atomic():
        event = _locked_event(event_id)
        require(rules.can_view_event, by, event)
        existing = Registration.objects.filter(pk=key).first()
        if existing is not None:
            return _same(existing, event), code
        _keep_open(event, at)
        _keep_capacity(event, draft.seats)
        _keep_address(draft.email)
        registration = _written(key, event, draft, at)
        registration.code_hash = hash_code(code)
        registration.full_clean(exclude=["event"])
        registration.save(force_insert=True)
        audit.record(by=by, act="registration.made", on=event, at=at)
        if registration.email:
            changes.publish(RegistrationMade(registration_id=registration.pk))
    return registration, code


def change_seats(*, by: Viewer, registration_id: UUID, seats: int, at: datetime) -> Registration:
    """Come with more people or fewer. More need room; who canceled takes seats again if there are any."""
    with transaction.atomic():
        registration = _locked_registration(registration_id)
        require(rules.can_change_registration, by, registration)
        held = registration.seats if registration.state == RegistrationState.CONFIRMED else 0
        if seats == held:
            return registration
        _keep_open(registration.event, at)
        if seats > held:
            _keep_capacity(registration.event, seats - held)
        registration.seats, registration.state = seats, RegistrationState.CONFIRMED
        registration.full_clean(exclude=["event"])
        registration.save(update_fields=["seats", "state"])
        audit.record(by=by, act="registration.changed", on=registration.event, at=at)
    return registration


def cancel_registration(*, by: Viewer, registration_id: UUID, at: datetime) -> Registration:
    """Give the seats back; the name, address and needs go at once."""
    with transaction.atomic():
        registration = _locked_registration(registration_id)
        require(rules.can_change_registration, by, registration)
        if registration.state == RegistrationState.CANCELED:
            return registration
        registration.state = RegistrationState.CANCELED
        registration.name = registration.email = registration.needs = ""
        registration.save(update_fields=["state", "name", "email", "needs"])
        audit.record(by=by, act="registration.canceled", on=registration.event, at=at)
    return registration


def read_registrations(*, by: Viewer, event_id: UUID, at: datetime) -> list[Registration]:
    """The registrations that stand, with names, addresses and needs where given: every look at them is recorded."""
    with transaction.atomic():
        event = Event.objects.select_related("agency").get(pk=event_id)
        require(rules.can_organize_event, by, event)
        audit.record(by=by, act="event.registrations_read", on=event, at=at)
        return list(registrations_of(viewer=by, event=event))


def keep_until_later(*, change: EventChanged, at: datetime) -> None:  # noqa: ARG001 - the event's own days count
    """An event that moved takes the day of deletion along, for those who still mean to come."""
    event = Event.objects.filter(pk=change.event_id).first()
    if event is not None:
        day = logic.registrations_deleted_after(event.local_end.date())
        _remembered().filter(event=event).update(delete_after=day)


def forget_registrations(*, at: datetime) -> int:
    """Erase names, addresses, needs and codes past their day; how many seats were kept stays."""
    with transaction.atomic():
        last = (at.astimezone(UTC) - BEHIND_UTC).date()
        due = list(_remembered().select_for_update().filter(delete_after__lt=last).order_by("pk")[:500])
        for registration in due:
            registration.name = registration.email = registration.needs = ""
            registration.code_hash = f"{FORGOTTEN}{registration.pk.hex}"
        Registration.objects.bulk_update(due, ["name", "email", "needs", "code_hash"])
    return len(due)


def _remembered() -> models.QuerySet[Registration]:
    return Registration.objects.exclude(code_hash__startswith=FORGOTTEN)


def _locked_event(event_id: UUID) -> Event:
    """The row under whose lock seats are counted: whoever wants the last one waits here."""
    return Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event_id)


def _locked_registration(registration_id: UUID) -> Registration:
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    event = _locked_event(event_id)
    registration = Registration.objects.get(pk=registration_id)
    registration.event = event
    return registration


def _same(existing: Registration, event: Event) -> Registration:
    if existing.event_id != event.pk:
        raise Refused(_("This form was already sent for another event. Open the page of the event again."))
    return existing


def _written(key: UUID, event: Event, draft: RegistrationDraft, at: datetime) -> Registration:
    return Registration(
        pk=key,
        event=event,
        seats=draft.seats,
        language=draft.language,
        day=day_in(event.time_zone, at),
        name=draft.name,
        email=draft.email,
        needs=draft.needs,
        delete_after=logic.registrations_deleted_after(event.local_end.date()),
    )


def _keep_address(email: str) -> None:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise Refused(_("Enter an e-mail address such as ana@example.org."), field="email") from None


def _keep_open(event: Event, at: datetime) -> None:
    if event.state == EventState.CANCELED:
        raise Refused(_("This event is canceled."))
    if event.state != EventState.PUBLISHED or not event.takes_registrations:
        raise Refused(_("This event takes no registrations. Just come."))
    if event.ends_at <= at:
        raise Refused(_("This event is over."))


def _keep_capacity(event: Event, wanted: int) -> None:
    if event.capacity is None:
        return
    left = event.capacity - seats_taken(event=event)
    if left <= 0:
        raise Refused(_("This event is full. Seats that are given back become free here, so look again later."))
    if wanted > left:
        message = ngettext(
            "Only %(left)d seat is left. Register fewer people.",
            "Only %(left)d seats are left. Register fewer people.",
            left,
        )
        raise Refused(message % {"left": left}, field="seats")
