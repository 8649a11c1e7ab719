from dataclasses import replace
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from lecen.domains.agencies.choices import Accent
from lecen.domains.agencies.models import Agency
from lecen.domains.agencies.services import agencies as services
from lecen.domains.agencies.services.agencies import AgencyRecord, ImportedAgency, ImportResult
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry, SearchEntry
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON

RECORD = AgencyRecord(
    name="Millbrook Police",
    city="Millbrook",
    state="OH",
    time_zone="America/New_York",
    languages=("en", "es"),
    about=TranslatedText.of(en="Nine officers."),
    accent=Accent.PLUM,
)


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def photo_with_place() -> BytesIO:
    picture, exif = Image.new("RGB", (40, 40), "navy"), Image.Exif()
    exif.get_ifd(0x8825)[2] = (41.0, 52.0, 30.0)
    file = BytesIO()
    picture.save(file, "JPEG", exif=exif)
    file.seek(0)
    return file


def test_an_operator_takes_an_agency_in_with_its_site_closed(operator):
    agency = services.create_agency(by=operator, slug="millbrook", record=RECORD, at=NOON)
    agency.refresh_from_db()

    assert (agency.name, agency.languages, agency.accent, agency.is_public) == (
        "Millbrook Police",
        ["en", "es"],
        "plum",
        False,
    )
    assert (acts(), SearchEntry.objects.get().object_id) == (["agency.created"], agency.pk)


def test_a_short_name_is_free_and_not_a_page(operator, agency):
    with pytest.raises(Refused):
        services.create_agency(by=operator, slug="new", record=RECORD, at=NOON)
    with pytest.raises(ValidationError):
        services.create_agency(by=operator, slug=agency.slug, record=RECORD, at=NOON)


@pytest.mark.parametrize("zone", ["Chicago", "America/Nowhere", ""])
def test_a_zone_that_does_not_exist_is_refused(operator, zone):
    with pytest.raises(ValidationError, match="time_zone"):
        services.create_agency(by=operator, slug="x", record=replace(RECORD, time_zone=zone), at=NOON)


def test_a_lead_writes_the_own_record(lead, agency):
    services.edit_agency(by=lead, agency_id=agency.pk, record=replace(RECORD, is_public=True), at=NOON)
    agency.refresh_from_db()

    assert (agency.slug, agency.name, acts()) == ("riverbend", "Millbrook Police", ["agency.edited"])


def test_a_seal_loses_the_place_where_it_was_taken(lead, agency):
    services.edit_agency(by=lead, agency_id=agency.pk, record=RECORD, seal=photo_with_place(), at=NOON)
    agency.refresh_from_db()

    assert agency.seal.name.startswith("seals/")
    assert not Image.open(agency.seal).getexif()


def test_a_seal_replaced_or_given_up_is_deleted(lead, agency, django_capture_on_commit_callbacks):
    kept = []
    for changes in ({"seal": photo_with_place()}, {"seal": photo_with_place()}, {}, {"without_seal": True}):
        with django_capture_on_commit_callbacks(execute=True):
            services.edit_agency(by=lead, agency_id=agency.pk, record=RECORD, at=NOON, **changes)
        agency.refresh_from_db()
        kept.append(agency.seal)
    first, second, same, none = kept

    assert first.name != second.name == same.name
    assert not none
    assert [seal.storage.exists(seal.name) for seal in (first, second)] == [False, False]


def test_a_seal_stays_where_the_record_is_not_saved(lead, agency, django_capture_on_commit_callbacks):
    services.edit_agency(by=lead, agency_id=agency.pk, record=RECORD, seal=photo_with_place(), at=NOON)
    agency.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        services.edit_agency(
            by=lead, agency_id=agency.pk, record=replace(RECORD, time_zone="Nowhere"), at=NOON, without_seal=True
        )

    assert agency.seal.storage.exists(agency.seal.name)


def test_a_program_called_seal_is_refused_and_nothing_is_written(lead, agency):
    with pytest.raises(Refused):
        services.edit_agency(by=lead, agency_id=agency.pk, record=RECORD, seal=BytesIO(b"MZ\x90"), at=NOON)
    agency.refresh_from_db()

    assert (agency.name, acts()) == ("Riverbend Police Department", [])


@pytest.mark.parametrize("who", ["member", "organizer", "head", "stranger_lead", "resident"])
def test_others_write_nothing(request, agency, who):
    viewer = request.getfixturevalue(who)
    for attempt in (
        lambda: services.create_agency(by=viewer, slug="x", record=RECORD, at=NOON),
        lambda: services.edit_agency(by=viewer, agency_id=agency.pk, record=RECORD, at=NOON),
        lambda: services.import_agencies(by=viewer, rows=[], at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert acts() == []


def test_an_import_creates_updates_and_leaves_alone_what_is_not_given(agency):
    new = ImportedAgency("new-town", {"name": "New Town", "city": "New Town", "state": "OH", "time_zone": "UTC"})
    known = ImportedAgency("riverbend", {"city": "Riverbend Falls"})
    first = services.import_agencies(by=SYSTEM, rows=[new, known], at=NOON)
    again = services.import_agencies(by=SYSTEM, rows=[new, known], at=NOON)
    agency.refresh_from_db()

    assert (first, again) == (ImportResult(1, 1, 0), ImportResult(0, 0, 2))
    assert (agency.city, agency.name, agency.is_public) == ("Riverbend Falls", "Riverbend Police Department", True)


def test_an_import_that_fails_leaves_nothing(db):
    good = {"name": "New Town", "city": "New Town", "state": "OH", "time_zone": "UTC"}
    rows = [ImportedAgency("a", good), ImportedAgency("b", good | {"time_zone": "Nowhere"})]

    with pytest.raises(ValidationError):
        services.import_agencies(by=SYSTEM, rows=rows, at=NOON)
    assert Agency.objects.count() == 0
