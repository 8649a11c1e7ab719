from datetime import timedelta

import pytest
from django.utils import timezone

from lecen.domains.engagement.views.event_panels import (
    agency_events,
    neighborhood_events,
    next_events,
    own_events,
)
from tests.factories import EventFactory, NeighborhoodFactory

SOON = timezone.now().replace(microsecond=0) + timedelta(days=5)


def test_the_agency_page_shows_the_next_three_published_events(resident, agency, other_agency):
    events = [
        EventFactory(agency=agency, published=True, starts_at=SOON + timedelta(days=number)) for number in range(4)
    ]
    EventFactory(agency=agency, starts_at=SOON)
    EventFactory(agency=other_agency, published=True, starts_at=SOON)

    assert agency_events(resident, agency).context["events"] == events[:3]


def test_the_front_page_shows_what_comes_next_anywhere_in_public(resident, agency, other_agency):
    later = EventFactory(agency=agency, published=True, starts_at=SOON + timedelta(days=1))
    soon = EventFactory(agency=other_agency, published=True, starts_at=SOON)
    EventFactory(agency=agency, starts_at=SOON)

    assert next_events(resident, None).context["events"] == [soon, later]


def test_the_front_page_is_silent_without_events(resident, agency):
    EventFactory(agency=agency, starts_at=SOON)

    assert next_events(resident, None) is None


def test_a_neighborhood_shows_its_own_events(resident, agency):
    here = NeighborhoodFactory(agency=agency)
    event = EventFactory(agency=agency, published=True, starts_at=SOON)
    event.neighborhoods.add(here)
    EventFactory(agency=agency, published=True, starts_at=SOON)

    assert neighborhood_events(resident, here).context["events"] == [event]


def test_the_desk_shows_drafts_of_ones_own_agency_only(member, organizer, agency, other_agency):
    draft = EventFactory(agency=agency, starts_at=SOON)
    EventFactory(agency=agency, canceled=True, starts_at=SOON)
    EventFactory(agency=other_agency, published=True, starts_at=SOON)

    assert [own_events(viewer, None).context["events"] for viewer in (member, organizer)] == [[draft], [draft]]
    assert [own_events(viewer, None).context["agency"] for viewer in (member, organizer)] == [None, agency]


@pytest.mark.parametrize("actor", ["resident", "member"])
def test_the_desk_is_silent_where_there_is_nothing_to_say(request, agency, actor):
    assert own_events(request.getfixturevalue(actor), None) is None
