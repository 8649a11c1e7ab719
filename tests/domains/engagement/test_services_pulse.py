from datetime import timedelta

import pytest

from lecen.domains.engagement.models import Event
from lecen.domains.engagement.services.events import move_event
from lecen.domains.engagement.services.publication import cancel_event, publish_event
from lecen.domains.engagement.services.pulse import STAYS_OPEN, close_pulse, move_pulse, open_pulse
from lecen.domains.surveys.models import Collector
from lecen.domains.surveys.services import load_instruments
from lecen.kernel.errors import NotAllowed
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, EventFactory


@pytest.fixture
def event(agency) -> Event:
    load_instruments(by=SYSTEM, at=NOON, folder=None)
    return EventFactory(agency=agency)


def test_a_published_event_asks_from_its_start_until_a_week_after(organizer, event):
    publish_event(by=organizer, event_id=event.pk, at=NOON)
    publish_event(by=organizer, event_id=event.pk, at=NOON)

    collector = Collector.objects.get()
    assert Event.objects.get().collector == collector
    assert (collector.title, collector.opens_at, collector.closes_at) == (
        event.title,
        event.starts_at,
        event.ends_at + STAYS_OPEN,
    )


def test_the_pulse_moves_with_its_event(organizer, event):
    publish_event(by=organizer, event_id=event.pk, at=NOON)
    later = timedelta(days=3)

    move_event(
        by=organizer, event_id=event.pk, starts_at=event.starts_at + later, ends_at=event.ends_at + later, at=NOON
    )

    assert Collector.objects.get().opens_at == event.starts_at + later


def test_a_canceled_event_asks_nobody(organizer, event):
    publish_event(by=organizer, event_id=event.pk, at=NOON)

    cancel_event(by=organizer, event_id=event.pk, reason=TranslatedText.of(en="Storm."), at=NOON)

    assert Collector.objects.get().state == "closed"


def test_a_network_without_the_pulse_publishes_all_the_same(organizer, agency):
    event = publish_event(by=organizer, event_id=EventFactory(agency=agency).pk, at=NOON)

    assert (event.state, event.collector) == ("published", None)


@pytest.mark.parametrize("service", [open_pulse, move_pulse, close_pulse])
def test_a_member_touches_no_pulse(member, event, service):
    with pytest.raises(NotAllowed):
        service(by=member, event=event, at=NOON)
