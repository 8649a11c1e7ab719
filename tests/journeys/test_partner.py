"""A partner's way: a message, a link, no account."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lecen.domains.agencies.choices import PartnerKind
from lecen.domains.agencies.services.partners import PartnerRecord
from lecen.domains.engagement.choices import EventState, InvitationState
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.services.partners import LINK_LASTS, Invitation, invite_partners, withdraw_partner
from lecen.kernel.viewer import SYSTEM
from tests.journeys.conftest import PHONE, link_in_message_to

pytestmark = pytest.mark.browser


@pytest.fixture
def invite(network):
    """`invite("office@…")` asks an organization that nobody knew before to the event that is being prepared."""

    def invite(email, *, at=None):
        record = PartnerRecord(f"Congregation of {email}", PartnerKind.FAITH, "", email, "es")
        event = Event.objects.get(state=EventState.DRAFT)
        invitation = Invitation(organization_ids=(), newcomer=record, role="partner")
        [partner] = invite_partners(by=SYSTEM, event_id=event.pk, invitation=invitation, at=at or timezone.now())
        return partner, link_in_message_to(email)

    return invite


@pytest.fixture
def phone(person):
    return person(PHONE, javascript=False)


def state_of(partner):
    partner.refresh_from_db()
    return partner.state, partner.promise


def test_opening_the_link_decides_nothing_and_the_first_answer_counts(phone, invite):
    partner, link = invite("first@congregation.example")
    phone.opens(link)
    assert state_of(partner) == (InvitationState.INVITED, "")  # mail programs open links on their own
    phone.opens(link)
    phone.picks("Sí, participamos")
    phone.types("Qué aportan o qué harán", "El salón y diez voluntarios")
    phone.presses_enter()
    assert phone.sees("¡Gracias por participar!")

    phone.opens(link)
    assert phone.sees("¡Gracias por participar!")
    assert phone.page.get_by_role("button", name="Enviar la respuesta").count() == 0
    assert state_of(partner) == (InvitationState.ACCEPTED, "El salón y diez voluntarios")


def test_a_page_left_open_says_that_the_invitation_was_withdrawn(phone, invite):
    partner, link = invite("withdrawn@congregation.example")
    phone.opens(link)
    phone.picks("Sí, participamos")
    withdraw_partner(by=SYSTEM, partner_id=partner.pk, at=timezone.now())
    phone.presses("Enviar la respuesta")
    assert phone.sees("Esta invitación se retiró")

    phone.opens(link)
    assert phone.sees("Esta invitación se retiró")
    assert state_of(partner) == (InvitationState.WITHDRAWN, "")


def test_an_expired_link_says_whom_to_ask(phone, invite):
    partner, link = invite("late@congregation.example", at=timezone.now() - LINK_LASTS - timedelta(minutes=1))
    phone.opens(link)

    assert phone.sees("Este enlace ya venció. Pida uno nuevo a la persona que lo envió.")
    assert state_of(partner) == (InvitationState.INVITED, "")


def test_a_link_that_lost_its_end_says_how_to_mend_it(phone, invite):
    _partner, link = invite("broken@congregation.example")
    phone.opens(link[:-9] + "/")

    assert phone.page.locator("main").get_by_text("enlace").first.is_visible()
    assert phone.page.get_by_role("button", name="Enviar la respuesta").count() == 0
