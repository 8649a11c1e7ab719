"""Neighborhoods as lists, and which of them hold a place. A place is asked about and never kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lecen.domains.agencies import rules
from lecen.domains.agencies.models import Agency, Neighborhood, NeighborhoodAssignment
from lecen.kernel import geometry
from lecen.kernel.geometry import Box
from lecen.kernel.search import storable
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """A point in degrees of WGS84. Its text says nothing, so that no log can hold it by accident."""

    longitude: float
    latitude: float

    def __repr__(self) -> str:
        return "Place(…)"


@dataclass(frozen=True)
class Nearest:
    neighborhood: Neighborhood
    meters: float


@dataclass(frozen=True)
class Answer:
    """Every neighborhood that holds the place, the smallest first, then by code; where none does, the nearest."""

    neighborhoods: tuple[Neighborhood, ...]
    nearest: Nearest | None = None


def neighborhoods_of(*, viewer: Viewer, agency: Agency, text: str = "") -> QuerySet[Neighborhood]:
    """Neighborhoods of `agency` by name, without their boundaries, each with its contacts in `contacts`."""
    found = rules.visible_neighborhoods(viewer).filter(agency=agency)
    if text := storable(text):
        found = found.filter(Q(name__icontains=text) | Q(code__iexact=text))
    return found.select_related("agency").defer("boundary").prefetch_related(_contacts()).order_by("name", "pk")


def _contacts() -> Prefetch:
    serving = NeighborhoodAssignment.objects.filter(until=None).order_by("duty", "pk")
    return Prefetch("assignments", queryset=serving, to_attr="contacts")


def neighborhoods_at(*, viewer: Viewer, agency: Agency, place: Place) -> Answer:
    """Who serves a place: boxes are compared in the database, the few that fit exactly."""
    boxed = rules.visible_neighborhoods(viewer).filter(
        agency=agency,
        west__lte=place.longitude,
        east__gte=place.longitude,
        south__lte=place.latitude,
        north__gte=place.latitude,
    )
    candidates = boxed.select_related("agency").prefetch_related(_contacts()).order_by("code", "pk")
    holding = [one for one in candidates if geometry.contains(one.boundary, place.longitude, place.latitude)]
    if holding:
        return Answer(tuple(sorted(holding, key=_by_size)))
    return Answer((), _nearest(viewer, agency, place))


def _by_size(neighborhood: Neighborhood) -> tuple[int, str]:
    """Whole square meters, so that two of one size go by their code and not by the last digit."""
    return round(geometry.square_meters(neighborhood.boundary)), neighborhood.code


def _nearest(viewer: Viewer, agency: Agency, place: Place) -> Nearest | None:
    """The nearest neighborhood; only those whose box could be nearest are measured exactly."""
    mine = rules.visible_neighborhoods(viewer).filter(agency=agency)
    ranges: list[tuple[float, float, UUID]] = []
    for key, *sides in mine.order_by("code").values_list("pk", "west", "south", "east", "north"):
        least, most = geometry.box_distances_meters(Box(*sides), place.longitude, place.latitude)
        ranges.append((least, most, key))
    if not ranges:
        return None
    bound = min(most for _least, most, _key in ranges)
    near = mine.filter(pk__in=[key for least, _most, key in ranges if least <= bound])
    measured = [
        Nearest(one, geometry.distance_meters(one.boundary, place.longitude, place.latitude))
        for one in near.select_related("agency").prefetch_related(_contacts()).order_by("code", "pk")
    ]
    return min(measured, key=lambda found: (found.meters, found.neighborhood.code))


def map_version(*, viewer: Viewer, agency: Agency) -> str:
    """Changes when the map of the agency's neighborhoods does: a redrawn boundary is a new row."""
    rows = rules.visible_neighborhoods(viewer).filter(agency=agency).order_by("pk").values_list("pk", "name")
    return hashlib.sha256(repr([(str(key), name) for key, name in rows]).encode()).hexdigest()[:32]


def boundaries_of(*, viewer: Viewer, agency: Agency) -> Sequence[Neighborhood]:
    """All neighborhoods of `agency` with their boundaries, by code: for maps and exports."""
    return list(
        rules.visible_neighborhoods(viewer).filter(agency=agency).select_related("agency").order_by("code", "pk")
    )
