from datetime import timedelta

import pytest

from lecen.kernel import due
from lecen.kernel.models import DueRun
from tests.factories import NOON


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    monkeypatch.setattr(due, "due_jobs", lambda: ("lecen.kernel.audit.seal",))


@pytest.mark.django_db
def test_due_job_is_run_by_the_worker_and_marked_finished():
    assert due.enqueue_due(at=NOON) == 1
    assert DueRun.objects.get().finished_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "handed_over"), [(1, 0), (16, 1)])
def test_job_under_way_is_not_handed_over_again_until_given_up(minutes, handed_over):
    DueRun.objects.create(name="lecen.kernel.audit.seal", enqueued_at=NOON)

    assert due.enqueue_due(at=NOON + timedelta(minutes=minutes)) == handed_over
