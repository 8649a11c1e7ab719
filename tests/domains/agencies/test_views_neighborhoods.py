import json
from datetime import timedelta

import pytest
from django.utils import timezone

from lecen.domains.agencies.models import Neighborhood, NeighborhoodAssignment
from tests.factories import NOON, NeighborhoodAssignmentFactory, NeighborhoodFactory

GIVE = "/agencies/riverbend/neighborhoods/old-town/contacts/new/"


@pytest.fixture
def town(agency):
    return NeighborhoodFactory(agency=agency, slug="old-town", name="Old Town", code="1")


@pytest.fixture
def contact(town):
    return NeighborhoodAssignmentFactory(
        neighborhood=town,
        duty="Officer for Old Town",
        phone="309-555-0142",
        languages=["en", "es"],
        last_confirmed_on=timezone.now().date() - timedelta(days=250),
    )


def test_a_neighborhood_says_who_serves_it_and_when_that_was_confirmed(client, contact):
    text = client.get("/agencies/riverbend/neighborhoods/old-town/").text

    for said in ("Officer for Old Town", "tel:309-555-0142", "English, Spanish", "8 months ago", "May be out of date"):
        assert said in text


def test_a_neighborhood_without_a_contact_names_the_agencys_line(client, town):
    type(town.agency).objects.update(phone="309-555-0100")
    text = client.get("/agencies/riverbend/neighborhoods/old-town/").text

    assert "No duty contact is named for this neighborhood yet." in text
    assert "tel:309-555-0100" in text


def test_an_old_boundary_has_no_page(client, town):
    Neighborhood.objects.update(valid_until=NOON.date())

    assert client.get("/agencies/riverbend/neighborhoods/old-town/").status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_whatever_it_holds(django_assert_max_num_queries, client, agency, count):
    for _number in range(count):
        NeighborhoodAssignmentFactory(neighborhood=NeighborhoodFactory(agency=agency))

    with django_assert_max_num_queries(12) as queries:
        client.get("/agencies/riverbend/neighborhoods/")
    assert len([query for query in queries if "agencies_" in query["sql"]]) == 3


def test_the_map_is_geojson_that_links_to_the_pages_and_changes_with_them(client, town):
    first = client.get("/agencies/riverbend/neighborhoods.geojson")
    Neighborhood.objects.update(name="Older Town")
    second = client.get("/agencies/riverbend/neighborhoods.geojson")

    assert json.loads(first.text)["features"][0]["properties"] == {
        "code": "1",
        "name": "Old Town",
        "url": "/agencies/riverbend/neighborhoods/old-town/",
    }
    assert (first["Content-Type"], first["ETag"] != second["ETag"]) == ("application/geo+json", True)
    assert "/es/agencies/" in client.get("/es/agencies/riverbend/neighborhoods.geojson").text


def test_the_export_is_a_csv_attachment(client, contact):
    response = client.get("/agencies/riverbend/neighborhoods.csv")

    assert response["Content-Disposition"] == 'attachment; filename="riverbend-neighborhoods.csv"'
    assert "Officer for Old Town" in response.text


def test_a_lead_adds_a_contact_which_residents_then_see(client, signed_in, lead, town):
    form = {"duty": "Night officer", "phone": "309-555-0111", "languages": ["en"]}
    response = signed_in(lead).post(GIVE, form)

    assert response["Location"] == "/agencies/riverbend/contacts/"
    assert "Night officer" in client.get("/agencies/riverbend/neighborhoods/old-town/").text
    again = signed_in(lead).post(GIVE, form)
    assert (list(again.context["form"].errors), NeighborhoodAssignment.objects.count()) == (["duty"], 1)


def test_a_contact_that_nobody_can_reach_is_refused_at_the_field(signed_in, lead, town):
    response = signed_in(lead).post(GIVE, {"duty": "Night officer"})

    assert list(response.context["form"].errors) == ["phone"]


def test_a_lead_confirms_and_ends_a_contact(signed_in, lead, contact):
    browser, path = signed_in(lead), f"/agencies/riverbend/contacts/{contact.pk}/"
    assert "Confirm it" in browser.get("/agencies/riverbend/contacts/").text
    browser.post(f"{path}confirm/")
    assert "Confirm it" not in browser.get("/agencies/riverbend/contacts/").text
    assert browser.get(f"{path}end/").status_code == 200
    browser.post(f"{path}end/")

    assert list(NeighborhoodAssignment.objects.filter(until=None)) == []
    assert browser.post(f"{path}confirm/").status_code == 404


@pytest.mark.parametrize("act", ["confirm", "end"])
def test_contacts_of_another_agency_are_not_there(signed_in, stranger_lead, contact, act):
    path = f"/agencies/lakeview/contacts/{contact.pk}/{act}/"

    assert signed_in(stranger_lead).post(path).status_code == 404
    assert NeighborhoodAssignment.objects.get().until is None


def test_reading_ends_no_contact(signed_in, lead, contact):
    assert signed_in(lead).get(f"/agencies/riverbend/contacts/{contact.pk}/confirm/").status_code == 405
    assert NeighborhoodAssignment.objects.get() == contact
