"""Rules come in pairs: what a list shows is what the page allows, for everybody."""

from datetime import date

import pytest

from lecen.domains.agencies import rules
from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.kernel.viewer import SYSTEM
from tests.factories import (
    NOON,
    AgencyFactory,
    NeighborhoodAssignmentFactory,
    NeighborhoodFactory,
    NeighborhoodImportFactory,
    PartnerOrganizationFactory,
    PositionFactory,
)

VIEWERS = ["resident", "member", "organizer", "lead", "head", "operator", "stranger_organizer", "stranger_lead"]
AGENCY_TWINS = [
    (rules.visible_agencies, rules.can_view),
    (rules.led_agencies, rules.can_lead),
    (rules.organized_agencies, rules.can_organize),
    (rules.own_agencies, rules.is_member),
]


@pytest.fixture(params=VIEWERS)
def viewer(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def agencies(agency, other_agency):
    """Open and closed, one's own and others'; the viewers' own agency is closed, so that each rule can leak."""
    Agency.objects.filter(pk=agency.pk).update(is_public=False)
    agency.refresh_from_db()
    return [agency, other_agency, AgencyFactory(), AgencyFactory(is_public=False)]


def allowed(rows, rule, viewer):
    return {row.pk for row in rows if rule(viewer, row)}


def keys(queryset):
    return set(queryset.values_list("pk", flat=True))


@pytest.mark.parametrize(("visible", "can"), AGENCY_TWINS)
def test_what_is_listed_of_agencies_is_what_is_allowed(agencies, viewer, visible, can):
    assert keys(visible(viewer)) == allowed(agencies, can, viewer)


def test_neighborhoods_and_contacts_agree_with_their_pages(agencies, viewer):
    areas = [NeighborhoodFactory(agency=agency, valid_until=end) for agency in agencies for end in (None, NOON.date())]
    contacts = [
        NeighborhoodAssignmentFactory(neighborhood=area, until=end) for area in areas for end in (None, NOON.date())
    ]

    assert keys(rules.visible_neighborhoods(viewer)) == allowed(areas, rules.can_view_neighborhood, viewer)
    assert keys(rules.visible_assignments(viewer)) == allowed(contacts, rules.can_view_assignment, viewer)


def test_imports_and_partners_agree_with_their_pages(agencies, viewer):
    imports = [NeighborhoodImportFactory(agency=agency) for agency in agencies]
    partners = [PartnerOrganizationFactory(agency=agency) for agency in agencies]

    assert keys(rules.visible_imports(viewer)) == allowed(imports, rules.can_view_import, viewer)
    assert keys(rules.visible_partners(viewer)) == allowed(partners, rules.can_view_partner, viewer)


def test_positions_agree_with_their_pages(agencies, viewer):
    for agency in agencies:
        PositionFactory(agency=agency)
    PositionFactory(agency=None, role=Role.OPERATOR)
    rows = rules.visible_positions(SYSTEM)

    assert keys(rules.visible_positions(viewer)) == allowed(rows, rules.can_view_position, viewer)
    assert keys(rules.managed_positions(viewer)) == allowed(rows, rules.can_manage_position, viewer)


def test_a_lead_manages_the_own_agency_alone(agencies, lead):
    assert list(rules.led_agencies(lead)) == agencies[:1]


def test_a_resident_sees_only_open_sites_and_boundaries_in_force(agencies, resident):
    shown = NeighborhoodFactory(agency=agencies[1])
    NeighborhoodFactory(agency=agencies[0])
    NeighborhoodFactory(agency=agencies[1], valid_until=date(2026, 1, 1))

    assert list(rules.visible_agencies(resident).order_by("pk")) == [agencies[1], agencies[2]]
    assert list(rules.visible_neighborhoods(resident)) == [shown]
    assert Neighborhood.objects.count() == 3
