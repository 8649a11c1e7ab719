"""The pulse of an event: open from its start, closed a week after it, moved and closed with it."""

from datetime import datetime, timedelta

from lecen.domains.engagement import rules
from lecen.domains.engagement.models import Event
from lecen.domains.surveys import services as surveys
from lecen.domains.surveys.models import Questionnaire
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer

INSTRUMENT = "pulse"
STAYS_OPEN = timedelta(days=7)


def open_pulse(*, by: Viewer, event: Event, at: datetime) -> None:
    """Give `event` a place where answers come in; a network that loaded no pulse publishes events without one."""
    require(rules.can_organize_event, by, event)
    if event.collector_id or not Questionnaire.objects.filter(instrument=INSTRUMENT, is_current=True).exists():
        return
    event.collector = surveys.open_collector(
        by=by,
        agency=event.agency,
        title=event.title,
        opens_at=event.starts_at,
        closes_at=event.ends_at + STAYS_OPEN,
        at=at,
        instrument=INSTRUMENT,
    )
    event.save(update_fields=["collector"])


def move_pulse(*, by: Viewer, event: Event, at: datetime) -> None:
    """The answers come in when the event now is."""
    require(rules.can_organize_event, by, event)
    if event.collector_id:
        opens, closes = event.starts_at, event.ends_at + STAYS_OPEN
        surveys.reschedule_collector(by=by, collector_id=event.collector_id, opens_at=opens, closes_at=closes, at=at)


def close_pulse(*, by: Viewer, event: Event, at: datetime) -> None:
    """Nobody is asked about an event that did not take place."""
    require(rules.can_organize_event, by, event)
    if event.collector_id:
        surveys.close_collector(by=by, collector_id=event.collector_id, at=at)
