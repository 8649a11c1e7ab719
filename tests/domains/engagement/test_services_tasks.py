from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from lecen.domains.engagement.choices import TaskState
from lecen.domains.engagement.models import PlanTask
from lecen.domains.engagement.services import plans, tasks
from lecen.domains.engagement.services.tasks import TaskDraft
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry
from lecen.kernel.translated import TranslationState
from tests.domains.engagement.conftest import DAY
from tests.factories import NOON, UserFactory

LATER = NOON + timedelta(days=1)


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))[2:]


def test_a_task_is_done_once_and_open_again(plan, organizer):
    key = plan.tasks.get(days=-56).pk
    for at in (NOON, LATER):
        task = tasks.check_off_task(by=organizer, task_id=key, at=at)
    assert (task.state, task.done_at) == (TaskState.DONE, NOON)

    task = tasks.reopen_task(by=organizer, task_id=key, at=LATER)
    assert (task.state, task.done_at, acts()) == (TaskState.OPEN, None, ["task.done", "task.reopened"])


def test_a_task_is_left_out_and_taken_back(plan, organizer):
    key = plan.tasks.get(days=-40).pk

    assert tasks.drop_task(by=organizer, task_id=key, at=NOON).state == TaskState.DROPPED
    assert tasks.reopen_task(by=organizer, task_id=key, at=NOON).state == TaskState.OPEN


def test_a_member_checks_off_their_own_task_and_no_other(plan, organizer, member):
    role = plan.roles.get(key="lead")
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=member.user_id, at=NOON)
    own, other = role.tasks.first(), plan.tasks.exclude(role=role).first()

    assert tasks.check_off_task(by=member, task_id=own.pk, at=NOON).is_done is True
    with pytest.raises(NotAllowed):
        tasks.check_off_task(by=member, task_id=other.pk, at=NOON)
    with pytest.raises(NotAllowed):
        tasks.drop_task(by=member, task_id=own.pk, at=NOON)


def test_nothing_is_checked_off_on_a_closed_plan(plan, organizer):
    plans.finish_plan(by=organizer, plan_id=plan.pk, at=NOON)

    with pytest.raises(Refused):
        tasks.check_off_task(by=organizer, task_id=plan.tasks.first().pk, at=NOON)


def test_a_task_sent_twice_is_added_once(plan, organizer):
    draft = TaskDraft(title="Borrow a tent", due_on=date(2026, 7, 1), task_id=uuid4())
    for _twice in range(2):
        task = tasks.add_task(by=organizer, plan_id=plan.pk, draft=draft, at=NOON)

    assert (str(task.title), task.days, plan.tasks.count(), acts()) == ("Borrow a tent", None, 19, ["task.added"])


def test_a_follow_up_has_an_owner_and_a_date_after_the_event(plan, organizer):
    given = {"title": "Repair the lamp", "is_follow_up": True}
    for draft, field in (
        (TaskDraft(due_on=DAY + timedelta(days=9), **given), "owner"),
        (TaskDraft(due_on=DAY - timedelta(days=1), owner_id=organizer.user_id, **given), "due_on"),
    ):
        with pytest.raises(Refused) as refusal:
            tasks.add_task(by=organizer, plan_id=plan.pk, draft=draft, at=NOON)
        assert refusal.value.field == field

    draft = TaskDraft(due_on=DAY + timedelta(days=9), owner_id=organizer.user_id, **given)
    task = tasks.add_task(by=organizer, plan_id=plan.pk, draft=draft, at=NOON)
    assert (task.is_follow_up, task.owner_id, acts()) == (True, organizer.user_id, ["follow_up.added"])


def test_a_task_goes_to_nobody_outside_and_to_no_role_of_another_plan(plan, organizer):
    for given, field in (({"owner_id": UserFactory().pk}, "owner"), ({"role_id": uuid4()}, "role")):
        draft = TaskDraft(title="Borrow a tent", due_on=date(2026, 7, 1), **given)
        with pytest.raises(Refused) as refusal:
            tasks.add_task(by=organizer, plan_id=plan.pk, draft=draft, at=NOON)
        assert refusal.value.field == field
    assert PlanTask.objects.count() == 18


def test_a_task_with_a_new_date_no_longer_counts_from_the_day(plan, organizer):
    task = plan.tasks.get(days=-14)
    words = {"title": str(task.title), "detail": str(task.detail), "role_id": task.role_id}

    same = tasks.change_task(by=organizer, task_id=task.pk, draft=TaskDraft(due_on=task.due_on, **words), at=NOON)
    assert same.days == -14
    other = tasks.change_task(by=organizer, task_id=task.pk, draft=TaskDraft(due_on=DAY, **words), at=NOON)
    assert (other.days, other.due_on, other.role_id) == (None, DAY, task.role_id)


def test_words_changed_in_one_language_leave_the_other_stale(plan, organizer):
    task = plan.tasks.get(days=-14)
    draft = TaskDraft(title="Gather gloves", detail=str(task.detail), due_on=task.due_on)
    with translation.override("en"):
        changed = tasks.change_task(by=organizer, task_id=task.pk, draft=draft, at=NOON)

    assert changed.title.in_language("en") == "Gather gloves"
    assert changed.title.in_language("es") == task.title.in_language("es")
    assert changed.title.state_in("es") == TranslationState.STALE
    assert changed.detail == task.detail


def test_members_add_and_change_nothing(plan, member):
    draft = TaskDraft(title="Borrow a tent", due_on=DAY)
    with pytest.raises(NotAllowed):
        tasks.add_task(by=member, plan_id=plan.pk, draft=draft, at=NOON)
    with pytest.raises(NotAllowed):
        tasks.change_task(by=member, task_id=plan.tasks.first().pk, draft=draft, at=NOON)
