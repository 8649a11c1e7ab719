from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from lecen.domains.agencies.models import PartnerOrganization
from lecen.domains.agencies.services.partners import PartnerRecord
from lecen.domains.engagement import rules
from lecen.domains.engagement.models import EventPartner
from lecen.domains.engagement.services.partners import (
    Invitation,
    answer_invitation,
    invite_partners,
    reinvite_partner,
    remind_partner,
    withdraw_partner,
)
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AnonymousAct
from lecen.kernel.viewer import SYSTEM, Viewer, ViewerKind
from tests.factories import NOON, EventFactory, EventPartnerFactory, PartnerOrganizationFactory

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True)


def link(partner: EventPartner) -> Viewer:
    return Viewer(ViewerKind.LINK, scopes=frozenset({rules.invitation_scope(partner)}))


def answer(partner: EventPartner, *, accepts: bool = True, promise: str = "", at=LATER) -> EventPartner:
    return answer_invitation(by=link(partner), partner_id=partner.pk, accepts=accepts, promise=promise, at=at)


def test_inviting_asks_each_organization_once(organizer, event, published_changes):
    organizations = [PartnerOrganizationFactory(agency=event.agency) for _number in range(2)]
    invitation = Invitation(organization_ids=tuple(row.pk for row in organizations), role="co_host")

    first = invite_partners(by=organizer, event_id=event.pk, invitation=invitation, at=NOON)
    second = invite_partners(by=organizer, event_id=event.pk, invitation=invitation, at=LATER)

    assert first == second
    assert [(row.organization, row.role, row.state, row.invited_at) for row in first] == [
        (organization, "co_host", "invited", NOON) for organization in organizations
    ]
    assert [name for name, _payload in published_changes()] == ["PartnerInvited"] * 2


def test_the_link_works_until_the_event_is_over_and_at_most_thirty_days(organizer, event):
    organization = PartnerOrganizationFactory(agency=event.agency)
    invitation = Invitation(organization_ids=(organization.pk,))

    [partner] = invite_partners(by=organizer, event_id=event.pk, invitation=invitation, at=NOON)

    assert partner.expires_at == event.ends_at


def test_a_newcomer_joins_the_list_of_the_agency(organizer, event):
    newcomer = PartnerRecord(name="Mill Hill Mosque", kind="faith", contact_email="office@mosque.example")

    [partner] = invite_partners(by=organizer, event_id=event.pk, invitation=Invitation(newcomer=newcomer), at=NOON)

    assert (partner.organization.agency, partner.organization.name) == (event.agency, "Mill Hill Mosque")


def test_nobody_is_invited_without_an_address_or_from_another_agency(organizer, event):
    silent = PartnerOrganizationFactory(agency=event.agency, contact_email="")
    foreign = PartnerOrganizationFactory()

    for organization in (silent, foreign):
        invitation = Invitation(organization_ids=(organization.pk,))
        with pytest.raises(Refused) as refused:
            invite_partners(by=organizer, event_id=event.pk, invitation=invitation, at=NOON)
        assert refused.value.field == "organizations"
    assert EventPartner.objects.count() == 0


def test_nobody_is_invited_to_what_is_off(organizer, agency):
    organization = PartnerOrganizationFactory(agency=agency)

    for event in (EventFactory(agency=agency, canceled=True), EventFactory(agency=agency, starts_at=NOON)):
        with pytest.raises(Refused, match="canceled or over"):
            invite_partners(
                by=organizer,
                event_id=event.pk,
                invitation=Invitation(organization_ids=(organization.pk,)),
                at=NOON + timedelta(days=1),
            )
    assert PartnerOrganization.objects.count() == 1


def test_an_answer_counts_once(event, published_changes):
    partner = EventPartnerFactory(event=event)

    answer(partner, promise=" The hall ")
    answered = answer(partner, accepts=False, at=LATER + timedelta(hours=1))

    assert (answered.state, answered.promise, answered.answered_at) == ("accepted", "The hall", LATER)
    assert published_changes() == [("PartnerAnswered", {"partner_id": str(partner.pk), "accepted": True})]
    assert list(AnonymousAct.objects.values_list("act", flat=True)) == ["partner.answered"]


