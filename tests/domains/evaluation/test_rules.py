import pytest

from lecen.domains.evaluation import rules
from lecen.kernel.viewer import Viewer
from tests.factories import EventFactory

READERS = {"member", "organizer", "lead", "head"}
ACTORS = [*sorted(READERS), "resident", "operator", "stranger_organizer", "stranger_lead"]


@pytest.fixture(params=ACTORS)
def viewer(request) -> Viewer:
    return request.getfixturevalue(request.param)


def test_reports_listed_are_reports_that_may_be_read(viewer, agency, other_agency):
    events = [
        EventFactory(agency=place, **state)
        for place in (agency, other_agency)
        for state in ({}, {"published": True}, {"canceled": True})
    ]

    assert set(rules.visible_reports(viewer)) == {event for event in events if rules.can_view_report(viewer, event)}


@pytest.mark.parametrize("actor", ACTORS)
def test_members_of_the_agency_read_its_reports_and_nobody_else(actor, request, past):
    viewer = request.getfixturevalue(actor)

    assert rules.can_view_report(viewer, past.event) is (actor in READERS)


def test_the_list_of_reports_is_for_members_of_an_agency(member, operator, resident):
    assert [rules.reads_reports(viewer) for viewer in (member, operator, resident)] == [True, False, False]
