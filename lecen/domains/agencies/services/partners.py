"""Organizations that an agency works with, kept by those who invite them."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lecen.domains.agencies import rules
from lecen.domains.agencies.models import Agency, PartnerOrganization
from lecen.kernel import audit
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class PartnerRecord:
    name: str
    kind: str
    contact_name: str = ""
    contact_email: str = ""
    language: str = "en"
    website: str = ""


def create_partner(*, by: Viewer, agency_id: UUID, record: PartnerRecord, at: datetime) -> PartnerOrganization:
    """Add an organization to the agency's list; its name stands there once."""
    with transaction.atomic():
        agency = Agency.objects.select_for_update().get(pk=agency_id)
        require(rules.can_organize, by, agency)
        partner = PartnerOrganization(agency=agency)
        _write(partner, record)
        audit.record(by=by, act="partner.created", on=partner, at=at)
    return partner


def edit_partner(*, by: Viewer, partner_id: UUID, record: PartnerRecord, at: datetime) -> PartnerOrganization:
    with transaction.atomic():
        partner = (
            PartnerOrganization.objects.select_for_update(of=("self",)).select_related("agency").get(pk=partner_id)
        )
        require(rules.can_organize, by, partner.agency)
        _write(partner, record)
        audit.record(by=by, act="partner.edited", on=partner, at=at)
    return partner


def _write(partner: PartnerOrganization, record: PartnerRecord) -> None:
    for entry in fields(record):
        setattr(partner, entry.name, getattr(record, entry.name))
    partner.full_clean()
    partner.save()
