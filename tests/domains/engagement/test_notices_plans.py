from datetime import UTC, datetime, timedelta

import pytest

from lecen.domains.engagement.notices import remind_of_tasks
from lecen.domains.engagement.services import plans, tasks
from lecen.kernel.models import Notice, NoticePreference, NoticeState
from tests.factories import NOON, UserFactory

DUE = datetime(2026, 6, 10, 15, 0, tzinfo=UTC)  # the morning on which “Choose one shared task” is two days off


@pytest.fixture
def task(plan, organizer):
    """Due on June 12, 45 days before the event; what was due earlier is done."""
    for early in plan.tasks.filter(days__lt=-45):
        tasks.check_off_task(by=organizer, task_id=early.pk, at=NOON)
    role = plan.roles.get(key="faith_lead")
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=organizer.user_id, at=NOON)
    return plan.tasks.get(days=-45)


def sent():
    return list(Notice.objects.order_by("due_at").values_list("kind", "title"))


SOON = ("engagement.task_due_soon", "Due on June 12, 2026: Fix date, hours, and place")
LATE = ("engagement.task_late", "Late: Fix date, hours, and place")


def test_the_holder_is_reminded_two_days_before_and_once_when_late(task):
    for days, known in ((-1, []), (0, [SOON]), (0, [SOON]), (2, [SOON]), (3, [SOON, LATE]), (9, [SOON, LATE])):
        remind_of_tasks(at=DUE + timedelta(days=days))
        assert sent() == known


def test_the_day_is_that_of_the_agency(task):
    remind_of_tasks(at=datetime(2026, 6, 10, 4, 0, tzinfo=UTC))  # June 9, 11 p.m. in Chicago
    assert sent() == []
    remind_of_tasks(at=datetime(2026, 6, 10, 6, 0, tzinfo=UTC))
    assert sent() == [SOON]


def test_the_message_is_in_the_language_of_its_reader(task, organizer):
    UserFactory._meta.model.objects.filter(pk=organizer.user_id).update(language="es")
    remind_of_tasks(at=DUE)

    notice = Notice.objects.get()
    assert notice.title.endswith("Fijar fecha, horario y lugar")
    assert f"/es/plans/{task.plan_id}/" in notice.body


def test_the_owner_goes_before_the_holder_of_the_role(task, lead):
    task.owner_id = lead.user_id
    task.save()
    remind_of_tasks(at=DUE)

    assert list(Notice.objects.values_list("recipient", flat=True)) == [f"user:{lead.user_id}"]


def test_nobody_is_reminded_of_what_is_done_dropped_or_on_a_closed_plan(task, organizer):
    remind_of_tasks(at=DUE)
    tasks.check_off_task(by=organizer, task_id=task.pk, at=DUE)
    assert list(Notice.objects.values_list("state", flat=True)) == [NoticeState.WITHDRAWN]

    Notice.objects.all().delete()
    remind_of_tasks(at=DUE)
    tasks.reopen_task(by=organizer, task_id=task.pk, at=DUE)
    plans.finish_plan(by=organizer, plan_id=task.plan_id, at=DUE)
    remind_of_tasks(at=DUE)
    assert sent() == []


def test_a_name_outside_and_a_person_who_left_get_no_message(task, organizer, agency):
    role = task.role
    plans.assign_role(by=organizer, role_id=role.pk, holder_name="Elena Duarte", at=NOON)
    remind_of_tasks(at=DUE)
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=organizer.user_id, at=NOON)
    agency.positions.update(ended_at=NOON)
    remind_of_tasks(at=DUE)

    assert sent() == []


def test_whoever_switched_the_kind_off_gets_none(task, organizer):
    NoticePreference.objects.create(user_id=organizer.user_id, kind="engagement.task_due_soon", wanted=False)
    remind_of_tasks(at=DUE)

    assert sent() == []
