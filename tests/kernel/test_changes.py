from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from lecen.kernel import changes
from lecen.kernel.changes import Change, Reaction
from lecen.kernel.models import Delivery
from tests.factories import NOON

seen: list[Change] = []


@dataclass(frozen=True)
class TeaPoured(Change):
    cup_id: UUID
    at: datetime
    sugars: tuple[int, ...] = ()


def drink(*, change, at):
    seen.append(change)


def spill(*, change, at):
    raise RuntimeError("spilled")


REACTIONS = (Reaction(on=TeaPoured, do="tests.kernel.test_changes.drink"),)
FAILING = (Reaction(on=TeaPoured, do="tests.kernel.test_changes.spill"), *REACTIONS)
TEA = TeaPoured(cup_id=uuid4(), at=NOON, sugars=(1, 2))


@pytest.fixture(autouse=True)
def reactions(settings):
    settings.LECEN_REACTIONS = "tests.kernel.test_changes.REACTIONS"
    seen.clear()
    yield
    seen.clear()


def publish():
    with transaction.atomic():
        changes.publish(TEA)


@pytest.mark.django_db
def test_change_is_delivered_as_it_was_published_once():
    publish()
    later = NOON + timedelta(days=3650)

    assert changes.deliver_due(at=later) == 1
    assert changes.deliver_due(at=later) == 0
    assert seen == [TEA]


@pytest.mark.django_db(transaction=True)
def test_change_outside_a_transaction_is_a_fault():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        changes.publish(TEA)


@pytest.mark.django_db(transaction=True)
def test_change_of_a_failed_transaction_is_not_delivered():
    with transaction.atomic():
        changes.publish(TEA)
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_reaction_that_fails_fails_alone_and_is_tried_later(settings, caplog):
    settings.LECEN_REACTIONS = "tests.kernel.test_changes.FAILING"
    publish()
    later = NOON + timedelta(days=3650)

    assert changes.deliver_due(at=later) == 1
    failed = Delivery.objects.get(delivered_at=None)
    assert (failed.attempts, failed.due_at, failed.error) == (1, later + timedelta(minutes=1), "RuntimeError")
    assert seen == [TEA]


def test_what_was_delivered_a_month_ago_is_deleted_and_what_failed_is_not(db):
    kept = {"change": "x", "payload": {}, "reaction": "y", "due_at": NOON}
    failed = Delivery.objects.create(**kept)
    recent = Delivery.objects.create(**kept, delivered_at=NOON)
    Delivery.objects.create(**kept, delivered_at=NOON - timedelta(days=31))

    assert changes.forget_delivered(at=NOON) == 1
    assert set(Delivery.objects.all()) == {failed, recent}
