import pytest

from lecen.domains.engagement import rules
from lecen.domains.engagement.models import Event, EventPartner
from lecen.kernel.viewer import Viewer, ViewerKind
from tests.factories import AgencyFactory, EventFactory, EventPartnerFactory

ACTORS = ["resident", "member", "organizer", "lead", "head", "operator", "stranger_organizer"]


@pytest.fixture(params=ACTORS)
def viewer(request) -> Viewer:
    return request.getfixturevalue(request.param)


@pytest.fixture
def every_event(agency, other_agency) -> list[Event]:
    closed = AgencyFactory(is_public=False)
    return [
        EventFactory(agency=place, **state)
        for place in (agency, other_agency, closed)
        for state in ({}, {"published": True}, {"canceled": True})
    ]


@pytest.mark.parametrize(
    ("twin", "rule"),
    [
        (rules.visible_events, rules.can_view_event),
        (rules.followed_events, rules.can_follow_event),
        (rules.organized_events, rules.can_organize_event),
    ],
)
def test_what_is_listed_is_what_may_be_seen(viewer, every_event, twin, rule):
    assert set(twin(viewer)) == {event for event in every_event if rule(viewer, event)}


def test_partners_listed_are_partners_that_may_be_seen(viewer, agency, other_agency):
    partners = [EventPartnerFactory(event__agency=place) for place in (agency, other_agency)]

    assert set(rules.visible_partners(viewer)) == {
        partner for partner in partners if rules.can_view_partner(viewer, partner)
    }


def test_a_resident_sees_published_and_canceled_events_of_open_sites(resident, every_event):
    public = {event for event in every_event if event.state != "draft" and event.agency.is_public}

    assert set(rules.visible_events(resident)) == public
    assert set(rules.public_events()) == public


@pytest.mark.parametrize(
    ("actor", "follows", "organizes"),
    [
        ("resident", False, False),
        ("member", True, False),
        ("head", True, False),
        ("organizer", True, True),
        ("lead", True, True),
        ("operator", True, True),
        ("stranger_organizer", False, False),
    ],
)
def test_members_follow_and_organizers_act(request, agency, actor, follows, organizes):
    viewer, event = request.getfixturevalue(actor), EventFactory(agency=agency)

    assert (rules.can_follow_event(viewer, event), rules.can_organize_event(viewer, event)) == (follows, organizes)


def test_only_its_own_link_answers_an_invitation(agency, organizer):
    partner, other = EventPartnerFactory(event__agency=agency), EventPartnerFactory(event__agency=agency)
    link = Viewer(ViewerKind.LINK, scopes=frozenset({rules.invitation_scope(partner)}))

    assert [rules.can_answer_invitation(who, partner) for who in (link, organizer)] == [True, False]
    assert not rules.can_answer_invitation(link, other)
    assert EventPartner.objects.count() == 2
