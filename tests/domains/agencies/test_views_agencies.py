from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from lecen.domains.agencies.models import Agency, NeighborhoodAssignment
from lecen.domains.agencies.services.agencies import edit_agency
from lecen.kernel.viewer import SYSTEM
from tests.domains.agencies.test_services_agencies import RECORD, photo_with_place
from tests.factories import NOON, AgencyFactory, NeighborhoodAssignmentFactory, NeighborhoodFactory

PUBLIC = [
    "/agencies/",
    "/agencies/riverbend/",
    "/agencies/riverbend/neighborhoods/",
    "/agencies/riverbend/neighborhoods/old-town/",
    "/agencies/riverbend/neighborhoods.geojson",
    "/agencies/riverbend/neighborhoods.csv",
]
FORM = {
    "name": "Riverbend Police",
    "kind": "police",
    "city": "Riverbend",
    "state": "IL",
    "time_zone": "America/Chicago",
    "accent": "plum",
    "languages": ["en", "es"],
    "about_en": "Forty officers.",
    "complaint_url": "riverbend.example/complaints",
    "is_public": "on",
}


@pytest.fixture
def town(agency):
    return NeighborhoodFactory(agency=agency, slug="old-town", name="Old Town", code="1")


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("language", ["", "/es"])
def test_public_pages_are_cacheable_and_set_no_cookie(client, town, path, language):
    response = client.get(language + path)
    again = client.get(language + path, headers={"If-None-Match": response["ETag"]})

    assert (response.status_code, response["Cache-Control"], dict(response.cookies)) == (200, "public, max-age=60", {})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PUBLIC[1:])
def test_a_closed_agency_is_no_different_from_none(request, signed_in, town, member, path):
    Agency.objects.filter(pk=town.agency_id).update(is_public=False)
    unknown = path.replace("riverbend", "nowhere")

    for name in ("resident", "stranger_lead"):
        other = signed_in(request.getfixturevalue(name))
        assert [other.get(path).status_code, other.get(unknown).status_code] == [404, 404]
    response = signed_in(member).get(path)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_the_page_of_an_agency_answers_a_residents_questions(client, town):
    Agency.objects.update(
        complaint_office="Review Office", complaint_phone="309-555-0190", languages=["es", "en"], phone="309-555-0100"
    )
    text = client.get("/agencies/riverbend/").text

    for said in (
        "Who serves my neighborhood?",
        "LECEN is not the complaint channel. Here is the one in charge:",
        "Review Office",
        "English, Spanish",
        'href="tel:309-555-0100"',
        "In an emergency, call 911.",
        "/agencies/riverbend/neighborhoods/old-town/",
    ):
        assert said in text
    assert text.count("<h1") == 1


def test_an_agency_without_anything_says_so(client, agency):
    text = client.get("/agencies/riverbend/").text

    assert "No neighborhoods yet" in text
    assert "The city or county clerk can tell you who takes complaints." in text
    assert "data-neighborhood-map" not in text


def test_the_page_of_an_agency_costs_the_same_whatever_it_holds(client, agency):
    spent = []
    for count in (1, 4):
        for _number in range(count):
            NeighborhoodAssignmentFactory(neighborhood=NeighborhoodFactory(agency=agency))
        with CaptureQueriesContext(connection) as queries:
            client.get("/agencies/riverbend/")
        spent.append(len(queries))

    assert spent[0] == spent[1]
    assert spent[0] <= 12


def test_the_list_is_searched_and_paged(client, db):
    for number in range(30):
        AgencyFactory(name=f"Agency {number:02d}", city="Elm" if number else "Oak")
    first = client.get("/agencies/").context["page"]
    rest = client.get("/agencies/", {"after": first.next_cursor}).context["page"]

    assert [len(first.items), len(rest.items)] == [25, 5]
    assert [found.name for found in client.get("/agencies/?q=oak").context["page"].items] == ["Agency 00"]
    assert "No agency found" in client.get("/agencies/?q=<b>x").text


def test_a_seal_is_shown_as_the_picture_that_was_cleaned(client, agency):
    assert client.get("/agencies/riverbend/seal/").status_code == 404
    edit_agency(
        by=SYSTEM, agency_id=agency.pk, record=RECORD.__class__(**vars(RECORD) | {"is_public": True}),
        seal=photo_with_place(), at=NOON,
    )  # fmt: skip
    response = client.get("/agencies/riverbend/seal/")

    assert (response["Content-Type"], response["Cache-Control"]) == ("image/jpeg", "public, max-age=3600")
    assert Image.open(BytesIO(response.getvalue())).size == (40, 40)
    assert "/agencies/riverbend/seal/" in client.get("/agencies/riverbend/").text


