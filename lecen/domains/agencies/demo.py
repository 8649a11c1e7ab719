"""The agency of the demonstration network: fictional, with six neighborhoods, its people and its partners."""

import io
import json
from dataclasses import replace
from datetime import datetime

from django.contrib.auth import get_user_model

from lecen.domains.agencies.choices import Accent, PartnerKind, Role, Standing
from lecen.domains.agencies.exchange.boundaries import read_boundaries
from lecen.domains.agencies.models import Agency, PartnerOrganization, Position
from lecen.domains.agencies.queries.imports import compare
from lecen.domains.agencies.services.agencies import AgencyRecord, create_agency
from lecen.domains.agencies.services.imports import prepare_import, publish_import
from lecen.domains.agencies.services.neighborhoods import DutyContact, give_assignment
from lecen.domains.agencies.services.partners import PartnerRecord, create_partner
from lecen.domains.agencies.services.positions import NewPosition, give_position
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM

SLUG = "riverbend"
PASSWORD = "demonstration-network-only"  # noqa: S105 - printed at every start of the demonstration
RECORD = AgencyRecord(
    name="Riverbend Police Department",
    city="Riverbend",
    state="IL",
    time_zone="America/Chicago",
    sworn_officers=40,
    about=TranslatedText.of(
        en="Forty officers for 18,000 people between the river and the mill. Each neighborhood has an officer you "
        "can call by day.",
        es="Cuarenta oficiales para 18,000 personas entre el río y el molino. Cada vecindario tiene un oficial a quien "
        "puede llamar durante el día.",
    ),
    languages=("en", "es", "ase"),
    accent=Accent.HARBOR,
    phone="309-555-0100",
    email="hello@riverbend.example",
    complaint_office="Riverbend Office of Professional Standards",
    complaint_url="https://riverbend.example/complaints",
    complaint_phone="309-555-0190",
    supervisor_email="chief@riverbend.example",
    is_public=True,
)
# Corners in thousandths of a degree east and north of the town's south-western corner.
CORNER = (-89.53, 41.18)
NEIGHBORHOODS = (
    ("R1", "Riverside", [(0, 0), (22, 2), (24, 20), (12, 24), (0, 18)]),
    ("R2", "Old Town", [(22, 2), (40, 0), (42, 18), (24, 20)]),
    ("R3", "Mill Hill", [(40, 0), (62, 4), (60, 22), (42, 18)]),
    ("R4", "Eastgate", [(42, 18), (60, 22), (62, 44), (40, 42)]),
    # College Park reaches a block into Eastgate: the two share the campus.
    ("R5", "College Park", [(24, 20), (42, 18), (44, 30), (40, 42), (22, 44)]),
    ("R6", "Fairview", [(0, 18), (12, 24), (24, 20), (22, 44), (0, 40)]),
)
CONTACTS = {
    "R1": DutyContact("Neighborhood officer, Riverside", "", "309-555-0111", "", ("en", "es")),
    "R2": DutyContact("Neighborhood officer, Old Town", "Officer Dana Whitcomb", "309-555-0112", "", ("en",)),
    "R3": DutyContact("Neighborhood officer, Mill Hill", "", "309-555-0113", "", ("en", "pl")),
    "R4": DutyContact("Neighborhood officer, Eastgate", "", "309-555-0114", "", ("en", "es")),
    "R5": DutyContact("Campus liaison", "", "", "campus@riverbend.example", ("en", "ase")),
}
PEOPLE = {
    "Ruth Okafor": NewPosition("chaplain@riverbend.example", Role.ORGANIZER, Standing.CHAPLAIN, title="Chaplain"),
    "Daniel Whitfield": NewPosition("chief@riverbend.example", Role.HEAD, Standing.SWORN, title="Chief of police"),
    "Maria Santos": NewPosition("lead@riverbend.example", Role.LEAD, Standing.CIVILIAN, title="Engagement lead"),
    "Tom Lindqvist": NewPosition("officer@riverbend.example", Role.MEMBER, Standing.SWORN, title="Patrol officer"),
    "Grace Adeyemi": NewPosition("operator@network.example", Role.OPERATOR, Standing.CIVILIAN, title="Operator"),
}
PARTNERS = (
    PartnerRecord("Saint Brigid Parish", PartnerKind.FAITH, "Father Tom Reilly", "office@saintbrigid.example", "es"),
    PartnerRecord("New Hope Baptist Church", PartnerKind.FAITH, "Pastor Denise Carter", "office@newhope.example"),
    PartnerRecord("Riverbend High School", PartnerKind.SCHOOL, "Priya Nair", "principal@school.example"),
    PartnerRecord("Mill Hill Neighbors", PartnerKind.NEIGHBORHOOD, "Joe Brandt", "neighbors@millhill.example"),
    PartnerRecord("Casa Abierta", PartnerKind.IMMIGRANT, "Lucía Herrera", "hola@casaabierta.example", "es"),
)


def load(*, at: datetime) -> None:
    """Load the demonstration agency; what is there already stays."""
    agency = Agency.objects.filter(slug=SLUG).first() or create_agency(
        by=SYSTEM, slug=SLUG, record=RECORD, at=at, is_fictional=True
    )
    _draw_neighborhoods(agency, at)
    for name, held in PEOPLE.items():
        _place_person(agency, name, held, at)
    for partner in PARTNERS:
        if not PartnerOrganization.objects.filter(agency=agency, name=partner.name).exists():
            create_partner(by=SYSTEM, agency_id=agency.pk, record=partner, at=at)


def _draw_neighborhoods(agency: Agency, at: datetime) -> None:
    features = [_feature(code, name, corners) for code, name, corners in NEIGHBORHOODS]
    file = io.BytesIO(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    reading = read_boundaries(file)
    if compare(agency=agency, areas=reading.areas).changes_anything:
        review = prepare_import(by=SYSTEM, agency_id=agency.pk, file_name="riverbend.geojson", reading=reading, at=at)
        publish_import(by=SYSTEM, import_id=review.pk, at=at)
    for area in agency.neighborhoods.filter(valid_until=None, code__in=CONTACTS).order_by("code"):
        if not area.assignments.exists():
            give_assignment(by=SYSTEM, neighborhood_id=area.pk, contact=CONTACTS[area.code], at=at)


def _feature(code: str, name: str, corners: list[tuple[int, int]]) -> dict[str, object]:
    west, south = CORNER
    ring = [[round(west + x / 1000, 3), round(south + y / 1000, 3)] for x, y in [*corners, corners[0]]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _place_person(agency: Agency, name: str, held: NewPosition, at: datetime) -> None:
    people = get_user_model().objects
    user = people.filter(email=held.email).first() or people.create_user(held.email, PASSWORD, name=name)
    place = None if held.role == Role.OPERATOR else agency
    if not Position.objects.filter(user=user, agency=place, role=held.role, ended_at=None).exists():
        position = replace(held, agency_id=place.pk if place else None)
        give_position(by=SYSTEM, position=position, at=at)
