"""The record of an agency: who it is, how it is reached, who takes complaints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from lecen.domains.agencies import rules
from lecen.domains.agencies.changes import AgencyRecorded
from lecen.domains.agencies.choices import Accent, AgencyKind
from lecen.domains.agencies.models import Agency
from lecen.kernel import audit, changes, search
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.uploads import clean_image
from lecen.kernel.viewer import Viewer

RESERVED_SLUGS = frozenset({"new"})  # `agencies/new/` is a page of its own


@dataclass(frozen=True)
class AgencyRecord:
    """What an agency says about itself; its short name stands in addresses and never changes."""

    name: str
    city: str
    state: str
    time_zone: str
    kind: str = AgencyKind.POLICE
    sworn_officers: int | None = None
    about: TranslatedText = TranslatedText()  # noqa: RUF009 - frozen
    languages: tuple[str, ...] = ()
    accent: str = Accent.HARBOR
    phone: str = ""
    email: str = ""
    complaint_office: str = ""
    complaint_url: str = ""
    complaint_phone: str = ""
    supervisor_email: str = ""
    is_public: bool = False


def create_agency(*, by: Viewer, slug: str, record: AgencyRecord, at: datetime, is_fictional: bool = False) -> Agency:
    """Take an agency into the network; its public site stays closed until its record says otherwise."""
    with transaction.atomic():
        require(rules.can_operate, by)
        if slug in RESERVED_SLUGS:
            raise Refused(_("This short name is used by a page of the network. Choose another one."), field="slug")
        agency = Agency(slug=slug, is_fictional=is_fictional)
        _write(agency, record)
        audit.record(by=by, act="agency.created", on=agency, at=at)
        changes.publish(AgencyRecorded(agency_id=agency.pk))
    return agency


def edit_agency(
    *,
    by: Viewer,
    agency_id: UUID,
    record: AgencyRecord,
    at: datetime,
    seal: IO[bytes] | None = None,
    without_seal: bool = False,
) -> Agency:
    """Write the record anew; a new seal is drawn again, so that nothing attached to the picture is kept.

    A seal that is replaced, or given up for the agency's initials, is deleted.
    """
    cleaned = clean_image(seal) if seal else None
    with transaction.atomic():
        agency = Agency.objects.select_for_update().get(pk=agency_id)
        require(rules.can_lead, by, agency)
        if cleaned or without_seal:
            _forget_picture(agency.seal)
            agency.seal = cleaned or ""
        _write(agency, record)
        audit.record(by=by, act="agency.edited", on=agency, at=at)
        changes.publish(AgencyRecorded(agency_id=agency.pk))
    return agency


def _forget_picture(picture: FieldFile) -> None:
    """Delete it once nothing names it: a record that is not saved keeps its picture."""
    if picture.name:
        transaction.on_commit(partial(picture.storage.delete, picture.name))


@dataclass(frozen=True)
class ImportedAgency:
    """One row of a table of agencies: values of the record by name, those that the table gives."""

    slug: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ImportResult:
    created: int
    updated: int
    unchanged: int


def import_agencies(*, by: Viewer, rows: Sequence[ImportedAgency], at: datetime) -> ImportResult:
    """Create or update agencies by their short name, all or none; what the table does not give stays as it is."""
    with transaction.atomic():
        require(rules.can_operate, by)
        locked = Agency.objects.select_for_update().filter(slug__in=[row.slug for row in rows])
        known = {agency.slug: agency for agency in locked.order_by("pk")}
        done = [_import(by, known.get(row.slug), row, at) for row in rows]
    return ImportResult(done.count("created"), done.count("updated"), done.count("unchanged"))


def _import(by: Viewer, agency: Agency | None, row: ImportedAgency, at: datetime) -> str:
    if agency is None:
        create_agency(by=by, slug=row.slug, record=AgencyRecord(**row.values), at=at)
        return "created"
    before = _record_of(agency)
    record = replace(before, **row.values)
    if record == before:
        return "unchanged"
    edit_agency(by=by, agency_id=agency.pk, record=record, at=at)
    return "updated"


def _write(agency: Agency, record: AgencyRecord) -> None:
    for entry in fields(record):
        value = getattr(record, entry.name)
        setattr(agency, entry.name, list(value) if isinstance(value, tuple) else value)
    agency.full_clean()
    agency.save()
    search.index(agency, title=agency.name, body=[agency.city, agency.state, agency.about])


def _record_of(agency: Agency) -> AgencyRecord:
    values: dict[str, Any] = {entry.name: getattr(agency, entry.name) for entry in fields(AgencyRecord)}
    return AgencyRecord(**values | {"languages": tuple(agency.languages)})
