"""Work that falls due: `lecen tick` hands each due job to the worker once, every minute."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from lecen.kernel import tasks
from lecen.kernel.features import features
from lecen.kernel.models import DueRun

logger = logging.getLogger(__name__)
GIVEN_UP_AFTER = timedelta(minutes=15)

KERNEL_JOBS = (
    "lecen.kernel.changes.deliver_due",
    "lecen.kernel.notify.send_due",
    "lecen.kernel.notify.forget_addresses",
    "lecen.kernel.charts.draw_due",
    "lecen.kernel.audit.seal",
    "lecen.kernel.changes.forget_delivered",
    "lecen.kernel.tasks.forget_finished",
)


def due_jobs() -> tuple[str, ...]:
    """Dotted names of every job of the platform, the areas' in reading order before the kernel's."""
    return tuple(job for feature in features() for job in feature.due) + KERNEL_JOBS


def enqueue_due(*, at: datetime) -> int:
    """Hand every job to the worker unless its last run is still under way; returns how many were handed over."""
    return sum(_enqueue(job, at) for job in due_jobs())


def _enqueue(job: str, at: datetime) -> bool:
    with transaction.atomic():
        run, created = DueRun.objects.select_for_update().get_or_create(name=job, defaults={"enqueued_at": at})
        under_way = not created and run.finished_at is None and run.enqueued_at > at - GIVEN_UP_AFTER
        if under_way:
            return False
        run.enqueued_at, run.finished_at = at, None
        run.save(update_fields=["enqueued_at", "finished_at"])
    tasks.run_job.enqueue(job)
    return True
