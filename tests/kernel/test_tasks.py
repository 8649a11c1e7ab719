from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from lecen.kernel import tasks
from tests.factories import NOON


def ended(at, status="SUCCESSFUL"):
    path = "lecen.kernel.tasks.run_job"
    row = DBTaskResult.objects.create(
        task_path=path, backend_name="default", args_kwargs={"args": [], "kwargs": {}}, status=status
    )
    DBTaskResult.objects.filter(pk=row.pk).update(finished_at=at)
    return row


def test_tasks_that_ended_a_week_ago_are_forgotten(db):
    kept = [ended(NOON - timedelta(days=6)), ended(None, status="READY")]
    ended(NOON - timedelta(days=8))
    ended(NOON - timedelta(days=8), status="FAILED")

    assert tasks.forget_finished(at=NOON) == 2
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {row.pk for row in kept}