def test_who_declines_promises_nothing(event):
    declined = answer(EventPartnerFactory(event=event), accepts=False, promise="The hall")

    assert (declined.state, declined.promise) == ("declined", "")


@pytest.mark.parametrize(
    ("partner", "event", "at", "said"),
    [
        ({"state": "withdrawn"}, {"published": True}, LATER, "withdrawn"),
        ({}, {"canceled": True}, LATER, "canceled"),
        ({"expires_at": NOON}, {"published": True}, LATER, "expired"),
    ],
)
def test_what_cannot_be_answered_says_why(agency, partner, event, at, said):
    invited = EventPartnerFactory(event=EventFactory(agency=agency, **event), **partner)

    with pytest.raises(Refused, match=said):
        answer(invited, at=at)


def test_only_its_own_link_answers(event, organizer):
    partner, other = EventPartnerFactory(event=event), EventPartnerFactory(event=event)

    for viewer in (organizer, link(other)):
        with pytest.raises(NotAllowed):
            answer_invitation(by=viewer, partner_id=partner.pk, accepts=True, promise="", at=LATER)


def test_a_reminder_gives_more_time(organizer, event, published_changes):
    partner = EventPartnerFactory(event=event, expires_at=LATER)

    reminded = remind_partner(by=organizer, partner_id=partner.pk, at=NOON)

    assert reminded.expires_at == event.ends_at
    assert published_changes() == [
        ("PartnerInvited", {"partner_id": str(partner.pk), "occasion": "reminded-2026-06-01"})
    ]


def test_who_has_answered_is_not_reminded(organizer, event):
    with pytest.raises(Refused, match="answered already"):
        remind_partner(by=organizer, partner_id=EventPartnerFactory(event=event, state="accepted").pk, at=NOON)


def test_withdrawing_tells_whether_somebody_counted_on_it(organizer, event, published_changes):
    asked, accepted = EventPartnerFactory(event=event), EventPartnerFactory(event=event, state="accepted")

    for partner in (asked, accepted, accepted):
        withdraw_partner(by=organizer, partner_id=partner.pk, at=NOON)

    assert [payload["had_accepted"] for _name, payload in published_changes()] == [False, True]
    assert set(EventPartner.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize(
    ("before", "after"),
    [("declined", "invited"), ("withdrawn", "invited"), ("accepted", "accepted"), ("invited", "invited")],
)
def test_asking_again_opens_a_new_invitation_where_none_stands(organizer, event, before, after):
    partner = EventPartnerFactory(event=event, state=before)

    assert reinvite_partner(by=organizer, partner_id=partner.pk, at=NOON).state == after


@pytest.mark.parametrize("actor", ["member", "head", "stranger_organizer", "resident"])
def test_only_organizers_look_after_invitations(request, event, actor):
    viewer, partner = request.getfixturevalue(actor), EventPartnerFactory(event=event)

    for service in (remind_partner, withdraw_partner, reinvite_partner):
        with pytest.raises(NotAllowed):
            service(by=viewer, partner_id=partner.pk, at=NOON)
    with pytest.raises(NotAllowed):
        invite_partners(by=viewer, event_id=event.pk, invitation=Invitation(), at=NOON)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts():
    partner = EventPartnerFactory(event__published=True)

    def attempt(accepts: bool) -> str:
        try:
            return answer(partner, accepts=accepts).state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        told = set(people.map(attempt, [True, False] * 8))

    assert told == {EventPartner.objects.get().state}
    assert AnonymousAct.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_inviting_twice_at_once_asks_once():
    organization = PartnerOrganizationFactory()
    event = EventFactory(agency=organization.agency)
    invitation = Invitation(organization_ids=(organization.pk,))

    def attempt(_time: int) -> EventPartner:
        try:
            return invite_partners(by=SYSTEM, event_id=event.pk, invitation=invitation, at=NOON)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        asked = set(people.map(attempt, range(8)))

    assert asked == {EventPartner.objects.get()}
