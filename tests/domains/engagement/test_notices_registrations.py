"""Who left an address gets the code, and one reminder on the day before by the clock of the place."""

from datetime import UTC, datetime, timedelta

import pytest

from lecen.domains.engagement.changes import RegistrationMade
from lecen.domains.engagement.choices import RegistrationState
from lecen.domains.engagement.notices import MOST_CONFIRMED_A_DAY, confirm_registration, remind_of_tomorrow
from lecen.domains.engagement.queries.attendance import receipt_code
from lecen.kernel.models import Notice
from tests.factories import NOON, EventFactory, RegistrationFactory

DAY_BEFORE_AT_TEN = datetime(2026, 6, 5, 15, 0, tzinfo=UTC)


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, takes_registrations=True)


def test_the_code_goes_to_the_address_once_and_in_its_language(event):
    registration = RegistrationFactory(event=event, email="ana@example.org", language="es")
    for _twice in range(2):
        confirm_registration(change=RegistrationMade(registration_id=registration.pk), at=NOON)

    notice = Notice.objects.get()
    assert (notice.address, notice.language, notice.due_at) == ("ana@example.org", "es", NOON)
    assert receipt_code(registration_id=registration.pk) in notice.body
    assert "/es/registration/" in notice.body
    assert "Día de trabajo en el parque" in notice.title


def test_nobody_can_fill_the_mailbox_of_another(event):
    made = [RegistrationFactory(event=event, email=email) for email in ["ana@example.org", "Ana@example.org "] * 6]
    for registration in made:
        confirm_registration(change=RegistrationMade(registration_id=registration.pk), at=NOON)
    assert Notice.objects.count() == MOST_CONFIRMED_A_DAY

    confirm_registration(change=RegistrationMade(registration_id=made[-1].pk), at=NOON + timedelta(days=1))
    assert Notice.objects.count() == MOST_CONFIRMED_A_DAY + 1


def test_nobody_is_written_to_who_left_no_address_or_is_gone(event):
    gone = RegistrationFactory.build(event=event)
    for registration in (RegistrationFactory(event=event), gone):
        confirm_registration(change=RegistrationMade(registration_id=registration.pk), at=NOON)

    assert Notice.objects.count() == 0


def test_the_reminder_comes_on_the_day_before_at_ten_and_once(event):
    RegistrationFactory(event=event, email="ana@example.org")

    assert remind_of_tomorrow(at=DAY_BEFORE_AT_TEN - timedelta(seconds=1)) == 0
    assert remind_of_tomorrow(at=DAY_BEFORE_AT_TEN) == 1
    assert remind_of_tomorrow(at=DAY_BEFORE_AT_TEN + timedelta(minutes=1)) == 0
    assert Notice.objects.get().title == "Tomorrow: Work day at the park"


def test_no_reminder_for_who_canceled_or_registered_only_now_or_for_a_canceled_event(agency, event):
    RegistrationFactory(event=event, email="gone@example.org", state=RegistrationState.CANCELED)
    RegistrationFactory(event=event, email="new@example.org", day=DAY_BEFORE_AT_TEN.date())
    RegistrationFactory(event=EventFactory(agency=agency, canceled=True), email="off@example.org")

    assert remind_of_tomorrow(at=DAY_BEFORE_AT_TEN) == 0


@pytest.mark.parametrize("rows", [1, 5])
def test_looking_for_reminders_already_sent_is_cheap(event, rows, django_assert_num_queries):
    for number in range(rows):
        RegistrationFactory(event=event, email=f"person{number}@example.org")
    remind_of_tomorrow(at=DAY_BEFORE_AT_TEN)

    with django_assert_num_queries(3):
        remind_of_tomorrow(at=DAY_BEFORE_AT_TEN)
