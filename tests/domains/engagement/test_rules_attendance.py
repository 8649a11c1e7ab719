"""Twins agree about registrations and check-ins."""

import pytest

from lecen.domains.engagement import rules
from lecen.kernel.viewer import Viewer, ViewerKind
from tests.factories import CheckInFactory, EventFactory, RegistrationFactory

VIEWERS = ["resident", "member", "organizer", "head", "lead", "operator", "stranger_organizer"]


@pytest.fixture
def registrations(agency, other_agency):
    events = [EventFactory(agency=owner, published=True) for owner in (agency, other_agency)]
    return [RegistrationFactory(event=event) for event in events for _seat in range(2)]


@pytest.fixture
def check_ins(agency, other_agency):
    return [CheckInFactory(event=EventFactory(agency=owner, published=True)) for owner in (agency, other_agency)]


@pytest.mark.parametrize("name", VIEWERS)
def test_registrations_seen_are_those_that_may_be_seen(request, registrations, name):
    viewer = request.getfixturevalue(name)

    seen = set(rules.visible_registrations(viewer))
    assert seen == {row for row in registrations if rules.can_view_registration(viewer, row)}


@pytest.mark.parametrize("name", VIEWERS)
def test_check_ins_seen_are_those_that_may_be_seen(request, check_ins, name):
    viewer = request.getfixturevalue(name)

    seen = set(rules.visible_check_ins(viewer))
    assert seen == {row for row in check_ins if rules.can_view_check_in(viewer, row)}


def test_a_receipt_code_opens_one_registration(registrations):
    mine = registrations[0]
    viewer = Viewer(ViewerKind.RECEIPT, scopes=frozenset({rules.registration_scope(mine)}))

    assert list(rules.visible_registrations(viewer)) == [mine]
    assert [rules.can_view_registration(viewer, row) for row in registrations] == [True, False, False, False]
    assert [rules.can_change_registration(viewer, row) for row in registrations] == [True, False, False, False]


def test_members_count_at_the_door_and_do_not_see_who_registered(agency, member, registrations):
    event = registrations[0].event

    assert rules.can_check_in(member, event)
    assert list(rules.visible_registrations(member)) == []
