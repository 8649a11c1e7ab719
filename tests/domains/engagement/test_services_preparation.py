from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lecen.domains.engagement.models import Event, Plan
from lecen.domains.engagement.services.events import EventDraft
from lecen.domains.engagement.services.plans import finish_plan
from lecen.domains.engagement.services.preparation import change_prepared_event
from tests.factories import NOON


def moved(event: Event, days: int) -> EventDraft:
    """The event as it is, `days` later by the clock at its place."""
    zone = ZoneInfo(event.time_zone)
    starts = datetime.combine(event.local_start.date() + timedelta(days=days), time(10), tzinfo=zone)
    same = ("agency", "title", "purpose", "kind", "time_zone", "place")
    return EventDraft(
        **{name: getattr(event, name) for name in same}, starts_at=starts, ends_at=starts + timedelta(hours=2)
    )


def test_the_plan_moves_with_the_day_of_its_event(organizer, plan_with_event):
    event = plan_with_event.event
    before = {task.key: task.due_on for task in _dated(plan_with_event)}

    change_prepared_event(by=organizer, event_id=event.pk, draft=moved(event, 7), at=NOON)

    assert Plan.objects.get().day == plan_with_event.day + timedelta(days=7)
    assert Event.objects.get().local_start.date() == Plan.objects.get().day
    assert {task.key: task.due_on - timedelta(days=7) for task in _dated(plan_with_event)} == before


def test_other_hours_leave_the_plan_alone(organizer, plan_with_event):
    event = plan_with_event.event
    draft = moved(event, 0)
    draft = replace(draft, ends_at=draft.ends_at + timedelta(hours=1))

    change_prepared_event(by=organizer, event_id=event.pk, draft=draft, at=NOON)

    assert Plan.objects.get().day == plan_with_event.day
    assert Event.objects.get().ends_at == draft.ends_at


def test_a_plan_that_is_done_stays_as_it_was(organizer, plan_with_event):
    finish_plan(by=organizer, plan_id=plan_with_event.pk, at=NOON)

    change_prepared_event(
        by=organizer, event_id=plan_with_event.event.pk, draft=moved(plan_with_event.event, 3), at=NOON
    )

    assert Plan.objects.get().day == plan_with_event.day


def _dated(plan):
    tasks = list(plan.tasks.filter(days__gte=-50, days__lt=0).order_by("days", "pk"))
    for number, task in enumerate(tasks):
        task.key = number
    return tasks
