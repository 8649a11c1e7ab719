"""Many at once: one seat goes to one person, a form sent twice keeps seats once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from lecen.domains.engagement.models import Registration
from lecen.domains.engagement.services.registrations import RegistrationDraft, register
from lecen.kernel.errors import Refused
from lecen.kernel.viewer import ANONYMOUS
from tests.factories import NOON, EventFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PEOPLE = 100
AT_ONCE = 25  # each holds a connection; a small PostgreSQL has a hundred in all


def outcomes(event, drafts):
    """What each sender was told, all of them trying at once."""

    def attempt(draft):
        try:
            return register(by=ANONYMOUS, event_id=event.pk, draft=draft, at=NOON)[1]
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(attempt, drafts))


@pytest.fixture
def event():
    return EventFactory(published=True, takes_registrations=True, capacity=3)


def test_a_hundred_people_want_the_last_seat_and_one_gets_it(event):
    register(by=ANONYMOUS, event_id=event.pk, draft=RegistrationDraft(registration_id=uuid4(), seats=2), at=NOON)

    told = outcomes(event, [RegistrationDraft(registration_id=uuid4()) for _ in range(PEOPLE)])

    assert sum("full" in text for text in told) == PEOPLE - 1
    assert sum(Registration.objects.values_list("seats", flat=True)) == 3


def test_a_form_sent_twenty_times_at_once_keeps_seats_once(event):
    draft = RegistrationDraft(registration_id=uuid4(), seats=2, email="ana@example.org")

    told = outcomes(event, [draft] * 20)

    assert len(set(told)) == 1
    assert Registration.objects.get().seats == 2
