"""The demonstration network has people who came and people who mean to, the same on every load."""

from datetime import timedelta

from lecen.domains.engagement.demo import load_attendance
from lecen.domains.engagement.models import Registration
from lecen.domains.engagement.queries.attendance import attendance_of, expected_at
from tests.factories import NOON, EventFactory


def test_the_demonstration_counts_people_once_however_often_it_is_loaded(agency):
    past = EventFactory(agency=agency, published=True, starts_at=NOON - timedelta(days=20))
    coming = EventFactory(agency=agency, published=True, takes_registrations=True)

    load_attendance(at=NOON)
    load_attendance(at=NOON)

    assert attendance_of(event=past).people == 88
    assert attendance_of(event=past).by_age_band == {"adult": 45, "child": 21, "teen": 11, "senior": 11, "unknown": 0}
    assert (expected_at(event=coming).seats, Registration.objects.count()) == (10, 4)


def test_without_events_nothing_is_counted(agency):
    load_attendance(at=NOON)

    assert Registration.objects.count() == 0
