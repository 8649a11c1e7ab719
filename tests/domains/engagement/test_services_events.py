from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.services.events import (
    ConditionDraft,
    EventDraft,
    change_event,
    delete_draft,
    draft_event,
    draft_event_from_plan,
)
from lecen.domains.library.choices import EventKind
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.ids import uuid7
from lecen.kernel.models import AuditEntry
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, EventFactory, NeighborhoodFactory, PlanFactory

TITLE = TranslatedText.of(en="Coffee", es="Café")


@pytest.fixture
def draft(agency) -> EventDraft:
    return EventDraft(
        event_id=uuid7(),
        agency=agency,
        title=TITLE,
        purpose=TranslatedText.of(en="To meet.", es="Conocernos."),
        kind=EventKind.SOCIAL,
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
        time_zone="America/Chicago",
        place="Café Luna",
        languages=("en", "es"),
        conditions=(ConditionDraft("equal_status", "weak", TranslatedText.of(en="Sit together.")),),
    )


def test_a_draft_becomes_an_event(organizer, draft):
    neighborhood = NeighborhoodFactory(agency=draft.agency)

    event = draft_event(by=organizer, draft=replace(draft, neighborhoods=(neighborhood,)), at=NOON)

    event.refresh_from_db()
    assert (event.pk, event.state, event.title, event.place) == (draft.event_id, EventState.DRAFT, TITLE, "Café Luna")
    assert list(event.neighborhoods.all()) == [neighborhood]
    assert [(row.condition, row.rating) for row in event.conditions.all()] == [("equal_status", "weak")]
    assert list(AuditEntry.objects.values_list("act", "on_id")) == [("event.drafted", str(event.pk))]


def test_a_draft_sent_twice_makes_one_event(organizer, draft):
    first = draft_event(by=organizer, draft=draft, at=NOON)
    second = draft_event(by=organizer, draft=draft, at=NOON)

    assert (second, Event.objects.count(), AuditEntry.objects.count()) == (first, 1, 1)


@pytest.mark.parametrize("actor", ["member", "head", "stranger_organizer", "resident"])
def test_who_does_not_organize_drafts_nothing(request, draft, actor):
    with pytest.raises(NotAllowed):
        draft_event(by=request.getfixturevalue(actor), draft=draft, at=NOON)

    assert Event.objects.count() == 0


def test_an_event_without_purpose_is_refused_at_the_field(organizer, draft):
    with pytest.raises(ValidationError) as refused:
        draft_event(by=organizer, draft=replace(draft, purpose=TranslatedText()), at=NOON)

    assert list(refused.value.error_dict) == ["purpose"]
    assert Event.objects.count() == 0


def test_a_neighborhood_of_another_agency_is_refused(organizer, draft):
    with pytest.raises(Refused) as refused:
        draft_event(by=organizer, draft=replace(draft, neighborhoods=(NeighborhoodFactory(),)), at=NOON)

    assert (refused.value.field, Event.objects.count()) == ("neighborhoods", 0)


def test_an_event_from_a_plan_takes_what_the_playbook_says(organizer, agency):
    plan = PlanFactory(agency=agency)

    event = draft_event_from_plan(
        by=organizer, plan=plan, starts_at=NOON, ends_at=NOON + timedelta(hours=3), place="Parish hall", at=NOON
    )
    again = draft_event_from_plan(
        by=organizer, plan=plan, starts_at=NOON, ends_at=NOON + timedelta(hours=3), place="Elsewhere", at=NOON
    )

    assert again == event
    assert (event.plan, event.purpose, event.kind, event.place) == (
        plan,
        plan.playbook.purpose,
        EventKind.FAITH,
        "Parish hall",
    )
    assert {row.condition: (row.rating, row.plan) for row in event.conditions.all()} == {
        condition: ("strong", TranslatedText.of(en=f"Plan for {condition}", es=f"Plan de {condition}"))
        for condition in ("equal_status", "common_goal", "cooperation", "institutional_support")
    }


def test_changing_a_text_tells_nobody(organizer, draft, published_changes):
    event = draft_event(by=organizer, draft=draft, at=NOON)

    changed = change_event(
        by=organizer, event_id=event.pk, draft=replace(draft, title=TranslatedText.of(en="Tea", es="Café")), at=NOON
    )

    assert (changed.sequence, published_changes()) == (0, [])
    assert [changed.title.in_language("en"), changed.title.state_in("es")] == ["Tea", "stale"]


@pytest.mark.parametrize(
    "moved", [{"starts_at": NOON + timedelta(minutes=5)}, {"place": "Town hall"}, {"address": "1 Main Street"}]
)
def test_moving_a_published_event_tells_those_who_count_on_it(organizer, draft, published_changes, moved):
    event = draft_event(by=organizer, draft=draft, at=NOON)
    Event.objects.update(state=EventState.PUBLISHED, published_at=NOON)

    changed = change_event(by=organizer, event_id=event.pk, draft=replace(draft, **moved), at=NOON)

    assert changed.sequence == 1
    assert published_changes() == [("EventChanged", {"event_id": str(event.pk), "sequence": 1})]


def test_a_published_event_keeps_its_place_and_stays_ahead(organizer, draft):
    event = draft_event(by=organizer, draft=draft, at=NOON)
    Event.objects.update(state=EventState.PUBLISHED, published_at=NOON)
    past = {"starts_at": NOON - timedelta(days=2), "ends_at": NOON - timedelta(days=1)}

    for lost, field in (({"place": ""}, "place"), (past, "day")):
        with pytest.raises(Refused) as refused:
            change_event(by=organizer, event_id=event.pk, draft=replace(draft, **lost), at=NOON)
        assert refused.value.field == field


def test_a_canceled_event_is_not_changed(organizer, agency, draft):
    event = EventFactory(agency=agency, canceled=True)

    with pytest.raises(Refused):
        change_event(by=organizer, event_id=event.pk, draft=draft, at=NOON)


def test_a_draft_can_be_deleted_and_a_published_event_cannot(organizer, agency):
    draft, published = EventFactory(agency=agency), EventFactory(agency=agency, published=True)

    delete_draft(by=organizer, event_id=draft.pk, at=NOON)
    delete_draft(by=organizer, event_id=draft.pk, at=NOON)
    with pytest.raises(Refused):
        delete_draft(by=organizer, event_id=published.pk, at=NOON)

    assert list(Event.objects.all()) == [published]


def test_a_member_neither_changes_nor_deletes(member, agency, draft):
    event = EventFactory(agency=agency)

    with pytest.raises(NotAllowed):
        change_event(by=member, event_id=event.pk, draft=draft, at=NOON)
    with pytest.raises(NotAllowed):
        delete_draft(by=member, event_id=event.pk, at=NOON)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_eight_times_at_once_makes_one_event(draft):
    def attempt(_time: int) -> Event:
        try:
            return draft_event(by=SYSTEM, draft=draft, at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        made = set(people.map(attempt, range(8)))

    assert made == {Event.objects.get()}
    assert AuditEntry.objects.count() == 1
