"""What the pages cost that residents open most, whole, with the panels that `pages.py` places on them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lecen.config.pages import PAGES
from tests.factories import (
    EventFactory,
    EventPartnerFactory,
    NeighborhoodAssignmentFactory,
    NeighborhoodFactory,
    RegistrationFactory,
)

OF_THE_PAGE, OF_A_PANEL = 12, 2


@pytest.fixture
def fill(agency):
    """`fill(10)` adds ten of everything that the pages of an event and of its agency show; returns the event."""
    event = EventFactory(
        agency=agency,
        published=True,
        takes_registrations=True,
        capacity=500,
        starts_at=timezone.now() + timedelta(days=9),
    )

    def fill(rows):
        for _row in range(rows):
            neighborhood = NeighborhoodFactory(agency=agency)
            NeighborhoodAssignmentFactory(neighborhood=neighborhood)
            event.neighborhoods.add(neighborhood)
            EventPartnerFactory(event=event, state="accepted")
            RegistrationFactory(event=event)
            EventFactory(agency=agency, published=True, starts_at=event.starts_at)
        return event

    return fill


def queries_of(browser, path):
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["agency", "event"])
@pytest.mark.parametrize("who", ["resident", "organizer"])
def test_a_page_costs_the_same_with_one_and_with_ten(request, signed_in, fill, page, who):
    browser = signed_in(request.getfixturevalue(who))
    spent = []
    for rows in (1, 9):
        shown = fill(rows) if page == "event" else fill(rows).agency
        spent.append(queries_of(browser, shown.get_absolute_url()))

    assert spent[0] == spent[1]
    assert spent[0] <= OF_THE_PAGE + OF_A_PANEL * len(PAGES[page])
