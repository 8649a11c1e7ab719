"""Taps at the door count once, late or twice sent; none of them keeps another out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from lecen.domains.engagement.choices import AgeBand, CheckInMethod, FirstTime, Origin, RegistrationState
from lecen.domains.engagement.models import CheckIn
from lecen.domains.engagement.services import check_ins as services
from lecen.domains.engagement.services.check_ins import Tap
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry, AuditReason
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, CheckInFactory, EventFactory, RegistrationFactory

START = NOON + timedelta(days=5)


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, takes_registrations=True)


def record(event, by, *taps, at=START):
    return services.record_check_ins(by=by, event_id=event.pk, taps=taps, at=at)


def test_taps_are_counted_with_what_was_noted(event, member):
    tap = Tap(tap_id=uuid4(), age_band=AgeBand.TEEN, origin=Origin.HERE, first_time=FirstTime.YES)
    heads = Tap(tap_id=uuid4(), method=CheckInMethod.HEADCOUNT, people=40, age_band=AgeBand.ADULT)

    assert record(event, member, tap, heads).counted == (tap.tap_id, heads.tap_id)
    assert list(
        CheckIn.objects.order_by("people").values_list("pk", "people", "age_band", "origin", "first_time", "day")
    ) == [
        (tap.tap_id, 1, "teen", "here", "yes", date(2026, 6, 6)),
        (heads.tap_id, 40, "adult", "unknown", "unknown", date(2026, 6, 6)),
    ]
    assert AuditEntry.objects.get().act == "event.checked_in"
    assert AuditReason.objects.get().text == "2 taps, 41 people"


def test_a_tap_sent_again_is_known_and_not_counted(event, member):
    tap, late = Tap(tap_id=uuid4()), Tap(tap_id=uuid4())
    record(event, member, tap)

    assert record(event, member, tap, late, late) == services.Recorded((late.tap_id,), (tap.tap_id,), ())
    assert CheckIn.objects.count() == 2


def test_a_batch_of_known_taps_leaves_no_trace(event, member):
    tap = Tap(tap_id=uuid4())
    record(event, member, tap)
    record(event, member, tap)

    assert AuditEntry.objects.count() == 1


def test_a_registration_is_checked_in_once_with_as_many_as_came(event, member):
    registration = RegistrationFactory(event=event, seats=2)
    first = Tap(tap_id=uuid4(), method=CheckInMethod.QR, people=4, code_hash=registration.code_hash)
    again = Tap(tap_id=uuid4(), method=CheckInMethod.QR, people=2, code_hash=registration.code_hash)

    outcome = record(event, member, first, again)

    assert outcome.counted == (first.tap_id,)
    assert outcome.refused == (services.RefusedTap(again.tap_id, "This registration is already checked in."),)
    assert CheckIn.objects.get().registration == registration
    assert [refusal.tap_id for refusal in record(event, member, again).refused] == [again.tap_id]


def test_a_registration_without_a_number_counts_as_many_as_registered(event, member):
    registration = RegistrationFactory(event=event, seats=3)
    record(event, member, Tap(tap_id=uuid4(), method=CheckInMethod.QR, code_hash=registration.code_hash))

    assert CheckIn.objects.get().people == 3


@pytest.mark.parametrize(
    ("elsewhere", "state", "message"),
    [(True, RegistrationState.CONFIRMED, "not registered"), (False, RegistrationState.CANCELED, "canceled")],
)
def test_a_code_of_another_event_or_of_a_canceled_registration_is_refused(event, member, elsewhere, state, message):
    other = EventFactory(agency=event.agency, published=True)
    registration = RegistrationFactory(event=other if elsewhere else event, state=state)
    tap = Tap(tap_id=uuid4(), method=CheckInMethod.QR, code_hash=registration.code_hash)

    [refusal] = record(event, member, tap).refused
    assert message in refusal.message


def test_a_tap_that_cannot_be_counted_keeps_no_other_out(event, member):
    good, bad = Tap(tap_id=uuid4()), Tap(tap_id=uuid4(), people=501)
    unreadable = Tap(tap_id=uuid4(), age_band="ancient")
    elsewhere = Tap(tap_id=CheckInFactory().pk)

    outcome = record(event, member, bad, good, unreadable, elsewhere)

    assert outcome.counted == (good.tap_id,)
    assert {refusal.tap_id for refusal in outcome.refused} == {bad.tap_id, unreadable.tap_id, elsewhere.tap_id}


def test_late_taps_belong_to_the_day_of_the_event_and_end_after_seven_days(event, member):
    record(event, member, Tap(tap_id=uuid4()), at=event.ends_at + timedelta(days=7))

    assert CheckIn.objects.get().day == date(2026, 6, 6)
    with pytest.raises(Refused, match="7 days"):
        record(event, member, Tap(tap_id=uuid4()), at=event.ends_at + timedelta(days=7, seconds=1))


def test_only_published_events_are_counted(agency, member):
    for trait in ({}, {"canceled": True}):
        with pytest.raises(Refused, match="published"):
            record(EventFactory(agency=agency, **trait), member, Tap(tap_id=uuid4()))


def test_only_the_agency_counts(event, resident, stranger_organizer):
    for by in (resident, stranger_organizer):
        with pytest.raises(NotAllowed):
            record(event, by, Tap(tap_id=uuid4()))
        with pytest.raises(NotAllowed):
            services.undo_check_ins(by=by, event_id=event.pk, tap_ids=[uuid4()], at=START)


def test_an_undone_tap_is_not_counted_and_frees_its_registration(event, member):
    registration = RegistrationFactory(event=event)
    tap = Tap(tap_id=uuid4(), method=CheckInMethod.QR, code_hash=registration.code_hash)
    record(event, member, tap)
    CheckInFactory()  # another event's stays

    for undone in (1, 0):
        assert services.undo_check_ins(by=member, event_id=event.pk, tap_ids=[tap.tap_id], at=START) == undone
    assert record(event, member, tap).counted == ()
    again = Tap(tap_id=uuid4(), method=CheckInMethod.QR, code_hash=registration.code_hash)
    assert record(event, member, again).counted == (again.tap_id,)
    assert CheckIn.objects.filter(is_undone=True).count() == 1


# --- Races ---
def send_at_once(event, batches):
    def send(taps):
        try:
            return services.record_check_ins(by=SYSTEM, event_id=event.pk, taps=taps, at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as phones:
        return list(phones.map(send, batches))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_tap_sent_five_times_at_once_counts_once():
    event, taps = EventFactory(published=True), [Tap(tap_id=uuid4()), Tap(tap_id=uuid4())]

    recorded = send_at_once(event, [taps] * 5)

    assert CheckIn.objects.count() == 2
    assert sorted(len(outcome.counted) for outcome in recorded) == [0, 0, 0, 0, 2]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_doors_check_in_one_registration_once():
    registration = RegistrationFactory()
    taps = [Tap(tap_id=uuid4(), method=CheckInMethod.QR, code_hash=registration.code_hash) for _door in range(5)]

    recorded = send_at_once(registration.event, [[tap] for tap in taps])

    assert CheckIn.objects.count() == 1
    assert sorted(len(outcome.refused) for outcome in recorded) == [0, 1, 1, 1, 1]
