from datetime import timedelta

import pytest

from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.services.publication import cancel_event, publish_event
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry
from lecen.kernel.translated import TranslatedText
from tests.factories import NOON, EventFactory, PlanFactory, SafeguardCheckFactory

REASON = TranslatedText.of(en="Storm warning.", es="Aviso de tormenta.")


def test_a_whole_draft_is_published_once(organizer, agency, published_changes):
    event = EventFactory(agency=agency)

    publish_event(by=organizer, event_id=event.pk, at=NOON)
    publish_event(by=organizer, event_id=event.pk, at=NOON + timedelta(hours=1))

    event.refresh_from_db()
    assert (event.state, event.published_at) == (EventState.PUBLISHED, NOON)
    assert published_changes() == [("EventPublished", {"event_id": str(event.pk)})]
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["event.published"]


def test_an_unconfirmed_safeguard_keeps_an_event_back(organizer, agency):
    plan = PlanFactory(agency=agency)
    check = SafeguardCheckFactory(plan=plan)
    SafeguardCheckFactory(plan=plan, confirmed_at=NOON)
    event = EventFactory(agency=agency, plan=plan)

    with pytest.raises(Refused, match="Confirm every safeguard"):
        publish_event(by=organizer, event_id=event.pk, at=NOON)
    check.confirmed_at = NOON
    check.save()

    assert publish_event(by=organizer, event_id=event.pk, at=NOON).state == EventState.PUBLISHED


@pytest.mark.parametrize(
    ("missing", "said"),
    [({"place": ""}, "Say where"), ({"starts_at": NOON - timedelta(days=1)}, "already ended")],
)
def test_an_event_without_place_or_future_is_not_published(organizer, agency, missing, said):
    event = EventFactory(agency=agency, **missing)

    with pytest.raises(Refused, match=said):
        publish_event(by=organizer, event_id=event.pk, at=NOON)


def test_an_agency_that_has_not_opened_its_site_publishes_nothing(organizer, agency):
    agency.is_public = False
    agency.save()

    with pytest.raises(Refused, match="not open yet"):
        publish_event(by=organizer, event_id=EventFactory(agency=agency).pk, at=NOON)


def test_missing_spanish_is_no_obstacle(organizer, agency):
    agency.languages = ["en", "es"]
    agency.save()
    event = EventFactory(agency=agency, title=TranslatedText.of(en="English only"))

    assert publish_event(by=organizer, event_id=event.pk, at=NOON).state == EventState.PUBLISHED


def test_a_canceled_event_keeps_its_reason_and_tells_once(organizer, agency, published_changes):
    event = EventFactory(agency=agency, published=True, takes_registrations=True)

    cancel_event(by=organizer, event_id=event.pk, reason=REASON, at=NOON)
    cancel_event(by=organizer, event_id=event.pk, reason=TranslatedText.of(en="Another."), at=NOON)

    event.refresh_from_db()
    assert (event.state, event.canceled_at, event.cancel_reason, event.sequence, event.takes_registrations) == (
        EventState.CANCELED,
        NOON,
        REASON,
        1,
        False,
    )
    assert published_changes() == [("EventCanceled", {"event_id": str(event.pk)})]


@pytest.mark.parametrize(
    ("event", "reason", "said"),
    [
        ({}, REASON, "Only a published event"),
        ({"published": True, "starts_at": NOON - timedelta(days=3)}, REASON, "is over"),
        ({"published": True}, TranslatedText(), "Say why"),
    ],
)
def test_what_cannot_be_canceled_says_why(organizer, agency, event, reason, said):
    with pytest.raises(Refused, match=said):
        cancel_event(by=organizer, event_id=EventFactory(agency=agency, **event).pk, reason=reason, at=NOON)


def test_a_canceled_event_is_not_published_again(organizer, agency):
    with pytest.raises(Refused, match="cannot be published again"):
        publish_event(by=organizer, event_id=EventFactory(agency=agency, canceled=True).pk, at=NOON)


@pytest.mark.parametrize("actor", ["member", "head", "stranger_organizer", "resident"])
def test_only_an_organizer_publishes_and_cancels(request, agency, actor):
    viewer = request.getfixturevalue(actor)

    with pytest.raises(NotAllowed):
        publish_event(by=viewer, event_id=EventFactory(agency=agency).pk, at=NOON)
    with pytest.raises(NotAllowed):
        cancel_event(by=viewer, event_id=EventFactory(agency=agency, published=True).pk, reason=REASON, at=NOON)
