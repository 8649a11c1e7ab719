"""A phone that loses the answer sends its taps again, also while the first sending is still under way."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from lecen.domains.engagement.choices import CheckInMethod
from lecen.domains.engagement.models import CheckIn
from lecen.domains.engagement.services.check_ins import Tap, record_check_ins
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, EventFactory, RegistrationFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def send_at_once(event, batches):
    def send(taps):
        try:
            return record_check_ins(by=SYSTEM, event_id=event.pk, taps=taps, at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as phones:
        return list(phones.map(send, batches))


def test_a_tap_sent_five_times_at_once_counts_once():
    event, taps = EventFactory(published=True), [Tap(tap_id=uuid4()), Tap(tap_id=uuid4())]

    recorded = send_at_once(event, [taps] * 5)

    assert CheckIn.objects.count() == 2
    assert sorted(len(outcome.counted) for outcome in recorded) == [0, 0, 0, 0, 2]


def test_two_doors_check_in_one_registration_once():
    registration = RegistrationFactory()
    taps = [
        Tap(tap_id=uuid4(), method=CheckInMethod.QR, code_hash=registration.code_hash) for _door in range(5)
    ]

    recorded = send_at_once(registration.event, [[tap] for tap in taps])

    assert CheckIn.objects.count() == 1
    assert sorted(len(outcome.refused) for outcome in recorded) == [0, 1, 1, 1, 1]
