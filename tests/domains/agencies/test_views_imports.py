import json
from io import BytesIO

import pytest

from lecen.domains.agencies.models import Neighborhood, NeighborhoodImport
from tests.data import make_neighborhoods_with_defects as defects
from tests.factories import NeighborhoodFactory, NeighborhoodImportFactory

UPLOAD = "/agencies/riverbend/imports/new/"


def upload(lead_browser, content, **options):
    file = BytesIO(content)
    file.name = "beats.geojson"
    return lead_browser.post(UPLOAD, {"file": file} | options)


@pytest.fixture
def lead_browser(signed_in, lead):
    return signed_in(lead)


@pytest.fixture
def review(lead_browser):
    """The preview that a lead sees after the upload of the file with defects."""
    return upload(lead_browser, defects.FILE.read_bytes())["Location"]


def test_the_preview_shows_the_effect_the_map_and_every_repair(lead_browser, agency, review):
    NeighborhoodFactory(agency=agency, code="999", name="Old Beat")
    response = lead_browser.get(review)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    for said in (
        "Publish 8 neighborhoods",
        "8 areas were refused",
        "These are not in the file and end today:",
        "Old Beat",
        "It is a LineString, not an area.",
        "1 outline ran the wrong way around and was turned.",
        "Beat 107 and Beat 108 overlap by 0.1860 km².",
        f'data-neighborhood-map="{review}map.geojson"',
    ):
        assert said in response.text
    assert len(json.loads(lead_browser.get(f"{review}map.geojson").text)["features"]) == 8
    assert Neighborhood.objects.exclude(code="999").count() == 0


def test_the_empty_upload_form_has_no_errors(lead_browser):
    assert b"error-summary" not in lead_browser.get("/agencies/riverbend/imports/new/").content


def test_a_lead_publishes_what_was_reviewed_once(lead_browser, review):
    responses = [lead_browser.post(f"{review}publish/") for _ in range(2)]

    assert [response["Location"] for response in responses] == ["/agencies/riverbend/contacts/"] * 2
    assert Neighborhood.objects.count() == 8
    assert "8 areas were refused" not in lead_browser.get(review).text
    assert lead_browser.post(f"{review}discard/").status_code == 409


def test_a_lead_discards_what_was_reviewed(lead_browser, review):
    response = lead_browser.post(f"{review}discard/")

    assert (response["Location"], Neighborhood.objects.count()) == ("/agencies/riverbend/imports/", 0)
    assert lead_browser.get(review).status_code == 200
    assert lead_browser.post(f"{review}publish/").status_code == 409


@pytest.mark.parametrize(
    ("content", "options", "field"),
    [
        (b"", {}, "file"),
        (b"not json", {}, "file"),
        (b'{"type": "FeatureCollection", "features": []}', {}, "file"),
        (defects.FILE.read_bytes(), {"code_property": "DISTRICT"}, "code_property"),
        (b" " * (20 * 1024 * 1024 + 1), {}, "file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(lead_browser, content, options, field):
    response = upload(lead_browser, content, **options)

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert NeighborhoodImport.objects.count() == 0


@pytest.mark.parametrize("act", ["", "map.geojson", "publish/", "discard/"])
def test_a_review_of_another_agency_is_not_there(signed_in, stranger_lead, agency, other_agency, act):
    theirs = NeighborhoodImportFactory(agency=agency)
    method = "post" if act in {"publish/", "discard/"} else "get"
    ask = getattr(signed_in(stranger_lead), method)

    assert ask(f"/agencies/lakeview/imports/{theirs.pk}/{act}").status_code == 404
    assert ask(f"/agencies/riverbend/imports/{theirs.pk}/{act}").status_code == 403


def test_files_are_listed_with_their_state(lead_browser, agency, other_agency):
    assert "No files yet" in lead_browser.get("/agencies/riverbend/imports/").text
    NeighborhoodImportFactory(agency=agency, file_name="ours.geojson")
    NeighborhoodImportFactory(agency=other_agency, file_name="theirs.geojson")
    page = lead_browser.get("/agencies/riverbend/imports/")

    assert [review.file_name for review in page.context["page"].items] == ["ours.geojson"]
