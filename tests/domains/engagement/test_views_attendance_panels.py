"""Other pages say whether there are places, and how many were counted under the small-number rule."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lecen.domains.engagement.views.attendance_panels import door_panel, places_panel
from tests.factories import CheckInFactory, EventFactory, RegistrationFactory


@pytest.fixture
def event(agency):
    start = timezone.now() + timedelta(days=1)
    return EventFactory(agency=agency, published=True, takes_registrations=True, capacity=2, starts_at=start)


@pytest.mark.parametrize(("seats", "said", "not_said"), [(1, "Places left", "Full"), (2, "Full", "Places left")])
def test_the_page_of_the_event_says_whether_there_are_places(client, event, seats, said, not_said):
    RegistrationFactory(event=event, seats=seats)
    page = client.get(event.get_absolute_url()).content.decode()

    assert said in page
    assert not_said not in page


def test_no_places_are_offered_where_nobody_registers(agency, resident):
    over = EventFactory(
        agency=agency, published=True, takes_registrations=True, starts_at=timezone.now() - timedelta(2)
    )

    assert places_panel(resident, over) is None
    assert places_panel(resident, EventFactory(agency=agency, published=True)) is None
    assert places_panel(resident, EventFactory(agency=agency, canceled=True)) is None


@pytest.mark.parametrize(("people", "said"), [(9, "fewer than 10"), (10, "10")])
def test_the_managing_page_shows_small_counts_to_nobody(signed_in, organizer, event, people, said):
    CheckInFactory(event=event, people=people)
    page = signed_in(organizer).get(reverse("engagement:event-manage", args=[event.pk])).content.decode()

    assert f'<span class="figure__value">{said}</span>' in page


@pytest.mark.parametrize(("seats", "said"), [(9, "fewer than 10"), (10, "10")])
def test_the_managing_page_shows_few_seats_to_nobody(signed_in, member, event, seats, said):
    RegistrationFactory(event=event, seats=seats)
    page = signed_in(member).get(reverse("engagement:event-manage", args=[event.pk])).content.decode()

    assert f'<span class="figure__value">{said}</span>' in page


def test_nobody_counted_yet_reads_like_any_small_count(agency, organizer):
    running = EventFactory(agency=agency, published=True, starts_at=timezone.now() - timedelta(hours=1))
    context = door_panel(organizer, running).context

    assert (context["has_begun"], context["total"].suppressed) == (True, True)


def test_members_see_the_door_and_not_who_registered(event, member, resident):
    assert door_panel(member, event).context["may_organize"] is False
    assert door_panel(resident, event) is None
    assert door_panel(member, EventFactory(agency=event.agency)) is None
