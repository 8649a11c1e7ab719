"""The worker's side of `due`: one task runs one job by name."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from lecen.kernel.models import DueRun

RESULTS_KEPT_FOR = timedelta(days=7)


@task()
def run_job(job: str) -> int:
    """Run one due job; it may be repeated without harm."""
    try:
        return import_string(job)(at=timezone.now())
    finally:
        DueRun.objects.filter(name=job).update(finished_at=timezone.now())


def forget_finished(*, at: datetime) -> int:
    """Delete what is kept of tasks that ended a week ago: a dozen jobs a minute would fill the database."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=at - RESULTS_KEPT_FOR)
    return old.delete()[0]
