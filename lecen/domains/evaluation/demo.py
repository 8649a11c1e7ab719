"""The demonstration's past event gets its answers and its release, so that its report has something to say."""

from datetime import datetime, timedelta

from lecen.domains.engagement.queries.events import past_events
from lecen.domains.surveys import services as surveys
from lecen.domains.surveys.choices import CollectorState
from lecen.kernel.viewer import SYSTEM

AFTER_LUNCH = timedelta(hours=2)
COLLECTED = timedelta(days=2)


def load(*, at: datetime) -> None:
    """A pulse that is closed stays as it is, and so does the one of yesterday: it is still asked."""
    held = past_events(at=at - COLLECTED).filter(agency__is_fictional=True, collector__state=CollectorState.OPEN)
    for event in held.select_related("collector__agency", "collector__questionnaire"):
        if event.collector:
            asked = event.starts_at + AFTER_LUNCH
            surveys.answer_as_demonstration(by=SYSTEM, collector=event.collector, at=asked)
            surveys.close_collector(by=SYSTEM, collector_id=event.collector.pk, at=at)
