from datetime import date, timedelta

import pytest

from lecen.domains.agencies.choices import ImportState
from lecen.domains.agencies.logic import Finding
from lecen.domains.agencies.models import Neighborhood, NeighborhoodAssignment, NeighborhoodImport
from lecen.domains.agencies.services import imports as services
from lecen.domains.agencies.services.imports import Publication
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry, SearchEntry
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, NeighborhoodAssignmentFactory

LATER = NOON + timedelta(days=30)


@pytest.fixture
def publish(lead, agency, make_reading):
    """Prepare and publish areas as the lead."""

    def run(*areas, at=NOON, refusals=()):
        reading = make_reading(*areas, refusals=refusals)
        review = services.prepare_import(by=lead, agency_id=agency.pk, file_name="b.json", reading=reading, at=at)
        return services.publish_import(by=lead, import_id=review.pk, at=at)

    return run


def current():
    rows = Neighborhood.objects.filter(valid_until=None).order_by("code")
    return list(rows.values_list("code", "name", "slug", "valid_from"))


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_nothing_is_a_neighborhood_before_it_is_published(lead, agency, make_area, make_reading):
    reading = make_reading(make_area("1"))
    review = services.prepare_import(by=lead, agency_id=agency.pk, file_name="b.json", reading=reading, at=NOON)

    assert (review.state, Neighborhood.objects.count(), acts()) == (ImportState.PREVIEW, 0, ["neighborhoods.prepared"])


def test_publishing_makes_neighborhoods_that_can_be_found(publish, make_area):
    done = publish(make_area("1", "Old Town"), make_area("2", "Ünser Viertel", west=-89.4))

    assert done == Publication(added=2)
    assert current() == [
        ("1", "Old Town", "old-town", NOON.date()),
        ("2", "Ünser Viertel", "unser-viertel", NOON.date()),
    ]
    assert acts() == ["neighborhoods.prepared", "neighborhoods.published"]
    assert SearchEntry.objects.count() == 2


def test_publishing_the_same_again_keeps_every_row(publish, make_area):
    publish(make_area("1"), make_area("2", west=-89.4))
    before = set(Neighborhood.objects.values_list("pk", flat=True))
    done = publish(make_area("1"), make_area("2", west=-89.4), at=LATER)

    assert (done, done.changed) == (Publication(unchanged=2), False)
    assert set(Neighborhood.objects.values_list("pk", flat=True)) == before


def test_one_review_is_published_once(lead, agency, make_area, make_reading):
    reading = make_reading(make_area("1"))
    review = services.prepare_import(by=lead, agency_id=agency.pk, file_name="b.json", reading=reading, at=NOON)
    first, second = (services.publish_import(by=lead, import_id=review.pk, at=NOON) for _ in range(2))

    assert (first, second) == (Publication(added=1), Publication())
    assert (Neighborhood.objects.count(), acts().count("neighborhoods.published")) == (1, 1)
    assert NeighborhoodImport.objects.get().areas == []


def test_a_redrawn_boundary_replaces_the_old_one_under_its_address(publish, make_area):
    publish(make_area("1", "Old Town"))
    done = publish(make_area("1", "Old Town", side=0.03), at=LATER)

    assert done == Publication(redrawn=1)
    assert current() == [("1", "Old Town", "old-town", LATER.date())]
    assert list(Neighborhood.objects.exclude(valid_until=None).values_list("valid_until", flat=True)) == [LATER.date()]
    assert SearchEntry.objects.count() == 1


def test_whoever_serves_a_neighborhood_serves_it_when_it_is_redrawn(publish, make_area):
    publish(make_area("1"))
    old = NeighborhoodAssignmentFactory(neighborhood=Neighborhood.objects.get(), duty="Officer")
    publish(make_area("1", side=0.03), at=LATER)

    new = NeighborhoodAssignment.objects.get(until=None)
    assert (new.neighborhood, new.duty, new.phone, new.last_confirmed_on) == (
        Neighborhood.objects.get(valid_until=None),
        "Officer",
        old.phone,
        old.last_confirmed_on,
    )
    old.refresh_from_db()
    assert old.until == LATER.date()


def test_a_new_name_alone_changes_the_row_in_place(publish, make_area):
    publish(make_area("1", "Old Town"))
    done = publish(make_area("1", "Older Town"), at=LATER)

    assert done == Publication(renamed=1)
    assert current() == [("1", "Older Town", "old-town", NOON.date())]


def test_what_the_file_no_longer_has_ends_and_what_was_refused_stays(publish, make_area):
    publish(make_area("1"), make_area("2", west=-89.4), make_area("3", west=-89.3))
    done = publish(make_area("1"), at=LATER, refusals=[Finding("duplicate", 2, "2", {"first": 1})])

    assert done == Publication(unchanged=1, ended=1)
    assert [code for code, *_rest in current()] == ["1", "2"]


def test_areas_with_one_name_get_addresses_of_their_own(publish, make_area):
    publish(make_area("1", "Center"), make_area("2", "Center", west=-89.4), make_area("3", "中心", west=-89.3))

    assert [slug for _code, _name, slug, _since in current()] == ["center", "center-2", "3"]


def test_days_are_those_of_the_agency(publish, make_area):
    publish(make_area("1"), at=NOON.replace(hour=4))  # still May 31 in Chicago

    assert current()[0][3] == date(2026, 5, 31)


def test_a_discarded_file_changes_nothing_and_cannot_be_published(lead, agency, make_area, make_reading):
    reading = make_reading(make_area("1"))
    review = services.prepare_import(by=lead, agency_id=agency.pk, file_name="b.json", reading=reading, at=NOON)
    for _time in range(2):
        review = services.discard_import(by=lead, import_id=review.pk, at=NOON)

    assert (review.state, review.areas) == (ImportState.DISCARDED, [])
    with pytest.raises(Refused, match="was discarded"):
        services.publish_import(by=lead, import_id=review.pk, at=NOON)
    assert (Neighborhood.objects.count(), acts()) == (0, ["neighborhoods.prepared", "neighborhoods.discarded"])


def test_what_is_published_cannot_be_discarded(publish, lead, make_area):
    publish(make_area("1"))

    with pytest.raises(Refused, match="already published"):
        services.discard_import(by=lead, import_id=NeighborhoodImport.objects.get().pk, at=NOON)


def test_a_file_without_a_usable_area_is_refused_with_the_first_reason(lead, agency, make_reading):
    reading = make_reading(refusals=[Finding("no_area", 1, "1")])

    with pytest.raises(Refused, match="The first reason: Its outline encloses nothing"):
        services.prepare_import(by=lead, agency_id=agency.pk, file_name="b.json", reading=reading, at=NOON)
    assert NeighborhoodImport.objects.count() == 0


@pytest.mark.parametrize("who", ["organizer", "member", "head", "stranger_lead", "resident"])
def test_only_leads_import(request, agency, make_area, make_reading, who):
    viewer, reading = request.getfixturevalue(who), make_reading(make_area("1"))
    review = services.prepare_import(by=SYSTEM, agency_id=agency.pk, file_name="b.json", reading=reading, at=NOON)

    for attempt in (
        lambda: services.prepare_import(by=viewer, agency_id=agency.pk, file_name="b.json", reading=reading, at=NOON),
        lambda: services.publish_import(by=viewer, import_id=review.pk, at=NOON),
        lambda: services.discard_import(by=viewer, import_id=review.pk, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (Neighborhood.objects.count(), NeighborhoodImport.objects.count()) == (0, 1)
