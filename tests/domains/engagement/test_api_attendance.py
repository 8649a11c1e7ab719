"""Registrations and taps by program: the same services, the same once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lecen.domains.engagement.models import CheckIn, Registration
from tests.factories import CheckInFactory, EventFactory, RegistrationFactory


@pytest.fixture
def event(agency):
    start = timezone.now() + timedelta(hours=1)
    return EventFactory(agency=agency, published=True, takes_registrations=True, capacity=3, starts_at=start)


def post(client, event, name, content):
    return client.post(f"/api/v1/events/{event.pk}/{name}/", content, content_type="application/json")


def test_registering_twice_keeps_seats_once(client, event):
    sent = {"registration_id": str(uuid4()), "seats": 2, "language": "es"}
    answers = [post(client, event, "registrations", sent) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert Registration.objects.get().seats == 2


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"seats": 4}, 409), ({"seats": 11}, 422), ({"email": "nobody"}, 409), ({"language": "fr"}, 422)],
)
def test_what_cannot_be_kept_is_refused_in_words(client, event, sent, status):
    answer = post(client, event, "registrations", {"registration_id": str(uuid4()), **sent})

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_batch_of_taps_counts_once_and_tells_what_came_of_each(signed_in, member, event):
    client = signed_in(member)
    adult, child = {"id": str(uuid4()), "age_band": "adult"}, {"id": str(uuid4()), "age_band": "child"}
    wrong = {"id": str(uuid4()), "method": "qr", "code": "0000-0000-0000"}
    post(client, event, "check-ins", {"taps": [adult]})

    answer = post(client, event, "check-ins", {"taps": [adult, child, wrong], "undone": [adult["id"]]}).json()

    assert (answer["counted"], answer["known"]) == ([child["id"]], [adult["id"]])
    assert [refusal["id"] for refusal in answer["refused"]] == [wrong["id"]]
    assert (answer["people"], answer["by_age_band"]["child"]) == (1, 1)
    assert CheckIn.objects.filter(is_undone=True).count() == 1


@pytest.mark.parametrize(
    ("actor", "status"), [("resident", 401), ("member", 200), ("organizer", 200), ("stranger_organizer", 404)]
)
def test_only_the_agency_counts_and_reads_the_count(request, signed_in, event, actor, status):
    client = signed_in(request.getfixturevalue(actor))

    assert post(client, event, "check-ins", {"taps": []}).status_code == status
    assert client.get(f"/api/v1/events/{event.pk}/attendance/").status_code == status


def test_small_figures_are_told_to_nobody_once_the_count_is_closed(signed_in, member, agency):
    over = EventFactory(agency=agency, published=True, starts_at=timezone.now() - timedelta(days=9))
    CheckInFactory(event=over, people=30, age_band="adult")
    CheckInFactory(event=over, people=2, age_band="teen")

    answer = signed_in(member).get(f"/api/v1/events/{over.pk}/attendance/").json()

    assert (answer["people"], set(answer["by_age_band"].values())) == (32, {None})


def test_an_officer_without_the_token_of_the_page_changes_nothing(signed_in, member, event):
    client = signed_in(member)
    client.handler.enforce_csrf_checks = True

    assert post(client, event, "check-ins", {"taps": [{"id": str(uuid4())}]}).status_code == 403
    assert CheckIn.objects.count() == 0


def test_the_count_holds_no_registration(signed_in, member, event):
    RegistrationFactory(event=event, name="Ana")

    assert set(signed_in(member).get(f"/api/v1/events/{event.pk}/attendance/").json()) == {
        "people", "by_method", "by_age_band", "by_origin", "by_first_time",
    }  # fmt: skip
