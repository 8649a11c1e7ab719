from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from lecen.domains.engagement.choices import EventState, PlanState, TaskState
from lecen.domains.engagement.models import Event, Plan, PlanTask
from lecen.domains.engagement.services import plans, programs, tasks
from lecen.domains.engagement.services.plans import Moved
from lecen.domains.library.choices import ContactCondition
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry
from lecen.kernel.viewer import SYSTEM
from tests.domains.engagement.conftest import DAY, plan_draft
from tests.factories import NOON, PositionFactory, ProgramFactory, UserFactory


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def due(plan, days):
    return plan.tasks.get(days=days).due_on


# --- Start ---
def test_a_playbook_becomes_a_plan_with_dates_roles_and_safeguards(plan, published_changes):
    assert (plan.tasks.count(), plan.roles.count(), plan.safeguards.count()) == (18, 6, 6)
    assert list(plan.tasks.order_by("due_on", "pk").values_list("due_on", flat=True)[:2]) == [
        date(2026, 6, 1),
        date(2026, 6, 5),
    ]
    assert list(plan.tasks.filter(is_follow_up=True).order_by("days").values_list("days", flat=True)) == [2, 3, 14, 90]
    assert plan.tasks.get(days=-30).role.key == "interpreter"
    assert acts() == ["playbook.published", "plan.started"]


def test_a_start_is_told(organizer, agency, playbook, published_changes):
    plan = plans.start_plan(by=organizer, draft=plan_draft(agency, playbook), at=NOON)

    assert published_changes() == [("PlanStarted", {"plan_id": str(plan.pk)})]


def test_tasks_that_should_be_done_by_now_are_due_today(organizer, agency, playbook):
    plan = plans.start_plan(by=organizer, draft=plan_draft(agency, playbook, day=date(2026, 6, 29)), at=NOON)

    assert [due(plan, -56), due(plan, -30), due(plan, -28), due(plan, -21)] == [
        date(2026, 6, 1),
        date(2026, 6, 1),
        date(2026, 6, 1),
        date(2026, 6, 8),
    ]


def test_today_is_counted_by_the_clock_of_the_agency(organizer, agency, playbook):
    late_evening = datetime(2026, 6, 2, 4, 0, tzinfo=UTC)  # still June 1 in Chicago

    plan = plans.start_plan(by=organizer, draft=plan_draft(agency, playbook, day=date(2026, 6, 1)), at=late_evening)
    assert due(plan, -56) == date(2026, 6, 1)


def test_the_same_form_twice_starts_one_plan(organizer, agency, playbook):
    draft = plan_draft(agency, playbook, starts=time(10))

    assert plans.start_plan(by=organizer, draft=draft, at=NOON) == plans.start_plan(by=organizer, draft=draft, at=NOON)
    assert (Plan.objects.count(), PlanTask.objects.count(), Event.objects.count()) == (1, 18, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_starts_one_plan(agency, playbook):
    draft, start, found = plan_draft(agency, playbook), Barrier(2), []

    def send():
        start.wait()
        found.append(plans.start_plan(by=SYSTEM, draft=draft, at=NOON).pk)
        connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), PlanTask.objects.count()) == (2, 1, 18)


def test_a_day_that_is_over_is_refused(organizer, agency, playbook):
    with pytest.raises(Refused) as refusal:
        plans.start_plan(by=organizer, draft=plan_draft(agency, playbook, day=date(2026, 5, 31)), at=NOON)
    assert (refusal.value.field, Plan.objects.count()) == ("day", 0)


def test_with_a_time_the_draft_of_the_event_stands_too(plan_with_event, playbook):
    event = plan_with_event.event

    assert (event.state, event.kind, event.place) == (EventState.DRAFT, playbook.kind, "Lincoln Park")
    assert (event.starts_at, event.ends_at) == (
        datetime(2026, 7, 27, 15, 0, tzinfo=UTC),
        datetime(2026, 7, 27, 17, 0, tzinfo=UTC),
    )
    assert set(event.conditions.values_list("condition", flat=True)) == set(ContactCondition.values)


def test_an_hour_that_clocks_skip_starts_nothing(organizer, agency, playbook):
    draft = plan_draft(agency, playbook, day=date(2027, 3, 14), starts=time(2, 30))

    with pytest.raises(Refused) as refusal:
        plans.start_plan(by=organizer, draft=draft, at=NOON)
    assert (refusal.value.field, Plan.objects.count()) == ("time", 0)


def test_a_program_of_another_agency_or_one_that_ended_is_refused(organizer, agency, other_agency, playbook):
    ended = programs.end_program(by=organizer, program_id=ProgramFactory(agency=agency).pk, at=NOON)
    for program in (ProgramFactory(agency=other_agency), ended):
        with pytest.raises(Refused) as refusal:
            plans.start_plan(by=organizer, draft=plan_draft(agency, playbook, program=program), at=NOON)
        assert refusal.value.field == "program"


@pytest.mark.parametrize("viewer", ["resident", "member", "head", "stranger_organizer"])
def test_only_organizers_of_the_agency_start_a_plan(request, viewer, agency, playbook):
    with pytest.raises(NotAllowed):
        plans.start_plan(by=request.getfixturevalue(viewer), draft=plan_draft(agency, playbook), at=NOON)
    assert Plan.objects.count() == 0


