"""Residents keep seats on a form of their own and come back by a code that stands in no address."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from lecen.domains.engagement.choices import RegistrationState
from lecen.domains.engagement.models import Registration
from lecen.domains.engagement.queries.attendance import receipt_code
from lecen.kernel.codes import hash_code
from tests.factories import EventFactory, RegistrationFactory

CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def event(agency):
    start = timezone.now() + timedelta(days=5)
    return EventFactory(agency=agency, published=True, takes_registrations=True, capacity=4, starts_at=start)


@pytest.fixture
def made(event):
    key = uuid4()
    code = receipt_code(registration_id=key)
    RegistrationFactory(pk=key, event=event, seats=2, code_hash=hash_code(code), name="Ana")
    return code


def sent(**fields):
    return {"registration_id": str(uuid4()), "seats": "2", "email": "", "name": "", "needs": "", **fields}


def page(client, name, /, *arguments, **fields):
    address = reverse(f"engagement:{name}", args=arguments)
    return client.post(address, fields) if fields else client.get(address)


def test_the_form_needs_only_a_number_and_says_what_happens_to_the_rest(client, event):
    answer = page(client, "register", event.pk)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    for said in ("You need no account", "is deleted after", "never used for enforcement", "call 911", "about a person"):
        assert said in answer.content.decode()


def test_registering_shows_the_code_and_sending_again_shows_the_same(client, event):
    fields = sent(name="Ana")
    codes = [CODE.search(page(client, "register", event.pk, **fields).content.decode()).group() for _twice in "ab"]

    assert codes[0] == codes[1]
    assert Registration.objects.get().code_hash == hash_code(codes[0])


def test_registering_in_spanish_is_remembered(client, event):
    client.post(f"/es/events/{event.pk}/register/", sent())

    assert Registration.objects.get().language == "es"


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(client, event):
    answer = page(client, "register", event.pk, **sent(email="ana", needs="A seat near the door"))

    assert list(answer.context["form"].errors) == ["email"]
    assert "A seat near the door" in answer.content.decode()
    assert Registration.objects.count() == 0


def test_too_many_people_are_told_how_many_may_come(client, event, made):
    answer = page(client, "register", event.pk, **sent(seats="3"))

    assert answer.context["form"].errors["seats"] == ["Only 2 seats are left. Register fewer people."]


def test_a_full_event_says_what_to_do_and_shows_no_form(client, event, made):
    RegistrationFactory(event=event, seats=2)
    answer = page(client, "register", event.pk).content.decode()

    assert "This event is full" in answer
    assert "registration_id" not in answer


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"canceled": True}, "This event is canceled"),
        ({"published": True, "starts_at": timezone.now() - timedelta(days=9)}, "This event is over"),
        ({"published": True, "takes_registrations": False}, "Just come"),
    ],
)
def test_an_event_that_takes_nobody_says_why(client, agency, state, said):
    start = timezone.now() + timedelta(days=5)
    event = EventFactory(**{"agency": agency, "takes_registrations": True, "starts_at": start} | state)

    assert said in page(client, "register", event.pk).content.decode()


def test_a_draft_is_not_found(client, agency):
    assert page(client, "register", EventFactory(agency=agency).pk).status_code == 404


def test_a_code_opens_its_registration_however_it_is_typed(client, event, made):
    answer = page(client, "registration", code=made.lower().replace("-", " "))

    assert made in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("code", ["0000-0000-0000", "not a code!", "💥"])
def test_every_wrong_code_gets_the_same_answer(client, made, code):
    errors = page(client, "registration", code=code).context["form"].errors["code"]

    assert errors == ["No registration has this code. Look at it again; codes end 30 days after the event."]


def test_codes_cannot_be_tried_without_end(client, made):
    for _try in range(120):
        assert page(client, "registration", code="0000-0000-0000").status_code == 200

    assert page(client, "registration", code=made).status_code == 429


def test_seats_are_changed_and_given_back_by_code(client, event, made):
    page(client, "registration-change", code=made, seats="4")
    assert Registration.objects.get().seats == 4

    refused = page(client, "registration-change", code=made, seats="5")
    assert "This event is full" in refused.content.decode()

    page(client, "registration-cancel", code=made)
    assert Registration.objects.get().state == RegistrationState.CANCELED
    assert "Register again" in page(client, "registration", code=made).content.decode()


def test_a_form_sent_again_after_canceling_keeps_no_seats(client, event):
    fields = sent()
    code = CODE.search(page(client, "register", event.pk, **fields).content.decode()).group()
    page(client, "registration-cancel", code=code)

    assert "This registration is canceled" in page(client, "register", event.pk, **fields).content.decode()
    assert Registration.objects.get().state == RegistrationState.CANCELED


def test_nothing_is_changed_by_a_wrong_code(client, made):
    for name in ("registration-change", "registration-cancel"):
        page(client, name, code="0000-0000-0000", seats="1")

    assert list(Registration.objects.values_list("seats", "state")) == [(2, RegistrationState.CONFIRMED)]
