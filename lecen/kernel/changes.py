"""What happened, told to whom it concerns: written in the transaction, delivered at least once by the worker."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from lecen.kernel.models import Delivery

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
DELIVERED_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Change:
    """Base of all changes: frozen, in the past tense, with keys and plain values only."""


@dataclass(frozen=True)
class Reaction:
    """When `on` happens, `do` follows: a dotted `service(*, change, at)` that may run twice without harm."""

    on: type[Change]
    do: str


def reactions() -> tuple[Reaction, ...]:
    return import_string(settings.LECEN_REACTIONS)


def publish(change: Change) -> None:
    """Queue `change` for every reaction to it. Call it inside the transaction that made the change."""
    if not connection.in_atomic_block:
        raise RuntimeError("A change is published inside the transaction that made it")
    now = timezone.now()
    payload = {
        key: str(value) if isinstance(value, UUID | datetime) else value for key, value in asdict(change).items()
    }
    name = f"{type(change).__module__}.{type(change).__qualname__}"
    Delivery.objects.bulk_create(
        Delivery(change=name, payload=payload, reaction=reaction.do, due_at=now)
        for reaction in reactions()
        if reaction.on is type(change)
    )


def deliver_due(*, at: datetime) -> int:
    """Deliver what is due, each in its own transaction; a reaction that fails is tried again, later and later."""
    due = Delivery.objects.filter(delivered_at=None, due_at__lte=at, attempts__lt=MOST_ATTEMPTS)
    return sum(_deliver(key, at) for key in list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:500]))


def _deliver(key: UUID, at: datetime) -> bool:
    try:
        with transaction.atomic():
            skip = connection.features.has_select_for_update_skip_locked
            waiting = Delivery.objects.select_for_update(skip_locked=skip).filter(pk=key, delivered_at=None).first()
            if waiting is None:
                return False
            import_string(waiting.reaction)(change=_rebuild(waiting), at=at)
            waiting.delivered_at = at
            waiting.save(update_fields=["delivered_at"])
    except Exception as error:
        logger.exception("Reaction to delivery %s failed", key)
        attempts = Delivery.objects.values_list("attempts", flat=True).get(pk=key)
        Delivery.objects.filter(pk=key).update(
            attempts=F("attempts") + 1, due_at=at + timedelta(minutes=2**attempts), error=type(error).__name__
        )
        return False
    return True


def forget_delivered(*, at: datetime) -> int:
    """Delete what was delivered a month ago; what could not be stays for operators to see."""
    return Delivery.objects.filter(delivered_at__lt=at - DELIVERED_KEPT_FOR).delete()[0]


def _rebuild(delivery: Delivery) -> Change:
    change: Any = import_string(delivery.change)
    readers: dict[Any, Callable[[str], Any]] = {UUID: UUID, datetime: datetime.fromisoformat}
    values = {}
    for field in fields(change):
        value = delivery.payload[field.name]
        if isinstance(value, list):
            value = tuple(value)
        elif value is not None and field.type in readers:
            value = readers[field.type](value)
        values[field.name] = value
    return change(**values)
