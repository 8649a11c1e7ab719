"""Seats are kept without an account, never beyond capacity, and once however often a form is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from lecen.domains.engagement import rules
from lecen.domains.engagement.changes import EventChanged
from lecen.domains.engagement.choices import RegistrationState
from lecen.domains.engagement.models import Registration
from lecen.domains.engagement.queries.attendance import receipt_code, registration_by_code, registration_key
from lecen.domains.engagement.services import registrations as services
from lecen.domains.engagement.services.registrations import RegistrationDraft
from lecen.kernel.codes import hash_code
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AnonymousAct, AuditEntry
from lecen.kernel.viewer import ANONYMOUS, Viewer, ViewerKind
from tests.factories import NOON, EventFactory, RegistrationFactory

PEOPLE = 100
AT_ONCE = 25  # each holds a connection; a small PostgreSQL has a hundred in all
PARTY = RegistrationDraft(registration_id=uuid4(), seats=3, language="es", name="Ana", email="ana@example.org")


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, takes_registrations=True, capacity=5)


def receipt(registration) -> Viewer:
    return Viewer(ViewerKind.RECEIPT, scopes=frozenset({rules.registration_scope(registration)}))


def register(event, resident, *, at=NOON, **sent):
    draft = RegistrationDraft(**{"registration_id": uuid4(), **sent})
    return services.register(by=resident, event_id=event.pk, draft=draft, at=at)


def test_register_keeps_seats_until_thirty_days_after_the_event(event, resident, published_changes):
    registration, code = services.register(by=resident, event_id=event.pk, draft=PARTY, at=NOON)

    kept = Registration.objects.get()
    assert (kept.pk, kept.seats, kept.name, kept.email, kept.language, kept.day, kept.delete_after) == (
        registration_key(request_key=PARTY.registration_id),
        3, "Ana", "ana@example.org", "es", date(2026, 6, 1), date(2026, 7, 6),
    )  # fmt: skip
    assert registration_by_code(code=code.lower()) == registration
    assert code not in (kept.code_hash, str(kept.pk))
    assert published_changes() == [("RegistrationMade", {"registration_id": str(kept.pk)})]
    assert list(AnonymousAct.objects.values_list("act", flat=True)) == ["registration.made"]


def test_the_key_of_a_row_sent_as_that_of_a_form_brings_no_code_back(event, resident):
    kept, code = services.register(by=resident, event_id=event.pk, draft=PARTY, at=NOON)

    guess = replace(PARTY, registration_id=kept.pk, seats=1)
    other, shown = services.register(by=resident, event_id=event.pk, draft=guess, at=NOON)

    assert (other != kept, shown != code) == (True, True)


def test_register_sent_twice_gives_the_same_outcome(event, resident, published_changes):
    first = services.register(by=resident, event_id=event.pk, draft=PARTY, at=NOON)
    again = services.register(by=resident, event_id=event.pk, draft=PARTY, at=event.ends_at)

    assert first == again
    assert Registration.objects.count() == 1
    assert len(published_changes()) == 1


def test_register_refuses_a_form_that_was_sent_for_another_event(event, resident):
    services.register(by=resident, event_id=event.pk, draft=PARTY, at=NOON)
    other = EventFactory(agency=event.agency, published=True, takes_registrations=True)

    with pytest.raises(Refused, match="another event"):
        services.register(by=resident, event_id=other.pk, draft=PARTY, at=NOON)


def test_register_without_an_address_tells_nobody(event, resident, published_changes):
    register(event, resident)

    assert published_changes() == []


def test_register_refuses_more_people_than_seats_are_left(event, resident):
    register(event, resident, seats=4)

    with pytest.raises(Refused, match="Only 1 seat is left") as refused:
        register(event, resident, seats=2)
    assert refused.value.field == "seats"
    register(event, resident, seats=1)
    with pytest.raises(Refused, match="full"):
        register(event, resident)


def test_register_counts_no_canceled_seats(event, resident):
    RegistrationFactory(event=event, seats=5, state=RegistrationState.CANCELED)

    registration, _code = register(event, resident, seats=5)
    assert registration.seats == 5


@pytest.mark.parametrize("seats", [0, 11])
def test_register_takes_one_to_ten_people(event, resident, seats):
    event.capacity = None
    event.save()

    with pytest.raises(ValidationError):
        register(event, resident, seats=seats)
    assert Registration.objects.count() == 0


def test_register_refuses_what_is_no_address(event, resident):
    with pytest.raises(Refused, match="e-mail") as refused:
        register(event, resident, email="ana at example")
    assert refused.value.field == "email"


def test_register_is_for_open_events_that_are_not_over(agency, resident):
    closed = EventFactory(agency=agency, published=True)
    canceled = EventFactory(agency=agency, canceled=True)
    running = EventFactory(agency=agency, published=True, takes_registrations=True)

    with pytest.raises(Refused, match="no registrations"):
        register(closed, resident)
    with pytest.raises(Refused, match="canceled"):
        register(canceled, resident)
    with pytest.raises(Refused, match="over"):
        register(running, resident, at=running.ends_at)
    assert register(running, resident, at=running.ends_at - timedelta(minutes=1))


def test_register_for_a_draft_is_not_allowed(agency, resident):
    with pytest.raises(NotAllowed):
        register(EventFactory(agency=agency, takes_registrations=True), resident)


def test_change_seats_needs_room_for_more_and_none_for_fewer(event, resident):
    registration, _code = register(event, resident, seats=2)
    register(event, resident, seats=2)
    by, key = receipt(registration), registration.pk

    assert services.change_seats(by=by, registration_id=key, seats=3, at=NOON).seats == 3
    with pytest.raises(Refused, match="full"):
        services.change_seats(by=by, registration_id=key, seats=4, at=NOON)
    assert services.change_seats(by=by, registration_id=key, seats=1, at=NOON).seats == 1


def test_cancel_registration_gives_seats_back_and_erases_who_it_was(event, resident):
    registration, _code = services.register(by=resident, event_id=event.pk, draft=PARTY, at=NOON)
    by = receipt(registration)

    services.cancel_registration(by=by, registration_id=registration.pk, at=NOON)
    services.cancel_registration(by=by, registration_id=registration.pk, at=NOON)

    kept = Registration.objects.get()
    assert (kept.state, kept.name, kept.email, kept.needs) == (RegistrationState.CANCELED, "", "", "")
    assert register(event, resident, seats=5)[0].seats == 5


def test_who_canceled_comes_back_where_there_is_room(event, resident):
    registration, _code = register(event, resident, seats=3)
    by, key = receipt(registration), registration.pk
    services.cancel_registration(by=by, registration_id=key, at=NOON)
    register(event, resident, seats=3)

    with pytest.raises(Refused, match="Only 2 seats"):
        services.change_seats(by=by, registration_id=key, seats=3, at=NOON)
    assert services.change_seats(by=by, registration_id=key, seats=2, at=NOON).state == RegistrationState.CONFIRMED


def test_a_registration_is_changed_by_its_code_alone(event, resident, organizer):
    mine, other = register(event, resident)[0], register(event, resident)[0]

    for by in (organizer, resident, receipt(other)):
        with pytest.raises(NotAllowed):
            services.change_seats(by=by, registration_id=mine.pk, seats=2, at=NOON)
        with pytest.raises(NotAllowed):
            services.cancel_registration(by=by, registration_id=mine.pk, at=NOON)


def test_every_look_at_names_and_addresses_is_recorded(event, organizer, member):
    registration = RegistrationFactory(event=event, name="Ana")

    assert services.read_registrations(by=organizer, event_id=event.pk, at=NOON) == [registration]
    with pytest.raises(NotAllowed):
        services.read_registrations(by=member, event_id=event.pk, at=NOON)
    assert list(AuditEntry.objects.values_list("act", "user_id")) == [("event.registrations_read", organizer.user_id)]


def test_an_event_that_moved_takes_the_day_of_deletion_along(event, resident):
    register(event, resident)
    event.starts_at, event.ends_at = event.starts_at + timedelta(days=10), event.ends_at + timedelta(days=10)
    event.save()

    services.keep_until_later(change=EventChanged(event_id=event.pk, sequence=1), at=NOON)

    assert Registration.objects.get().delete_after == date(2026, 7, 16)


def test_forget_registrations_erases_people_and_keeps_counts(event, resident):
    registration, code = services.register(by=resident, event_id=event.pk, draft=PARTY, at=NOON)
    last_day = NOON + timedelta(days=35)

    assert services.forget_registrations(at=last_day) == 0
    assert services.forget_registrations(at=last_day + timedelta(days=2)) == 1
    assert services.forget_registrations(at=last_day + timedelta(days=3)) == 0

    kept = Registration.objects.get()
    assert (kept.seats, kept.state, kept.name, kept.email, kept.needs) == (3, RegistrationState.CONFIRMED, "", "", "")
    assert registration_by_code(code=code) is None
    assert kept.code_hash != hash_code(receipt_code(registration_id=registration.pk))


# --- Races ---


def outcomes(event, drafts):
    """What each sender was told, all of them trying at once."""

    def attempt(draft):
        try:
            return services.register(by=ANONYMOUS, event_id=event.pk, draft=draft, at=NOON)[1]
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(attempt, drafts))


@pytest.fixture
def three_seats(transactional_db):
    return EventFactory(published=True, takes_registrations=True, capacity=3)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_hundred_people_want_the_last_seat_and_one_gets_it(three_seats):
    services.register(
        by=ANONYMOUS, event_id=three_seats.pk, draft=RegistrationDraft(registration_id=uuid4(), seats=2), at=NOON
    )

    told = outcomes(three_seats, [RegistrationDraft(registration_id=uuid4()) for _ in range(PEOPLE)])

    assert sum("full" in text for text in told) == PEOPLE - 1
    assert sum(Registration.objects.values_list("seats", flat=True)) == 3


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twenty_times_at_once_keeps_seats_once(three_seats):
    draft = RegistrationDraft(registration_id=uuid4(), seats=2, email="ana@example.org")

    told = outcomes(three_seats, [draft] * 20)

    assert len(set(told)) == 1
    assert Registration.objects.get().seats == 2
