import pytest
from django.urls import reverse

from lecen.domains.library import services
from lecen.kernel.viewer import SYSTEM

LIST = reverse("library:playbook-list")


def names(response):
    return [playbook.slug for playbook in response.context["playbooks"]]


def test_anybody_reads_the_library_without_a_cookie(client, playbook):
    response = client.get(LIST)

    assert (response.status_code, response.cookies, response["Cache-Control"]) == (200, {}, "public, max-age=60")
    assert names(response) == ["park-day"]


def test_the_filter_narrows_and_says_when_nothing_fits(client, playbook):
    assert names(client.get(LIST, {"kind": "social", "tag": "families", "lead_time": "28", "q": "PARK"})) == [
        "park-day"
    ]

    response = client.get(LIST, {"kind": "course"})
    assert names(response) == []
    assert "No playbook fits" in response.content.decode()


def test_a_filter_that_does_not_exist_shows_all(client, playbook):
    assert names(client.get(LIST, {"kind": "rocket"})) == ["park-day"]


def test_an_empty_library_says_how_to_fill_it(client, db):
    assert "lecen content load" in client.get(LIST).content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_playbook_is_shown_in_the_language_of_the_address(client, playbook, language):
    prefix = "" if language == "en" else "/es"
    page = client.get(f"{prefix}{playbook.get_absolute_url()}").content.decode()

    assert ("Find a place (es)" in page) is (language == "es")
    assert "Find a place" in page


def test_a_playbook_nobody_published_is_not_found(client, db):
    assert client.get(reverse("library:playbook", args=["nothing"])).status_code == 404


def test_the_queries_of_the_list_are_constant(client, playbook, content, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(LIST)
    for number in range(5):
        services.publish_playbook(by=SYSTEM, content=content | {"id": f"day-{'abcde'[number]}"})
    with django_assert_num_queries(1):
        client.get(LIST)


def test_the_queries_of_a_playbook_are_few(client, playbook, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(playbook.get_absolute_url())
