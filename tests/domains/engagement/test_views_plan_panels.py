from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.services import plans
from lecen.domains.engagement.views import plan_panels
from tests.domains.engagement.conftest import plan_draft
from tests.factories import NOON


def test_only_organizers_are_offered_to_start_a_plan(playbook, resident, member, organizer):
    offered = [plan_panels.start_plan(viewer, playbook) for viewer in (resident, member, organizer)]

    assert [panel is not None for panel in offered] == [False, False, True]


def test_the_desk_shows_ones_tasks_and_the_plans_of_ones_agency(plan, organizer, member, operator, resident):
    role = plan.roles.get(key="interpreter")
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=member.user_id, at=NOON)

    assert plan_panels.my_tasks(member, None).context["tasks"] == [plan.tasks.get(days=-30)]
    assert plan_panels.my_tasks(organizer, None).context["tasks"] == []
    assert plan_panels.plans_under_way(member, None).context["plans"] == [plan]
    for viewer in (operator, resident):
        assert plan_panels.my_tasks(viewer, None) is None
        assert plan_panels.plans_under_way(viewer, None) is None


def test_late_is_by_the_calendar_of_the_agency(plan, organizer, member):
    Agency.objects.update(time_zone="Pacific/Pago_Pago")  # where it is always a day earlier than in the network
    role = plan.roles.get(key="interpreter")
    plans.assign_role(by=organizer, role_id=role.pk, holder_id=member.user_id, at=NOON)
    today = timezone.now().astimezone(ZoneInfo("Pacific/Pago_Pago")).date()
    plan.tasks.update(due_on=today)

    with timezone.override("Pacific/Kiritimati"):
        assert plan_panels.my_tasks(member, None).context["late"] == frozenset()
        assert plan_panels.plans_under_way(member, None).context["late"] == frozenset()
        plan.tasks.update(due_on=today - timedelta(days=1))
        assert plan_panels.plans_under_way(member, None).context["late"] == {plan.pk}


def test_the_desk_shows_the_next_events_and_that_there_are_more(organizer, agency, playbook):
    for day in range(1, 8):
        draft = plan_draft(agency, playbook, day=date(2026, 8, day))
        plans.start_plan(by=organizer, draft=draft, at=NOON)

    context = plan_panels.plans_under_way(organizer, None).context
    assert ([plan.day.day for plan in context["plans"]], context["more"]) == ([1, 2, 3, 4, 5, 6], True)
