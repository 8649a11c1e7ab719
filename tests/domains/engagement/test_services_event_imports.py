from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from lecen.domains.engagement.models import Event
from lecen.domains.engagement.services.event_imports import ImportedEvents, import_events
from lecen.domains.engagement.services.events import EventDraft
from lecen.kernel.errors import NotAllowed
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedText
from tests.factories import NOON


@pytest.fixture
def drafts(agency) -> list[EventDraft]:
    return [
        EventDraft(
            event_id=uuid7(),
            agency=agency,
            title=TranslatedText.of(en=f"Event {number}"),
            purpose=TranslatedText.of(en="To meet."),
            kind="social",
            starts_at=NOON,
            ends_at=NOON + timedelta(hours=1),
            time_zone="America/Chicago",
        )
        for number in range(3)
    ]


def test_only_new_events_are_drafted(organizer, drafts):
    first = import_events(by=organizer, drafts=drafts[:2], at=NOON)
    second = import_events(by=organizer, drafts=drafts, at=NOON)

    assert (first, second) == (ImportedEvents(created=2, known=0), ImportedEvents(created=1, known=2))
    assert set(Event.objects.values_list("state", flat=True)) == {"draft"}


def test_one_wrong_draft_keeps_all_out(organizer, drafts):
    with pytest.raises(ValidationError):
        import_events(by=organizer, drafts=[*drafts, replace(drafts[0], event_id=uuid7(), kind="party")], at=NOON)

    assert Event.objects.count() == 0


def test_a_member_imports_nothing(member, drafts):
    with pytest.raises(NotAllowed):
        import_events(by=member, drafts=drafts, at=NOON)
