from datetime import date, timedelta

import pytest

from lecen.domains.engagement import logic
from lecen.domains.engagement.choices import TaskState
from lecen.domains.engagement.logic import Section

TODAY = date(2026, 6, 3)
DAY = date(2026, 6, 20)


@pytest.mark.parametrize(
    ("days", "due_on", "hurried"),
    [
        (-30, TODAY, True),
        (-17, TODAY, False),
        (-1, date(2026, 6, 19), False),
        (0, DAY, False),
        (90, date(2026, 9, 18), False),
    ],
)
def test_a_task_is_due_so_many_days_from_the_event_and_never_in_the_past(days, due_on, hurried):
    assert logic.due_date(day=DAY, days=days, today=TODAY) == due_on
    assert logic.is_hurried(day=DAY, days=days, due_on=due_on) is hurried


def test_a_task_with_a_date_of_its_own_is_never_hurried():
    assert logic.is_hurried(day=DAY, days=None, due_on=DAY) is False


@pytest.mark.parametrize(
    ("state", "days", "is_follow_up", "section"),
    [
        (TaskState.OPEN, -1, False, Section.LATE),
        (TaskState.OPEN, -1, True, Section.LATE),
        (TaskState.OPEN, 0, False, Section.THIS_WEEK),
        (TaskState.OPEN, 6, True, Section.THIS_WEEK),
        (TaskState.OPEN, 7, False, Section.LATER),
        (TaskState.OPEN, 7, True, Section.FOLLOW_UP),
        (TaskState.DONE, -1, False, Section.DONE),
        (TaskState.DROPPED, -1, True, Section.DROPPED),
    ],
)
def test_a_task_stands_where_its_state_and_date_put_it(state, days, is_follow_up, section):
    due_on = TODAY + timedelta(days=days)

    assert logic.section_of(state=state, due_on=due_on, is_follow_up=is_follow_up, today=TODAY) == section


@pytest.mark.parametrize(("done", "total", "share"), [(0, 0, 0), (1, 3, 33), (199, 200, 99), (3, 3, 100)])
def test_all_is_done_only_when_nothing_is_left(done, total, share):
    assert logic.share_done(done=done, total=total) == share
