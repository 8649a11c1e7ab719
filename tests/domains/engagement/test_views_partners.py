from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lecen.domains.engagement.models import EventPartner
from lecen.domains.engagement.notices import invitation_token
from lecen.domains.engagement.services import partners as services
from tests.factories import EventFactory, EventPartnerFactory, PartnerOrganizationFactory

NOW = timezone.now().replace(microsecond=0)
SOON = NOW + timedelta(days=5)


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, starts_at=SOON)


@pytest.fixture
def chaplain(signed_in, organizer):
    return signed_in(organizer)


@pytest.fixture
def partner(event) -> EventPartner:
    return EventPartnerFactory(event=event, organization__name="Saint Brigid", invited_at=NOW, expires_at=SOON)


@pytest.fixture
def link(partner) -> str:
    return reverse("engagement:invitation", args=[invitation_token(partner)])


def test_an_organizer_invites_two_congregations_at_once(chaplain, event):
    known = [PartnerOrganizationFactory(agency=event.agency) for _number in range(2)]

    chaplain.post(f"/events/{event.pk}/partners/", {"organizations": [row.pk for row in known], "role": "co_host"})

    assert {partner.organization for partner in event.partners.all()} == set(known)


def test_an_organizer_adds_an_organization_while_inviting(chaplain, event):
    newcomer = {"name": "Mosque", "kind": "faith", "contact_email": "a@b.example", "language": "es"}

    chaplain.post(f"/events/{event.pk}/partners/", {"role": "partner"} | newcomer)

    assert [(row.organization.name, row.organization.language) for row in event.partners.all()] == [("Mosque", "es")]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "organizations"),
        ({"name": "Mosque"}, "contact_email"),
        ({"name": "Mosque", "contact_email": "nonsense"}, "contact_email"),
    ],
)
def test_an_invitation_to_nobody_says_what_is_missing(chaplain, event, sent, field):
    PartnerOrganizationFactory(agency=event.agency)

    form = chaplain.post(f"/events/{event.pk}/partners/", {"role": "partner"} | sent).context["form"]

    assert list(form.errors) == [field]
    assert event.partners.count() == 0


@pytest.mark.parametrize(
    ("action", "state"), [("remind", "invited"), ("withdraw", "withdrawn"), ("reinvite", "invited")]
)
def test_an_organizer_looks_after_an_invitation(chaplain, partner, action, state):
    path = reverse(f"engagement:partner-{action}", args=[partner.event_id, partner.pk])

    assert chaplain.get(path).status_code == 405
    assert chaplain.post(path)["Location"] == f"/events/{partner.event_id}/partners/"
    partner.refresh_from_db()
    assert partner.state == state


@pytest.mark.parametrize(("actor", "status"), [("resident", 404), ("stranger_organizer", 404), ("member", 403)])
@pytest.mark.parametrize("action", ["remind", "withdraw", "reinvite"])
def test_who_may_not_look_after_an_invitation(request, partner, action, actor, status):
    browser = request.getfixturevalue("signed_in")(request.getfixturevalue(actor))
    path = reverse(f"engagement:partner-{action}", args=[partner.event_id, partner.pk])

    assert browser.post(path).status_code == status


def test_opening_the_link_changes_nothing(client, link, partner):
    answer = client.get(link)

    partner.refresh_from_db()
    assert (answer.status_code, partner.state, answer["Cache-Control"]) == (200, "invited", "private, no-store")
    assert "Saint Brigid, will you take part?" in answer.content.decode()


def test_a_partner_accepts_once_and_sees_the_answer_afterward(client, link, partner):
    first = client.post(link, {"answer": "accept", "promise": "The hall"}, follow=True)
    client.post(link, {"answer": "decline"})
    later = client.get(link)

    partner.refresh_from_db()
    assert (partner.state, partner.promise) == ("accepted", "The hall")
    assert "You bring: The hall" in first.content.decode()
    assert "You take part. Thank you!" in later.content.decode()
    assert b"<form" not in later.content.split(b"<main")[1].split(b"</main")[0]


def test_no_answer_is_not_a_yes(client, link, partner):
    answer = client.post(link, {"answer": ""})

    partner.refresh_from_db()
    assert (answer.context["form"].errors["answer"], partner.state) == (["Choose one of the two answers."], "invited")


def test_a_withdrawn_invitation_says_so(client, link, partner):
    EventPartner.objects.update(state="withdrawn")

    assert "This invitation was withdrawn" in client.get(link).content.decode()
    assert "withdrawn" in client.post(link, {"answer": "accept"}).context["form"].non_field_errors()[0]


def test_an_expired_or_broken_link_says_what_to_do(client, partner, link):
    partner.expires_at = NOW - timedelta(days=1)
    expired = reverse("engagement:invitation", args=[invitation_token(partner)])

    for path, said in ((expired, "has expired"), (f"{link[:-3]}xx/", "is not complete")):
        answer = client.get(path)
        assert (answer.status_code, said in answer.content.decode()) == (409, True)


def test_the_link_of_a_deleted_event_is_gone(client, link, event):
    event.delete()

    assert client.get(link).status_code == 404


def test_the_link_of_an_invitation_taken_back_does_not_answer_the_next_one(client, organizer, partner):
    old = reverse("engagement:invitation", args=[invitation_token(partner)])
    at = NOW + timedelta(minutes=5)
    services.withdraw_partner(by=organizer, partner_id=partner.pk, at=at)
    services.reinvite_partner(by=organizer, partner_id=partner.pk, at=at)

    answer = client.post(old, {"answer": "accept", "promise": ""})

    partner.refresh_from_db()
    assert (answer.status_code, partner.state) == (409, "invited")