# --- Move ---
def test_open_tasks_move_with_the_day_and_others_stay(plan, organizer):
    done, own_date = plan.tasks.get(days=-56), plan.tasks.get(days=-52)
    tasks.check_off_task(by=organizer, task_id=done.pk, at=NOON)
    draft = tasks.TaskDraft(title=str(own_date.title), due_on=date(2026, 6, 11))
    tasks.change_task(by=organizer, task_id=own_date.pk, draft=draft, at=NOON)

    moved = plans.move_plan(by=organizer, plan_id=plan.pk, day=DAY - timedelta(days=7), at=NOON)
    done.refresh_from_db()
    own_date.refresh_from_db()
    assert moved == Moved(tasks=16, hurried=0)
    assert (done.due_on, own_date.due_on, due(plan, -49)) == (date(2026, 6, 1), date(2026, 6, 11), date(2026, 6, 1))


def test_tasks_that_would_move_into_the_past_are_due_today(plan, organizer):
    assert plans.move_plan(by=organizer, plan_id=plan.pk, day=date(2026, 6, 22), at=NOON) == Moved(18, 9)
    assert due(plan, -28) == date(2026, 6, 1)


def test_the_event_follows_at_the_same_hours_even_over_a_change_of_clocks(plan_with_event, organizer):
    plans.move_plan(by=organizer, plan_id=plan_with_event.pk, day=date(2026, 11, 7), at=NOON)

    event = Event.objects.get(plan=plan_with_event)
    assert (event.starts_at, event.ends_at) == (
        datetime(2026, 11, 7, 16, 0, tzinfo=UTC),
        datetime(2026, 11, 7, 18, 0, tzinfo=UTC),
    )


def test_visitors_of_a_published_event_are_told_of_the_move(plan_with_event, organizer, published_changes):
    Event.objects.update(state=EventState.PUBLISHED, published_at=NOON)

    plans.move_plan(by=organizer, plan_id=plan_with_event.pk, day=DAY + timedelta(days=7), at=NOON)
    assert [name for name, _payload in published_changes()] == ["EventChanged", "PlanMoved"]


def test_a_move_to_the_same_day_changes_nothing(plan, organizer):
    assert plans.move_plan(by=organizer, plan_id=plan.pk, day=plan.day, at=NOON) == Moved(0, 0)
    assert acts() == ["playbook.published", "plan.started"]


def test_a_plan_is_not_moved_into_the_past_nor_when_it_is_closed(plan, organizer):
    with pytest.raises(Refused):
        plans.move_plan(by=organizer, plan_id=plan.pk, day=date(2026, 5, 31), at=NOON)
    plans.give_up_plan(by=organizer, plan_id=plan.pk, at=NOON)
    with pytest.raises(Refused):
        plans.move_plan(by=organizer, plan_id=plan.pk, day=DAY + timedelta(days=1), at=NOON)
    plan.refresh_from_db()
    assert plan.day == DAY


# --- End ---
def test_a_plan_is_closed_once_and_taken_up_again(plan, organizer, published_changes):
    for _twice in range(2):
        plans.finish_plan(by=organizer, plan_id=plan.pk, at=NOON)
    plans.resume_plan(by=organizer, plan_id=plan.pk, at=NOON)

    plan.refresh_from_db()
    assert plan.state == PlanState.ACTIVE
    assert acts()[2:] == ["plan.finished", "plan.resumed"]
    assert published_changes() == [("PlanEnded", {"plan_id": str(plan.pk), "state": "done"})]


# --- Roles and safeguards ---
def test_a_role_goes_to_a_person_of_the_agency_or_to_a_name(plan, organizer, agency):
    role, person = plan.roles.get(key="lead"), PositionFactory(agency=agency).user

    assert plans.assign_role(by=organizer, role_id=role.pk, holder_id=person.pk, at=NOON).held_by == person.name
    assert plans.assign_role(by=organizer, role_id=role.pk, holder_name=" Elena Duarte ", at=NOON).held_by == (
        "Elena Duarte"
    )
    assert plans.assign_role(by=organizer, role_id=role.pk, at=NOON).held_by == ""


def test_a_role_does_not_go_to_a_stranger_nor_to_two(plan, organizer):
    role = plan.roles.get(key="lead")
    for given, field in (
        ({"holder_id": UserFactory().pk}, "holder"),
        ({"holder_id": organizer.user_id, "holder_name": "Elena Duarte"}, "holder_name"),
    ):
        with pytest.raises(Refused) as refusal:
            plans.assign_role(by=organizer, role_id=role.pk, at=NOON, **given)
        assert refusal.value.field == field


def test_a_safeguard_is_confirmed_once_with_name_and_time_and_taken_back(plan, organizer, lead):
    safeguard = plan.safeguards.get(key="photos")
    plans.confirm_safeguard(by=organizer, safeguard_id=safeguard.pk, at=NOON)
    confirmed = plans.confirm_safeguard(by=lead, safeguard_id=safeguard.pk, at=NOON + timedelta(days=1))
    assert (confirmed.confirmed_by_id, confirmed.confirmed_at) == (organizer.user_id, NOON)

    withdrawn = plans.withdraw_safeguard(by=lead, safeguard_id=safeguard.pk, at=NOON)
    assert (withdrawn.confirmed_by_id, withdrawn.confirmed_at) == (None, None)
    assert acts()[2:] == ["safeguard.confirmed", "safeguard.withdrawn"]


def test_members_read_and_change_nothing(plan, member):
    for write in (
        lambda: plans.move_plan(by=member, plan_id=plan.pk, day=DAY + timedelta(days=1), at=NOON),
        lambda: plans.finish_plan(by=member, plan_id=plan.pk, at=NOON),
        lambda: plans.assign_role(by=member, role_id=plan.roles.first().pk, holder_name="Me", at=NOON),
        lambda: plans.confirm_safeguard(by=member, safeguard_id=plan.safeguards.first().pk, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert plan.tasks.filter(state=TaskState.OPEN).count() == 18
