"""Events from a table, all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lecen.domains.engagement.models import Event
from lecen.domains.engagement.services.events import EventDraft, draft_event
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class ImportedEvents:
    created: int
    known: int


def import_events(*, by: Viewer, drafts: Sequence[EventDraft], at: datetime) -> ImportedEvents:
    """Draft the events whose key is new; what was imported before is left as people have changed it since."""
    with transaction.atomic():
        known = set(Event.objects.filter(pk__in=[draft.event_id for draft in drafts]).values_list("pk", flat=True))
        new = [draft for draft in drafts if draft.event_id not in known]
        for draft in new:
            draft_event(by=by, draft=draft, at=at)
    return ImportedEvents(created=len(new), known=len(known))
