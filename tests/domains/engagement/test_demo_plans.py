from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from lecen.domains.accounts import demo as people
from lecen.domains.agencies.choices import Role
from lecen.domains.engagement.demo import HOLDERS, load_plan
from lecen.domains.engagement.models import Plan
from lecen.domains.engagement.queries.plans import plan_board
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, PositionFactory


@pytest.mark.parametrize("days", range(7))
def test_the_plan_of_the_demonstration_has_tasks_in_every_state(agency, playbook, days):
    at = NOON + timedelta(days=days)
    people.load(at=at)
    for user in get_user_model().objects.filter(email__in=HOLDERS.values()):
        PositionFactory(user=user, agency=agency, role=Role.ORGANIZER)
    for _twice in range(2):
        load_plan(at=at)

    board = plan_board(plan=Plan.objects.get(), viewer=SYSTEM, at=at)
    assert (board.first.is_late, board.late) == (True, ())
    assert [bool(part) for part in (board.done, board.dropped, board.follow_ups, board.later)] == [True] * 4
    assert board.plan.day.weekday() == 5
    assert board.confirmed_count == 4
