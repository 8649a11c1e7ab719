from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lecen.domains.surveys import services
from lecen.domains.surveys.models import Answer, Collector, Response
from tests.factories import NOON

SURVEY = "/api/v1/surveys/supper42/"


@pytest.fixture(autouse=True)
def open_now(collector):
    now = timezone.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1)}
    Collector.objects.filter(pk=collector.pk).update(**times)


def post(client, **answers):
    return client.post(
        f"{SURVEY}answers/", {"id": str(uuid4()), "language": "es", "answers": answers}, content_type="application/json"
    )


def test_what_is_asked_is_public_in_all_languages(client):
    survey = client.get(SURVEY).json()

    assert (survey["title"], survey["state"]) == ({"en": "Supper", "es": "Cena"}, "open")
    assert [question["key"] for question in survey["questions"]] == ["equal", "heard", "words"]
    assert survey["questions"][0]["options"][0] == {"value": "1", "label": {"en": "Step 1", "es": "Paso 1"}}


def test_an_answer_is_taken_without_an_account_and_counts_once(client):
    data = {"id": str(uuid4()), "language": "es", "answers": {"equal": "4"}}
    answers = [client.post(f"{SURVEY}answers/", data, content_type="application/json") for _ in range(2)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, {"received": True})] * 2
    assert list(Response.objects.values_list("channel", "language")) == [("link", "es")]


def test_an_answer_outside_the_options_and_an_empty_one_are_refused(client):
    wrong, empty = post(client, equal="9"), post(client)

    assert (wrong.status_code, wrong.json()["errors"][0]["field"], empty.status_code) == (409, "equal", 409)
    assert Response.objects.count() == 0


def test_a_sign_that_no_database_keeps_is_left_out(client):
    assert post(client, words="Good\0 food").status_code == 201
    assert Answer.objects.get().text == "Good food"


def test_results_are_for_members_of_the_agency(signed_in, send, collector, request, organizer):
    for person in range(23):
        send(equal="5" if person % 2 else "3", at=timezone.now())
    address = f"/api/v1/surveys/results/{collector.pk}/"
    before = signed_in(organizer).get(address).status_code
    services.release_results(by=organizer, collector_id=collector.pk, at=NOON)
    names = ("resident", "stranger_organizer", "member", "head", "organizer")
    statuses = [signed_in(request.getfixturevalue(name)).get(address).status_code for name in names]

    assert (before, statuses) == (404, [404, 404, 200, 200, 200])


def test_results_say_null_where_something_is_withheld(signed_in, send, collector, organizer):
    for person in range(23):
        send(equal="5" if person % 2 else "3", heard="5" if person < 9 else "", at=timezone.now())
    services.release_results(by=organizer, collector_id=collector.pk, at=NOON)
    equal, heard, words = signed_in(organizer).get(f"/api/v1/surveys/results/{collector.pk}/").json()["questions"]

    assert [(cell["name"], cell["count"]) for cell in equal["cells"]] == [("most", 11), ("less", 12)]
    assert (heard["n"], heard["cells"], words["n"]) == (None, [], None)
