import logging

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from lecen.domains.agencies.models import Agency
from tests.factories import NeighborhoodAssignmentFactory, NeighborhoodFactory

PATH = "/agencies/riverbend/find/"
HERE = {"longitude": "-89.49512345", "latitude": "41.20598765"}


@pytest.fixture
def town(agency):
    area = NeighborhoodFactory(agency=agency, slug="old-town", name="Old Town", code="1", corner=(-89.5, 41.2))
    NeighborhoodAssignmentFactory(neighborhood=area, duty="Officer for Old Town")
    return area


def test_the_form_offers_the_list_and_works_without_javascript(client, town):
    response = client.get(PATH)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert '<option value="old-town">Old Town</option>' in response.text
    assert 'type="hidden" name="longitude"' in response.text
    assert "hidden data-find-by-place" in response.text


@pytest.mark.parametrize("asked", [{"neighborhood": "old-town"}, HERE, HERE | {"neighborhood": ""}])
def test_each_way_to_ask_leads_to_who_serves(client, town, asked):
    response = client.post(PATH, asked)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "Officer for Old Town" in response.text


def test_the_place_comes_back_nowhere(client, town, caplog):
    caplog.set_level(logging.DEBUG)
    response = client.post(PATH, HERE)

    everything = response.text + str(response.headers) + str(response.cookies) + caplog.text
    assert [number for number in ("89.495", "41.205") if number in everything] == []
    assert Session.objects.count() == 0


def test_all_that_overlap_are_shown_in_order(client, town):
    NeighborhoodFactory(agency=town.agency, name="Smaller", code="2", corner=(-89.5, 41.2), side=0.01)
    response = client.post(PATH, HERE)

    assert [area.name for area in response.context["answer"].neighborhoods] == ["Smaller", "Old Town"]
    assert "The smallest stands first." in response.text


def test_outside_of_all_the_nearest_is_named(client, town):
    response = client.post(PATH, {"longitude": "-89.49", "latitude": "41.19"})

    assert "This place is outside every neighborhood of Riverbend Police Department" in response.text
    assert "The nearest one is Old Town, about 0.7 miles away." in response.text


def test_an_agency_without_neighborhoods_says_so(client, agency):
    assert "has not published its neighborhoods yet" in client.post(PATH, HERE).text


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"neighborhood": "nowhere"},
        {"longitude": "-89.49"},
        {"latitude": "41.2"},
        {"longitude": "x", "latitude": "y"},
        {"longitude": "200", "latitude": "41"},
        {"longitude": "nan", "latitude": "41"},
        {"longitude": "inf", "latitude": "41"},
    ],
)
def test_what_is_no_place_is_refused_at_the_form(client, town, asked):
    response = client.post(PATH, asked)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert "answer" not in response.context


def test_a_place_in_the_address_is_not_looked_at(client, town):
    assert "answer" not in client.get(PATH, HERE).context


def test_a_request_without_the_token_of_the_form_is_refused(town):
    assert Client(enforce_csrf_checks=True).post(PATH, HERE).status_code == 403


def test_a_closed_agency_is_not_there(client, town):
    Agency.objects.update(is_public=False)

    assert [client.get(PATH).status_code, client.post(PATH, HERE).status_code] == [404, 404]