def test_a_lead_saves_the_record(signed_in, lead, agency):
    response = signed_in(lead).post("/agencies/riverbend/edit/", FORM)
    agency.refresh_from_db()

    assert (response.status_code, response["Location"]) == (302, "/agencies/riverbend/manage/")
    assert (agency.name, agency.accent, agency.languages) == ("Riverbend Police", "plum", ["en", "es"])
    assert (agency.complaint_url, agency.about.in_language("en")) == (
        "https://riverbend.example/complaints",
        "Forty officers.",
    )


def test_a_form_that_is_only_shown_holds_the_record_and_no_errors(signed_in, lead, agency):
    page = signed_in(lead).get("/agencies/riverbend/edit/").content.decode()

    assert 'value="Riverbend Police Department"' in page
    assert "error-summary" not in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"time_zone": "Chicago"}, "time_zone"),
        ({"name": ""}, "name"),
        ({"accent": "pink"}, "accent"),
        ({"email": "x"}, "email"),
    ],
)
def test_an_error_in_the_record_stands_at_its_field_and_nothing_is_lost(signed_in, lead, agency, change, field):
    response = signed_in(lead).post("/agencies/riverbend/edit/", FORM | change)
    agency.refresh_from_db()

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert (agency.name, "Forty officers." in response.text) == ("Riverbend Police Department", True)


def test_a_lead_gives_the_seal_up_for_the_initials(signed_in, lead, agency):
    page, client = "/agencies/riverbend/edit/", signed_in(lead)
    assert "Delete the seal" not in client.get(page).text
    client.post(page, FORM | {"file": photo_with_place()})
    assert "Delete the seal" in client.get(page).text

    both = client.post(page, FORM | {"file": photo_with_place(), "without_seal": "on"})
    assert "Choose one: a new seal, or the initials." in both.text
    assert Agency.objects.get().seal

    assert client.post(page, FORM | {"without_seal": "on"}).status_code == 302
    assert not Agency.objects.get().seal


def test_a_renamed_program_as_seal_is_refused_at_its_field(signed_in, lead, agency):
    program = BytesIO(b"MZ\x90\x00 this is no picture")
    program.name = "seal.png"
    response = signed_in(lead).post("/agencies/riverbend/edit/", FORM | {"file": program})

    assert list(response.context["form"].errors) == ["file"]
    assert "not a JPEG, PNG or WebP picture" in response.text


def test_an_operator_adds_an_agency_and_goes_on_to_its_positions(signed_in, operator):
    response = signed_in(operator).post("/agencies/new/", FORM | {"slug": "millbrook"})

    assert response["Location"] == "/agencies/millbrook/positions/"
    assert Agency.objects.get().slug == "millbrook"
    again = signed_in(operator).post("/agencies/new/", FORM | {"slug": "new"})
    assert list(again.context["form"].errors) == ["slug"]


def test_manage_shows_what_each_may(signed_in, organizer, lead, agency):
    pages = [signed_in(viewer).get("/agencies/riverbend/manage/").text for viewer in (organizer, lead)]

    assert ["/partners/" in page for page in pages] == [True, True]
    assert ["/positions/" in page for page in pages] == [False, True]


STATUS = {
    # path: resident, member, organizer, head, lead, stranger_lead, operator
    "/agencies/new/": (302, 403, 403, 403, 403, 403, 200),
    "/agencies/riverbend/manage/": (302, 403, 200, 403, 200, 403, 200),
    "/agencies/riverbend/edit/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/contacts/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/neighborhoods/old-town/contacts/new/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/imports/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/imports/new/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/positions/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/positions/new/": (302, 403, 403, 403, 200, 403, 200),
    "/agencies/riverbend/partners/": (302, 403, 200, 403, 200, 403, 200),
    "/agencies/riverbend/partners/new/": (302, 403, 200, 403, 200, 403, 200),
}
ACTORS = ("resident", "member", "organizer", "head", "lead", "stranger_lead", "operator")


@pytest.mark.parametrize("path", STATUS)
def test_each_page_is_for_those_it_is_for(request, signed_in, town, path):
    viewers = [request.getfixturevalue(actor) for actor in ACTORS]

    assert tuple(signed_in(viewer).get(path).status_code for viewer in viewers) == STATUS[path]
    assert NeighborhoodAssignment.objects.count() == 0
