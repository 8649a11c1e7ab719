from datetime import timedelta

import pytest

from lecen.domains.engagement import notices
from lecen.domains.engagement.changes import (
    EventCanceled,
    EventChanged,
    PartnerAnswered,
    PartnerInvited,
    PartnerWithdrawn,
)
from lecen.kernel.links import read_link
from lecen.kernel.models import Notice
from tests.factories import NOON, EventFactory, EventPartnerFactory, RegistrationFactory


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, sequence=1)


def sent() -> list[tuple[str, str, str]]:
    return [(row.address, row.language, row.title) for row in Notice.objects.order_by("pk")]


def test_an_invitation_carries_a_link_for_this_organization_in_its_language(event):
    partner = EventPartnerFactory(event=event, organization__language="es", organization__contact_email="a@b.example")
    change = PartnerInvited(partner_id=partner.pk, occasion="invited-now")

    notices.send_invitation(change=change, at=NOON)
    notices.send_invitation(change=change, at=NOON)

    notice = Notice.objects.get()
    assert (notice.address, notice.language) == ("a@b.example", "es")
    assert "Día de trabajo en el parque" in notice.title
    token = notice.body.split("/es/invitations/")[1].split("/)")[0]
    assert read_link(purpose="invitation", token=token, at=NOON) == {
        "partner": str(partner.pk),
        "invited": int(partner.invited_at.timestamp()),
    }


def test_an_invitation_that_was_answered_meanwhile_is_not_sent(event):
    partner = EventPartnerFactory(event=event, state="accepted")

    notices.send_invitation(change=PartnerInvited(partner_id=partner.pk, occasion="invited-now"), at=NOON)

    assert sent() == []


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        (True, "Saint Brigid takes part: Work day at the park"),
        (False, "Saint Brigid cannot take part: Work day at the park"),
    ],
)
def test_whoever_invited_hears_the_answer_once(event, organizer, accepted, title):
    partner = EventPartnerFactory(
        event=event,
        organization__name="Saint Brigid",
        state="accepted" if accepted else "declined",
        answered_at=NOON,
        invited_by_id=organizer.user_id,
    )

    for _time in range(2):
        notices.tell_organizer(change=PartnerAnswered(partner_id=partner.pk, accepted=accepted), at=NOON)

    assert [row[2] for row in sent()] == [title]


def test_a_withdrawn_invitation_is_taken_back_before_it_goes_out(event):
    partner = EventPartnerFactory(event=event)
    notices.send_invitation(change=PartnerInvited(partner_id=partner.pk, occasion="invited-now"), at=NOON)
    partner.state = "withdrawn"
    partner.save()

    notices.tell_withdrawn_partner(change=PartnerWithdrawn(partner_id=partner.pk, had_accepted=False), at=NOON)

    assert [row.state for row in Notice.objects.all()] == ["withdrawn"]


def test_a_partner_who_counted_on_it_is_told(event):
    partner = EventPartnerFactory(event=event, state="withdrawn", organization__contact_email="a@b.example")

    notices.tell_withdrawn_partner(change=PartnerWithdrawn(partner_id=partner.pk, had_accepted=True), at=NOON)

    assert sent() == [("a@b.example", "en", "No longer a partner: Work day at the park")]


def test_a_change_reaches_those_who_count_on_the_event_and_nobody_else(event):
    RegistrationFactory(event=event, email="ana@example.org", language="es")
    RegistrationFactory(event=event, email="")
    RegistrationFactory(event=event, email="gone@example.org", state="canceled")
    EventPartnerFactory(event=event, state="accepted", organization__contact_email="parish@example.org")
    EventPartnerFactory(event=event, state="declined", organization__contact_email="no@example.org")

    for _time in range(2):
        notices.tell_of_change(change=EventChanged(event_id=event.pk, sequence=1), at=NOON)

    assert {(address, language) for address, language, _title in sent()} == {
        ("ana@example.org", "es"),
        ("parish@example.org", "en"),
    }
    assert len(sent()) == 2
    assert "Lincoln Park" in Notice.objects.first().body


def test_an_older_change_is_left_to_the_newer_one(event):
    RegistrationFactory(event=event, email="ana@example.org")

    notices.tell_of_change(change=EventChanged(event_id=event.pk, sequence=0), at=NOON)

    assert sent() == []


def test_a_cancellation_takes_the_place_of_changes_not_sent_yet(agency):
    event = EventFactory(agency=agency, published=True, sequence=1)
    RegistrationFactory(event=event, email="ana@example.org", language="es")
    notices.tell_of_change(change=EventChanged(event_id=event.pk, sequence=1), at=NOON)
    event.state, event.canceled_at = "canceled", NOON
    event.cancel_reason = EventFactory.build(agency=agency, canceled=True).cancel_reason
    event.save()

    notices.tell_of_cancellation(change=EventCanceled(event_id=event.pk), at=NOON + timedelta(minutes=1))

    assert list(Notice.objects.order_by("pk").values_list("kind", "state")) == [
        ("engagement.event_changed", "withdrawn"),
        ("engagement.event_canceled", "waiting"),
    ]
    assert "Aviso de tormenta." in Notice.objects.get(kind="engagement.event_canceled").body
