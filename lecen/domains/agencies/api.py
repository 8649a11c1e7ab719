"""Agencies and neighborhoods as JSON: what the public pages show, and who serves a place."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, P, PathEx, Query, Schema

from lecen.domains.agencies import rules
from lecen.domains.agencies.exchange.boundaries import collection, feature
from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.domains.agencies.queries.agencies import agencies_for
from lecen.domains.agencies.queries.neighborhoods import Place, boundaries_of, neighborhoods_at, neighborhoods_of
from lecen.kernel.api import ApiRouter
from lecen.kernel.web import get_visible, keyset_page

router = ApiRouter()
MOST_AT_ONCE = 100
Slug = PathEx[str, P(pattern=r"^[-a-zA-Z0-9_]+$", max_length=50, description="An agency's short name")]


class Listing(Schema):
    """How much of a list, and from where: cursors come with each page."""

    q: str = Field("", max_length=200, description="Words to look for")
    after: str = Field("", max_length=1000)
    before: str = Field("", max_length=1000)
    size: int = Field(25, ge=1, le=MOST_AT_ONCE)

    def page(self, queryset: Any) -> dict[str, Any]:
        page = keyset_page(queryset, after=self.after, before=self.before, size=self.size)
        return {"items": page.items, "next": page.next_cursor, "previous": page.previous_cursor}


class AgencyShort(Schema):
    id: UUID
    slug: str
    name: str
    kind: str
    city: str
    state: str
    is_fictional: bool


class AgencyFull(AgencyShort):
    time_zone: str
    sworn_officers: int | None
    about: dict[str, str]
    languages: list[str]
    phone: str
    email: str
    complaint_office: str
    complaint_url: str
    complaint_phone: str

    @staticmethod
    def resolve_about(agency: Agency) -> dict[str, str]:
        return {language: entry.text for language, entry in agency.about.translations}


class Agencies(Schema):
    items: list[AgencyShort]
    next: str
    previous: str


class Contact(Schema):
    duty: str
    officer_name: str
    phone: str
    email: str
    languages: list[str]
    last_confirmed_on: str

    @staticmethod
    def resolve_last_confirmed_on(contact: Any) -> str:
        return contact.last_confirmed_on.isoformat()


class NeighborhoodOut(Schema):
    id: UUID
    code: str
    slug: str
    name: str
    contacts: list[Contact]


class Neighborhoods(Schema):
    items: list[NeighborhoodOut]
    next: str
    previous: str


class PlaceIn(Schema):
    longitude: float = Field(ge=-180, le=180)
    latitude: float = Field(ge=-90, le=90)


class NearestOut(Schema):
    neighborhood: NeighborhoodOut
    meters: float


class AnswerOut(Schema):
    """All neighborhoods that hold the place, the smallest first, then by code; where none does, the nearest."""

    neighborhoods: list[NeighborhoodOut]
    nearest: NearestOut | None


def _agency(request: HttpRequest, slug: str) -> Agency:
    return get_visible(rules.visible_agencies(request.viewer), slug=slug)


@router.get("/", response=Agencies)
def agency_list(request: HttpRequest, listing: Query[Listing]) -> Any:
    return listing.page(agencies_for(viewer=request.viewer, text=listing.q))


@router.get("/{slug}/", response=AgencyFull)
def agency(request: HttpRequest, slug: Slug) -> Any:
    return _agency(request, slug)


@router.get("/{slug}/neighborhoods/", response=Neighborhoods)
def neighborhood_list(request: HttpRequest, slug: Slug, listing: Query[Listing]) -> Any:
    agency = _agency(request, slug)
    return listing.page(neighborhoods_of(viewer=request.viewer, agency=agency, text=listing.q))


GEOJSON = {"responses": {200: {"content": {"application/geo+json": {"schema": {"type": "object"}}}}}}


@router.get(
    "/{slug}/neighborhoods.geojson",
    response=dict[str, Any],
    openapi_extra=GEOJSON,
)
def neighborhood_boundaries(request: HttpRequest, slug: Slug) -> Any:
    """Boundaries as they were published, with all their points."""
    areas: list[Neighborhood] = list(boundaries_of(viewer=request.viewer, agency=_agency(request, slug)))
    return HttpResponse(collection(feature(area) for area in areas), content_type="application/geo+json")


@router.post("/{slug}/find/", response=AnswerOut)
def neighborhood_find(request: HttpRequest, response: HttpResponse, slug: Slug, place: PlaceIn) -> Any:
    """Who serves a place. It is asked in the body, answered at once, and neither logged nor kept."""
    response["Cache-Control"] = "private, no-store"
    where = Place(place.longitude, place.latitude)
    return neighborhoods_at(viewer=request.viewer, agency=_agency(request, slug), place=where)
