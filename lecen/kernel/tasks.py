"""The worker's side of `due`: one task runs one job by name."""

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from lecen.kernel.models import DueRun


@task()
def run_job(job: str) -> int:
    """Run one due job; it may be repeated without harm."""
    try:
        return import_string(job)(at=timezone.now())
    finally:
        DueRun.objects.filter(name=job).update(finished_at=timezone.now())
