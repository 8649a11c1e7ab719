from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from lecen.domains.surveys.models import Answer, Collector, Response
from tests.factories import CollectorFactory


@pytest.fixture(autouse=True)
def open_now(collector):
    """The views ask the clock."""
    cache.clear()
    now = timezone.now()
    Collector.objects.filter(pk=collector.pk).update(
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1)
    )


def test_the_form_is_public_private_to_the_phone_and_in_both_languages(client):
    english, spanish = client.get("/answer/supper42/"), client.get("/es/answer/supper42/")

    assert (english.status_code, english.headers["Cache-Control"]) == (200, "private, no-store")
    assert "How was it for you?" in english.text
    assert "¿Cómo le fue?" in spanish.text
    assert set(english.cookies) == {"csrftoken"}


def test_each_page_draws_its_own_key(client):
    first, second = (client.get("/answer/supper42/").context["form"].initial["response_id"] for _ in range(2))

    assert first != second


@pytest.mark.parametrize(
    ("path", "channel", "language", "thanks"),
    [
        ("/answer/supper42/", "link", "en", "/answer/supper42/thanks/"),
        ("/answer/supper42/?c=qr", "qr", "en", "/answer/supper42/thanks/"),
        ("/es/answer/supper42/?c=qr", "qr", "es", "/es/answer/supper42/thanks/"),
        ("/answer/supper42/?c=paper", "link", "en", "/answer/supper42/thanks/"),
        ("/answer/supper42/kiosk/", "kiosk", "en", "/answer/supper42/kiosk/thanks/"),
    ],
)
def test_answers_go_in_and_thanks_come_back(client, path, channel, language, thanks):
    response = client.post(path, {"response_id": uuid4(), "equal": "4"})

    assert (response.status_code, response.headers["Location"]) == (302, thanks)
    assert list(Response.objects.values_list("channel", "language", "is_complete")) == [(channel, language, True)]
    assert client.get(thanks).status_code == 200


def test_a_form_sent_twice_counts_once(client):
    data = {"response_id": uuid4(), "equal": "4"}
    answers = [client.post("/answer/supper42/", data).status_code for _ in range(2)]

    assert (answers, Response.objects.count()) == ([302, 302], 1)


def test_a_second_person_on_the_same_tablet_counts_too(client):
    for _person in range(2):
        key = client.get("/answer/supper42/kiosk/").context["form"].initial["response_id"]
        client.post("/answer/supper42/kiosk/", {"response_id": key, "equal": "4"})

    assert Response.objects.count() == 2


def test_the_tablet_starts_again_by_itself_and_keeps_nothing(client):
    response = client.get("/answer/supper42/kiosk/thanks/")

    assert response.headers["Refresh"] == "8; url=/answer/supper42/kiosk/"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("data", [{"response_id": uuid4()}, {"response_id": "x", "equal": "4"}, {"equal": "4"}])
def test_an_empty_or_broken_form_is_shown_again_with_what_to_do(client, data):
    response = client.post("/answer/supper42/", data)

    assert (response.status_code, Response.objects.count()) == (200, 0)
    assert "There is a problem" in response.text


def test_what_was_marked_stays_marked_when_something_else_is_wrong(client):
    response = client.post("/answer/supper42/", {"response_id": uuid4(), "equal": "4", "heard": "9"})

    assert 'value="4" id="id_equal_3" checked' in response.text


def test_saving_gives_a_code_that_brings_the_answers_back(client):
    key = uuid4()
    saved = client.post("/answer/supper42/?c=qr", {"response_id": key, "equal": "4", "later": "1"})
    code = saved.context["code"]
    back = client.post("/answer/supper42/resume/", {"code": code})

    assert code in saved.text
    assert 'value="4" id="id_equal_3" checked' in back.text
    assert 'action="/answer/supper42/?c=qr"' in back.text
    assert back.context["form"].initial["response_id"] == key


def test_a_wrong_code_says_so_and_tries_are_limited(client):
    answers = [client.post("/answer/supper42/resume/", {"code": "4F7QK-92XM-TB6R"}) for _ in range(31)]

    assert "No saved answers belong to this code" in answers[0].text
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]


def test_a_tablet_saves_nothing_for_later(client):
    client.post("/answer/supper42/kiosk/", {"response_id": uuid4(), "equal": "4", "later": "1"})

    assert list(Response.objects.values_list("is_complete", "resume_hash")) == [(True, "")]


def test_a_survey_that_is_over_or_not_yet_open_says_so(client, collector):
    Collector.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert "has closed" in client.get("/answer/supper42/").text

    Collector.objects.update(opens_at=timezone.now() + timedelta(hours=1), closes_at=timezone.now() + timedelta(days=1))
    assert "not opened yet" in client.get("/answer/supper42/").text


def test_closing_while_somebody_answers_takes_what_was_begun_in_time(client):
    Collector.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert client.post("/answer/supper42/", {"response_id": uuid4(), "equal": "4"}).status_code == 302

    Collector.objects.update(state="closed")
    late = client.post("/answer/supper42/", {"response_id": uuid4(), "equal": "4"})
    assert (late.status_code, Answer.objects.count()) == (409, 1)


def test_an_unknown_survey_is_not_found(client):
    assert client.get("/answer/nothing/").status_code == 404


def test_a_signed_in_person_answers_as_nobody(signed_in, organizer):
    response = signed_in(organizer).get("/answer/supper42/")

    assert organizer.name not in response.text


@pytest.mark.parametrize("count", [1, 5])
def test_the_form_costs_two_queries_whatever_there_is(client, django_assert_num_queries, collector, count):
    CollectorFactory.create_batch(count, questionnaire=collector.questionnaire)

    with django_assert_num_queries(2):
        client.get("/answer/supper42/")
