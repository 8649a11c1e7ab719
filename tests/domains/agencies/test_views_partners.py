import pytest

from lecen.domains.agencies.models import PartnerOrganization
from tests.factories import PartnerOrganizationFactory

LIST = "/agencies/riverbend/partners/"
FORM = {"name": "Saint Brigid", "kind": "faith", "language": "es", "contact_email": "office@example.org"}


def test_an_organizer_adds_a_partner_once(signed_in, organizer):
    browser = signed_in(organizer)
    assert "No partners yet" in browser.get(LIST).text
    first, second = browser.post(f"{LIST}new/", FORM), browser.post(f"{LIST}new/", FORM)

    assert first["Location"] == LIST
    assert "form" in second.context
    assert second.context["form"].errors
    assert PartnerOrganization.objects.get().contact_email == "office@example.org"


def test_an_organizer_edits_a_partner(signed_in, organizer, agency):
    partner = PartnerOrganizationFactory(agency=agency)
    browser = signed_in(organizer)
    assert partner.contact_email in browser.get(f"{LIST}{partner.pk}/").text
    browser.post(f"{LIST}{partner.pk}/", FORM | {"website": "brigid.example"})
    partner.refresh_from_db()

    assert (partner.name, partner.website) == ("Saint Brigid", "https://brigid.example")


def test_a_partner_of_another_agency_is_not_there(signed_in, stranger_organizer, agency):
    partner = PartnerOrganizationFactory(agency=agency)
    browser = signed_in(stranger_organizer)

    assert browser.get(f"/agencies/lakeview/partners/{partner.pk}/").status_code == 404
    assert browser.get(f"{LIST}{partner.pk}/").status_code == 403


@pytest.mark.parametrize(("text", "found"), [("brigid", ["Saint Brigid"]), ("zzz", [])])
def test_partners_are_searched(signed_in, organizer, agency, text, found):
    PartnerOrganizationFactory(agency=agency, name="Saint Brigid")
    PartnerOrganizationFactory(agency=agency, name="New Hope")
    page = signed_in(organizer).get(LIST, {"q": text})

    assert [partner.name for partner in page.context["page"].items] == found
    assert ("No partner found" in page.text) is (not found)
