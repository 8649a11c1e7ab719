"""One factory a model: the smallest valid row, to which a test adds what it is about."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from lecen.domains.agencies.choices import PartnerKind, Role, Standing
from lecen.domains.agencies.models import (
    Agency,
    Neighborhood,
    NeighborhoodAssignment,
    NeighborhoodImport,
    PartnerOrganization,
    Position,
)

NOON = datetime(2026, 6, 1, 17, 0, tzinfo=UTC)  # noon in Chicago, a Monday


class UserFactory(DjangoModelFactory):
    class Meta:
        model = settings.AUTH_USER_MODEL
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    password = factory.PostGenerationMethodCall("set_password", "demonstration-network-only")


# --- Agencies --------------------------------------------------------------------------------------------------------
class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    slug = factory.Sequence(lambda number: f"agency-{number}")
    name = factory.Sequence(lambda number: f"Agency {number} Police Department")
    city = "Riverbend"
    state = "IL"
    time_zone = "America/Chicago"
    is_public = True


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.MEMBER
    standing = Standing.SWORN
    attested_by = "Supervisor"
    attested_at = NOON
    expires_on = date(2999, 12, 31)


def square(west: float, south: float, side: float = 0.02) -> dict:
    """A boundary: a square with its south-western corner at the given place, in degrees."""
    east, north = west + side, south + side
    return {
        "type": "MultiPolygon",
        "coordinates": [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]],
    }


class NeighborhoodFactory(DjangoModelFactory):
    """Squares in a row from west to east; give `corner` and `side` for another place."""

    class Meta:
        model = Neighborhood
        exclude = ("corner", "side")

    class Params:
        number = factory.Sequence(int)

    agency = factory.SubFactory(AgencyFactory)
    corner = factory.LazyAttribute(lambda row: (-89.6 + row.number % 1000 * 0.02, 41.2))
    side = 0.02
    code = factory.LazyAttribute(lambda row: f"{row.number + 1:03d}")
    slug = factory.LazyAttribute(lambda row: f"beat-{row.code}")
    name = factory.LazyAttribute(lambda row: f"Beat {row.code}")
    boundary = factory.LazyAttribute(lambda row: square(*row.corner, row.side))
    west = factory.LazyAttribute(lambda row: row.corner[0])
    south = factory.LazyAttribute(lambda row: row.corner[1])
    east = factory.LazyAttribute(lambda row: row.corner[0] + row.side)
    north = factory.LazyAttribute(lambda row: row.corner[1] + row.side)
    valid_from = NOON.date()


class NeighborhoodAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = NeighborhoodAssignment

    neighborhood = factory.SubFactory(NeighborhoodFactory)
    duty = factory.Sequence(lambda number: f"Neighborhood officer {number}")
    phone = "309-555-0142"
    languages = ["en"]
    since = NOON.date() - timedelta(days=30)
    last_confirmed_on = NOON.date()


class NeighborhoodImportFactory(DjangoModelFactory):
    class Meta:
        model = NeighborhoodImport

    agency = factory.SubFactory(AgencyFactory)
    file_name = "beats.geojson"
    imported_at = NOON


class PartnerOrganizationFactory(DjangoModelFactory):
    class Meta:
        model = PartnerOrganization

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda number: f"Partner {number}")
    kind = PartnerKind.FAITH
    contact_email = factory.Sequence(lambda number: f"partner{number}@example.org")
