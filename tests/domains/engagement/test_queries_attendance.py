"""What registrations and taps add up to, and whom a message about an event reaches."""

import pytest

from lecen.domains.engagement.choices import AgeBand, CheckInMethod, FirstTime, Origin, RegistrationState
from lecen.domains.engagement.queries import attendance as queries
from lecen.kernel.notify import Recipient
from tests.factories import CheckInFactory, EventFactory, RegistrationFactory


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, takes_registrations=True, capacity=6)


def test_attendance_adds_people_up_and_leaves_out_what_was_undone(event):
    CheckInFactory(event=event, people=3, age_band=AgeBand.ADULT, origin=Origin.HERE, first_time=FirstTime.YES)
    CheckInFactory(event=event, people=2, age_band=AgeBand.ADULT, method=CheckInMethod.QR)
    CheckInFactory(event=event, people=9, is_undone=True)
    CheckInFactory(people=9)

    assert queries.attendance_of(event=event) == queries.Attendance(
        people=5,
        by_method={"qr": 2, "walk_in": 3, "headcount": 0},
        by_age_band={"child": 0, "teen": 0, "adult": 5, "senior": 0, "unknown": 0},
        by_origin={"here": 3, "elsewhere": 0, "unknown": 2},
        by_first_time={"yes": 3, "no": 0, "unknown": 2},
    )


@pytest.mark.parametrize("rows", [1, 5])
def test_attendance_takes_one_query(event, rows, django_assert_num_queries):
    CheckInFactory.create_batch(rows, event=event)

    with django_assert_num_queries(1):
        assert queries.attendance_of(event=event).people == rows


def test_places_are_left_until_the_last_seat_is_taken(event):
    RegistrationFactory(event=event, seats=5)
    RegistrationFactory(event=event, seats=5, state=RegistrationState.CANCELED)
    assert queries.places_at(event=event) == queries.Places.LEFT
    assert queries.expected_at(event=event) == queries.Expected(registrations=1, seats=5, seats_left=1)

    RegistrationFactory(event=event, seats=1)
    assert queries.places_at(event=event) == queries.Places.FULL
    assert queries.expected_at(event=event) == queries.Expected(registrations=2, seats=6, seats_left=0)


def test_an_event_without_a_limit_is_never_full_and_one_without_registration_is_closed(agency):
    RegistrationFactory(event=(endless := EventFactory(agency=agency, published=True, takes_registrations=True)))

    assert queries.places_at(event=endless) == queries.Places.LEFT
    assert queries.expected_at(event=endless).seats_left is None
    assert queries.places_at(event=EventFactory(agency=agency, published=True)) == queries.Places.CLOSED


def test_people_to_tell_are_those_who_still_come_and_left_an_address(event):
    RegistrationFactory(event=event, email="ana@example.org", language="es")
    RegistrationFactory(event=event, email="Ana@example.org", language="es")
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, email="gone@example.org", state=RegistrationState.CANCELED)
    RegistrationFactory(email="elsewhere@example.org")

    assert [to.key for to in queries.people_to_tell(event=event)] == [Recipient("ana@example.org").key]
    assert [to.language for to in queries.people_to_tell(event=event)] == ["es"]


@pytest.mark.parametrize("code", ["", "nonsense!", "0000-0000-0000"])
def test_a_wrong_code_opens_nothing(db, code):
    RegistrationFactory()

    assert queries.registration_by_code(code=code) is None


def test_the_list_at_the_door_holds_who_still_comes(event, organizer, member):
    standing = RegistrationFactory(event=event)
    RegistrationFactory(event=event, state=RegistrationState.CANCELED)
    RegistrationFactory()

    assert list(queries.registrations_of(viewer=organizer, event=event)) == [standing]
    assert list(queries.registrations_of(viewer=member, event=event)) == []
