import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from lecen.domains.surveys import services
from lecen.domains.surveys.models import Collector, Response
from tests.factories import NOON

PAGES = ["", "paper/", "sheet-en.pdf", "results/"]
ALLOWED = {
    "resident": [404, 404, 404, 404],
    "stranger_organizer": [404, 404, 404, 404],
    "member": [403, 403, 403, 200],
    "head": [403, 403, 403, 200],
    "organizer": [200, 200, 200, 200],
    "lead": [200, 200, 200, 200],
    "operator": [200, 200, 200, 200],
}


@pytest.fixture
def address(collector):
    return f"/surveys/{collector.pk}/"


@pytest.fixture
def released(send, collector, organizer):
    """Twelve and eleven people: told in two groups; one question answered by nine."""
    for _person in range(12):
        send(equal="5")
    for person in range(11):
        send(equal="4", heard="5" if person < 9 else "")
    return services.release_results(by=organizer, collector_id=collector.pk, at=NOON)


@pytest.mark.parametrize("name", ALLOWED)
def test_organizers_collect_members_read_and_others_find_nothing(request, signed_in, address, name):
    client = signed_in(request.getfixturevalue(name))

    assert [client.get(address + page).status_code for page in PAGES] == ALLOWED[name]


def test_the_sharing_page_gives_both_addresses_and_no_exact_count(signed_in, organizer, address, send):
    for _person in range(13):
        send(equal="5")
    page = signed_in(organizer).get(address)

    assert "http://localhost:8000/answer/supper42/" in page.text
    assert "http://localhost:8000/es/answer/supper42/" in page.text
    assert "At least 10 people have answered" in page.text
    assert not re.search(r"\b13\b", strip_tags(page.text))  # what is read: a token may hold any digits


def test_results_show_groups_n_and_fewer_than_ten(signed_in, member, address, released):
    text = signed_in(member).get(address + "results/").text

    assert "23 people answered." in text
    assert "52 %" in text
    assert "Fewer than 10 people answered this." in text
    assert "Those who answered" in text


def test_results_below_ten_leak_nothing_on_any_surface(signed_in, organizer, address, send, collector):
    for _person in range(9):
        send(equal="5")
    services.close_collector(by=organizer, collector_id=collector.pk, at=NOON)
    client = signed_in(organizer)

    assert "Fewer than 10 people answered" in client.get(address + "results/").text
    assert "Fewer than 10 people" in client.get(address).text
    assert client.get(address + "results.csv").status_code == 404


def test_results_as_a_table_say_the_same(signed_in, member, address, released):
    lines = signed_in(member).get(address + "results.csv").text.splitlines()

    assert [line.split(",")[0::2][1:3] for line in lines[1:3]] == [["23", "12"], ["23", "11"]]
    assert lines[3].startswith("heard,I felt listened to.,fewer than 10,")


def test_sheets_are_typed_in_one_after_the_other(signed_in, organizer, address, collector):
    Collector.objects.update(closes_at=timezone.now() + timedelta(days=1))
    client = signed_in(organizer)
    for _sheet in range(2):
        key = client.get(address + "paper/").context["form"].initial["response_id"]
        answer = client.post(address + "paper/", {"response_id": key, "equal": "4", "sheet_language": "es"})
        assert (answer.status_code, answer.headers["Location"]) == (302, address + "paper/?language=es")

    assert list(Response.objects.values_list("channel", "language")) == [("paper", "es")] * 2


@pytest.mark.parametrize("data", [{"equal": "7"}, {}])
def test_a_sheet_with_a_wrong_digit_or_nothing_is_shown_again(signed_in, organizer, address, data):
    Collector.objects.update(closes_at=timezone.now() + timedelta(days=1))
    answer = signed_in(organizer).post(address + "paper/", {"response_id": uuid4(), "sheet_language": "en", **data})

    assert (answer.status_code, Response.objects.count()) == (200, 0)
    assert "There is a problem" in answer.text


def test_the_sheet_prints_in_both_languages(signed_in, organizer, address):
    client = signed_in(organizer)
    sheets = [client.get(f"{address}sheet-{language}.pdf").content[:5] for language in ("en", "es")]

    assert sheets == [b"%PDF-", b"%PDF-"]
    assert client.get(f"{address}sheet-fr.pdf").status_code == 404


def test_results_are_shown_early_by_a_button_and_not_below_ten(signed_in, organizer, address, send):
    client = signed_in(organizer)
    assert client.post(address + "release/").headers["Location"] == address

    for _person in range(10):
        send(equal="5")
    assert client.post(address + "release/").headers["Location"] == address + "results/"


def test_an_organizer_closes_a_survey(signed_in, organizer, member, address):
    assert signed_in(member).post(address + "close/").status_code == 403
    assert signed_in(organizer).post(address + "close/").headers["Location"] == address + "results/"
    assert Collector.objects.get().state == "closed"


@pytest.mark.parametrize("page", ["", "results/", "results.csv"])
def test_pages_cost_the_same_whatever_the_number_of_answers(signed_in, organizer, address, send, page):
    client, costs = signed_in(organizer), []
    for _release in range(2):
        for _answer in range(10):
            send(equal="5", heard="4")
        client.post(address + "release/")
        with CaptureQueriesContext(connection) as queries:
            client.get(address + page)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 9
