"""An event and the plan that prepares it, changed together."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lecen.domains.engagement.choices import PlanState
from lecen.domains.engagement.models import Event, Plan
from lecen.domains.engagement.services.events import EventDraft, change_event
from lecen.domains.engagement.services.plans import move_plan
from lecen.kernel.viewer import Viewer


def change_prepared_event(*, by: Viewer, event_id: UUID, draft: EventDraft, at: datetime) -> Event:
    """Change the event; where its day is another, the tasks of its plan move along."""
    with transaction.atomic():
        # The plan first, as whoever moves a plan does: two writers never wait for each other.
        plan = Plan.objects.select_for_update().filter(event=event_id).first()
        event = change_event(by=by, event_id=event_id, draft=draft, at=at)
        day = event.local_start.date()
        if plan is not None and plan.state == PlanState.ACTIVE and plan.day != day:
            move_plan(by=by, plan_id=plan.pk, day=day, at=at)
    return event
