from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from lecen.domains.agencies.choices import PartnerKind
from lecen.domains.agencies.models import PartnerOrganization
from lecen.domains.agencies.services import partners as services
from lecen.domains.agencies.services.partners import PartnerRecord
from lecen.kernel.errors import NotAllowed
from lecen.kernel.models import AuditEntry
from tests.factories import NOON, PartnerOrganizationFactory

RECORD = PartnerRecord("Saint Brigid Parish", PartnerKind.FAITH, "Tom", "office@example.org", "es")


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_an_organizer_adds_and_edits_a_partner(organizer, agency):
    partner = services.create_partner(by=organizer, agency_id=agency.pk, record=RECORD, at=NOON)
    services.edit_partner(by=organizer, partner_id=partner.pk, record=replace(RECORD, name="Saint Brigid"), at=NOON)
    partner.refresh_from_db()

    assert (partner.name, partner.contact_email, partner.language) == ("Saint Brigid", "office@example.org", "es")
    assert acts() == ["partner.created", "partner.edited"]


def test_a_name_stands_once_in_the_list_of_an_agency(organizer, agency, other_agency):
    PartnerOrganizationFactory(agency=other_agency, name=RECORD.name)
    services.create_partner(by=organizer, agency_id=agency.pk, record=RECORD, at=NOON)

    with pytest.raises(ValidationError):
        services.create_partner(by=organizer, agency_id=agency.pk, record=RECORD, at=NOON)
    assert PartnerOrganization.objects.filter(agency=agency).count() == 1


@pytest.mark.parametrize("who", ["member", "head", "stranger_organizer", "resident"])
def test_others_change_no_partner(request, agency, who):
    viewer, partner = request.getfixturevalue(who), PartnerOrganizationFactory(agency=agency)
    for attempt in (
        lambda: services.create_partner(by=viewer, agency_id=agency.pk, record=RECORD, at=NOON),
        lambda: services.edit_partner(by=viewer, partner_id=partner.pk, record=RECORD, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert acts() == []
