import pytest

from lecen.domains.agencies import demo as agencies
from lecen.domains.engagement import demo
from lecen.domains.engagement.models import Event, EventPartner, Plan
from lecen.domains.library import demo as library
from lecen.domains.surveys import demo as surveys
from tests.factories import NOON


@pytest.fixture
def network(db):
    for area in (agencies, library, surveys, demo):
        area.load(at=NOON)


def test_the_demonstration_has_an_event_behind_it_one_ahead_and_one_in_preparation(network):
    past, coming = Event.objects.get(pk=demo.PAST_EVENT), Event.objects.get(pk=demo.UPCOMING_EVENT)

    assert (past.state, past.ends_at < NOON, past.collector is None) == ("published", True, False)
    assert (coming.state, coming.starts_at > NOON, coming.takes_registrations) == ("published", True, True)
    prepared = Plan.objects.get(day__gt=NOON.date()).event
    assert prepared.state == "draft"
    assert sorted(EventPartner.objects.values_list("event", "state")) == sorted(
        [(past.pk, "accepted")] * 2
        + [(coming.pk, "accepted")]
        + [(prepared.pk, state) for state in ("accepted", "invited")]
    )


def test_loading_twice_changes_nothing(network):
    before = (Event.objects.count(), EventPartner.objects.count())

    demo.load(at=NOON)

    assert (Event.objects.count(), EventPartner.objects.count()) == before


def test_both_languages_are_written(network):
    for event in Event.objects.all():
        assert {text.languages for text in (event.title, event.purpose)} == {("en", "es")}


def test_the_past_event_has_one_late_follow_up(network):
    past = Event.objects.get(pk=demo.PAST_EVENT)

    assert past.plan.tasks.filter(state="open", due_on__lt=NOON.date(), is_follow_up=True).count() == 1
