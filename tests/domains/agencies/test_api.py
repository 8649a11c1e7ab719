import json

import pytest

from lecen.domains.agencies.models import Agency
from tests.factories import AgencyFactory, NeighborhoodAssignmentFactory, NeighborhoodFactory

ROOT = "/api/v1/agencies/"
HERE = {"longitude": -89.495, "latitude": 41.205}


@pytest.fixture
def town(agency):
    area = NeighborhoodFactory(agency=agency, slug="old-town", name="Old Town", code="1", corner=(-89.5, 41.2))
    NeighborhoodAssignmentFactory(neighborhood=area, duty="Officer")
    return area


def find(client, place):
    return client.post(f"{ROOT}riverbend/find/", json.dumps(place), content_type="application/json")


def test_agencies_are_listed_page_by_page(client, db):
    for number in range(5):
        AgencyFactory(name=f"Agency {number}")
    AgencyFactory(name="Agency closed", is_public=False)
    first = client.get(ROOT, {"size": 3}).json()
    rest = client.get(ROOT, {"size": 3, "after": first["next"]}).json()

    names = [found["name"] for page in (first, rest) for found in page["items"]]
    assert names == [f"Agency {number}" for number in range(5)]
    assert (rest["next"], bool(rest["previous"])) == ("", True)


def test_an_agency_is_what_its_page_shows(client, agency):
    Agency.objects.update(languages=["en"], supervisor_email="chief@example.org")
    found = client.get(f"{ROOT}riverbend/").json()

    assert (found["name"], found["languages"], found["about"]) == ("Riverbend Police Department", ["en"], {})
    assert "chief@example.org" not in str(found)


def test_neighborhoods_come_with_their_contacts(client, town):
    found = client.get(f"{ROOT}riverbend/neighborhoods/").json()["items"]

    assert [(area["code"], area["contacts"][0]["duty"]) for area in found] == [("1", "Officer")]


@pytest.mark.parametrize("count", [1, 5])
def test_lists_cost_the_same_whatever_they_hold(django_assert_num_queries, client, agency, count):
    for _number in range(count):
        NeighborhoodAssignmentFactory(neighborhood=NeighborhoodFactory(agency=agency))

    with django_assert_num_queries(3):
        client.get(f"{ROOT}riverbend/neighborhoods/")
    with django_assert_num_queries(1):
        client.get(ROOT)


def test_boundaries_are_exported_with_all_their_points(client, town):
    response = client.get(f"{ROOT}riverbend/neighborhoods.geojson")

    assert response["Content-Type"] == "application/geo+json"
    assert response.json()["features"][0]["geometry"] == town.boundary


def test_a_place_is_asked_in_the_body_and_kept_nowhere(client, town):
    inside, outside = find(client, HERE), find(client, {"longitude": -80, "latitude": 41})

    assert inside["Cache-Control"] == "private, no-store"
    assert [area["name"] for area in inside.json()["neighborhoods"]] == ["Old Town"]
    assert inside.json()["nearest"] is None
    assert (outside.json()["neighborhoods"], outside.json()["nearest"]["neighborhood"]["name"]) == ([], "Old Town")


@pytest.mark.parametrize("place", [{}, {"longitude": 200, "latitude": 41}, {"longitude": "x", "latitude": 1}])
def test_what_is_no_place_is_422(client, town, place):
    response = find(client, place)

    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("path", ["riverbend/", "riverbend/neighborhoods/", "riverbend/neighborhoods.geojson"])
def test_a_closed_agency_is_404_but_for_its_members(client, signed_in, town, member, path):
    Agency.objects.update(is_public=False)

    assert client.get(ROOT + path).status_code == 404
    assert client.get(ROOT + path.replace("riverbend", "nowhere")).status_code == 404
    assert signed_in(member).get(ROOT + path).status_code == 200
    assert find(client, HERE).status_code == 404


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_number_that_is_none_is_422(client, town, number):
    body = f'{{"longitude": {number}, "latitude": 41}}'

    assert client.post(f"{ROOT}riverbend/find/", body, content_type="application/json").status_code == 422


@pytest.mark.parametrize("text", ["\x00", "%", "'", "😀", "a" * 200])
def test_any_words_can_be_looked_for(client, town, text):
    for path in (ROOT, f"{ROOT}riverbend/neighborhoods/", "/agencies/", "/agencies/riverbend/neighborhoods/"):
        assert client.get(path, {"q": text}).status_code == 200


def test_a_path_that_is_no_short_name_is_422(client, town):
    assert client.get(f"{ROOT}a%00b/").status_code == 422
