"""The door without JavaScript: every button is a form whose key makes it count once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from lecen.domains.engagement.models import CheckIn
from lecen.domains.engagement.queries.attendance import attendance_of
from tests.factories import CheckInFactory, EventFactory, RegistrationFactory


@pytest.fixture
def event(agency):
    start = timezone.now() - timedelta(hours=1)
    return EventFactory(agency=agency, published=True, takes_registrations=True, starts_at=start)


@pytest.fixture
def door(event):
    return reverse("engagement:check-in", args=[event.pk])


def walk_in(**fields):
    return {"kind": "walk_in", "tap_id": str(uuid4()), "age_band": "adult", "origin": "here", **fields}


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("resident", 302),
        ("member", 200),
        ("organizer", 200),
        ("lead", 200),
        ("head", 200),
        ("operator", 200),
        ("stranger_organizer", 404),
    ],
)
def test_the_agency_counts_at_its_own_door(request, signed_in, door, actor, status):
    assert signed_in(request.getfixturevalue(actor)).get(door).status_code == status


def test_a_draft_has_no_door_for_who_is_not_signed_in(client, agency):
    address = reverse("engagement:check-in", args=[EventFactory(agency=agency).pk])

    assert client.get(address).status_code == 404


def test_the_screen_closes_with_the_count(signed_in, member, agency):
    over = EventFactory(agency=agency, published=True, starts_at=timezone.now() - timedelta(days=9))
    door = reverse("engagement:check-in", args=[over.pk])
    client = signed_in(member)

    for answer in (client.get(door), client.post(door, walk_in())):
        assert (answer.status_code, answer["Location"]) == (302, reverse("engagement:event-manage", args=[over.pk]))
    assert CheckIn.objects.count() == 0


def test_a_tap_counts_once_and_can_be_undone(signed_in, member, event, door):
    client, tap = signed_in(member), walk_in(first_time="yes")
    for _twice in range(2):
        assert client.post(door, tap).status_code == 302

    assert attendance_of(event=event).by_first_time == {"yes": 1, "no": 0, "unknown": 0}
    assert "Undo" in client.get(door).content.decode()

    client.post(reverse("engagement:check-in-undo", args=[event.pk]), {"tap_id": tap["tap_id"]})
    assert attendance_of(event=event).people == 0
    assert "Undo<" not in client.get(door).content.decode()


def test_a_headcount_adds_each_group_and_once(signed_in, member, event, door):
    client, counted = signed_in(member), {"kind": "headcount", "tap_id": str(uuid4()), "adult": "20", "child": "7"}
    client.post(door, counted)
    client.post(door, counted)

    assert attendance_of(event=event).by_age_band == {"child": 7, "teen": 0, "adult": 20, "senior": 0, "unknown": 0}
    assert attendance_of(event=event).by_method["headcount"] == 27


@pytest.mark.parametrize("kind", ["event", "request", "", "nonsense"])
def test_a_form_of_no_kind_counts_nobody(signed_in, member, door, kind):
    answer = signed_in(member).post(door, {"kind": kind})

    assert (answer.status_code, CheckIn.objects.count()) == (200, 0)


def test_an_empty_headcount_says_what_to_do(signed_in, member, door):
    answer = signed_in(member).post(door, {"kind": "headcount", "tap_id": str(uuid4())})

    assert "Enter how many people you counted" in answer.content.decode()
    assert CheckIn.objects.count() == 0


def test_a_scanned_registration_is_checked_in_with_as_many_as_came(signed_in, member, event, door):
    registration = RegistrationFactory(event=event, seats=3, name="Marisol Vega")
    client = signed_in(member)
    screen = client.get(reverse("engagement:check-in-scanned", args=[event.pk, registration.code_hash]))
    fields = {"kind": "scanned", "tap_id": str(uuid4()), "code_hash": registration.code_hash, "people": "2"}

    assert "3 seats are kept" in screen.content.decode()
    assert "Marisol" not in screen.content.decode()
    assert client.post(door, fields).status_code == 302
    assert "already checked in" in client.post(door, fields | {"tap_id": str(uuid4())}).content.decode()
    assert CheckIn.objects.get().people == 2


def test_a_code_scanned_by_whoever_is_not_signed_in_leads_to_the_sign_in(client, event):
    registration = RegistrationFactory(event=event)
    address = reverse("engagement:check-in-scanned", args=[event.pk, registration.code_hash])

    assert client.get(address).url.startswith(reverse("account_login"))


def test_a_code_of_another_event_is_not_found(signed_in, member, event):
    other = RegistrationFactory(event=EventFactory(agency=event.agency, published=True))
    address = reverse("engagement:check-in-scanned", args=[event.pk, other.code_hash])

    assert signed_in(member).get(address).status_code == 404


@pytest.mark.parametrize("code", ["not a code!", "00000-0000-0000"])
def test_a_typed_code_that_nobody_has_is_refused_in_words(signed_in, member, door, code):
    answer = signed_in(member).post(door, {"kind": "code", "tap_id": str(uuid4()), "code": code})

    assert answer.context["code"].errors
    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 5])
def test_the_screen_takes_the_same_queries_for_many_taps(signed_in, member, event, rows, django_assert_num_queries):
    CheckInFactory.create_batch(rows, event=event)
    client, door = signed_in(member), reverse("engagement:check-in", args=[event.pk])

    with django_assert_num_queries(5):
        client.get(door)


def test_the_screen_says_that_nobody_guesses(signed_in, member, door):
    screen = signed_in(member).get(door).content.decode()

    assert "Never note or guess race, origin, religion or immigration status" in screen
    assert "check_in.js" in screen
