from datetime import date, timedelta

from lecen.domains.engagement.queries import plans as queries
from lecen.domains.engagement.services import plans, tasks
from tests.domains.engagement.conftest import plan_draft
from tests.factories import NOON, PlanTaskFactory, PositionFactory


def board(plan, viewer, **more):
    return queries.plan_board(plan=plan, viewer=viewer, at=more.pop("at", NOON), **more)


def days(tasks):
    return [each.task.days for each in tasks]


def test_the_board_sets_every_task_in_its_place(plan, organizer):
    tasks.check_off_task(by=organizer, task_id=plan.tasks.get(days=-56).pk, at=NOON)
    tasks.drop_task(by=organizer, task_id=plan.tasks.get(days=-40).pk, at=NOON)
    shown = board(plan, organizer, at=NOON + timedelta(days=8))  # June 9

    assert (days(shown.late), days(shown.this_week)) == ([-49], [-45, -42])
    assert [week.starts_on for week in shown.later][:2] == [date(2026, 6, 22), date(2026, 6, 29)]
    assert [week.starts_on for week in shown.later if week.holds_the_day] == [date(2026, 7, 27)]
    assert (days(shown.follow_ups), days(shown.done), days(shown.dropped)) == ([2, 3, 14, 90], [-56], [-40])
    assert (shown.done_count, shown.total, shown.share_done, shown.days_left) == (1, 17, 5, 48)
    assert (shown.first.task.days, shown.open_count, shown.vacant_count) == (-52, 16, 6)


def test_the_board_can_show_only_ones_own(plan, organizer):
    role = plan.roles.get(key="interpreter")
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=organizer.user_id, at=NOON)
    shown = board(plan, organizer, mine_only=True)

    assert (days(shown.shown), shown.first.task.days, shown.mine_count, shown.total) == ([-30], -30, 1, 18)


def test_the_board_tells_how_many_tasks_are_short_of_time(organizer, agency, playbook):
    plan = plans.start_plan(by=organizer, draft=plan_draft(agency, playbook, day=date(2026, 6, 22)), at=NOON)

    assert board(plan, organizer).hurried == 9


def test_the_queries_of_the_board_are_constant(plan, organizer, django_assert_num_queries):
    with django_assert_num_queries(3):
        board(plan, organizer)
    for _number in range(5):
        PlanTaskFactory(plan=plan, role=plan.roles.first(), owner=PositionFactory(agency=plan.agency).user)
    with django_assert_num_queries(3):
        shown = board(plan, organizer)
        [each.task.who for each in shown.tasks]


def test_my_tasks_are_the_open_ones_of_plans_under_way(plan, organizer, member, agency, playbook):
    role = plan.roles.get(key="interpreter")
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=member.user_id, at=NOON)
    other = plans.start_plan(by=organizer, draft=plan_draft(agency, playbook), at=NOON)
    PlanTaskFactory(plan=other, owner_id=member.user_id)
    plans.give_up_plan(by=organizer, plan_id=other.pk, at=NOON)

    assert list(queries.my_tasks(viewer=member)) == [plan.tasks.get(days=-30)]
    assert list(queries.my_tasks(viewer=organizer)) == []


def test_plans_under_way_count_their_tasks(plan, organizer, member, agency, playbook):
    tasks.check_off_task(by=organizer, task_id=plan.tasks.get(days=-56).pk, at=NOON)
    tasks.drop_task(by=organizer, task_id=plan.tasks.get(days=-52).pk, at=NOON)
    ended = plans.start_plan(by=organizer, draft=plan_draft(agency, playbook), at=NOON)
    plans.finish_plan(by=organizer, plan_id=ended.pk, at=NOON)

    found = queries.plans_under_way(viewer=member)
    assert [(each, each.task_count, each.done_count, each.next_due_on) for each in found] == [
        (plan, 17, 1, date(2026, 6, 8))
    ]
    assert list(queries.ended_plans(viewer=member)) == [ended]


def test_people_of_an_agency_hold_a_position_there(plan, agency, organizer, other_agency):
    PositionFactory(agency=other_agency)
    PositionFactory(agency=agency, expires_on=date(2026, 5, 31))
    PositionFactory(agency=agency, ended_at=NOON)
    PositionFactory(agency=agency, user__is_active=False)
    here = PositionFactory(agency=agency, user__name="Zoe")

    names = [person.pk for person in queries.people_of(agency=agency, at=NOON)]
    assert names == [organizer.user_id, here.user_id]
