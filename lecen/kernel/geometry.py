"""Boundaries on the map as GeoJSON (RFC 7946): repaired, compared, measured, and asked whether they hold a place.

Longitude stands before latitude, in degrees of WGS84. Lengths and areas are those of a flat map around the place,
which for a neighborhood is right to a thousandth.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Boundary = Mapping[str, Any]  # a GeoJSON Polygon or MultiPolygon
METERS_A_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km
SHORTEST_RING = 4
PLANE = 2  # numbers a point has without its height
MOST_CROSSINGS = 1_000  # mending takes time with their square; points out of order soon have a million
LINES_AT_ONCE = 16


@dataclass(frozen=True)
class Box:
    """The smallest upright rectangle around a boundary, in degrees."""

    west: float
    south: float
    east: float
    north: float


class TangledError(ValueError):
    """An outline that crosses itself more often than could be meant, or mended in a reasonable time."""


@dataclass(frozen=True)
class Repair:
    """One kind of thing that was put right; `count` says how many rings or points it concerned."""

    kind: str  # winding, closed, heights, crossing or crumbs
    count: int


@dataclass(frozen=True)
class Repaired:
    boundary: dict[str, Any]  # a valid MultiPolygon, outer rings counterclockwise
    box: Box
    repairs: tuple[Repair, ...]


def repair(boundary: Boundary) -> Repaired:
    """`boundary` as a valid MultiPolygon, with what had to be repaired.

    Takes finite coordinates for granted; raises `ValueError` where it encloses nothing, `TangledError` where it is a
    tangle.
    """
    polygons = boundary["coordinates"] if boundary["type"] == "MultiPolygon" else [boundary["coordinates"]]
    heights = sum(len(point) > PLANE for rings in polygons for ring in rings for point in ring)
    flat = [[[tuple(point[:PLANE]) for point in ring] for ring in rings] for rings in polygons]
    unclosed = sum(ring[:1] != ring[-1:] for rings in flat for ring in rings)
    closed = [[ring if ring[:1] == ring[-1:] else [*ring, ring[0]] for ring in rings] for rings in flat]
    if not all(closed) or any(len(ring) < SHORTEST_RING for rings in closed for ring in rings):
        raise ValueError("A ring needs three different points")
    wound = sum(_is_wound_wrongly(rings) for rings in closed)
    shape, crossing, crumbs = _valid(_shapely().MultiPolygon([(rings[0], rings[1:]) for rings in closed]))
    counts = {"heights": heights, "closed": unclosed, "winding": wound, "crossing": crossing, "crumbs": crumbs}
    return _upright(shape, tuple(Repair(kind, count) for kind, count in counts.items() if count))


def join(boundaries: Sequence[Boundary]) -> Repaired:
    """One boundary around the parts of an area that a file holds as several."""
    return _upright(_shapely().union_all([_shape(boundary) for boundary in boundaries]), ())


def _upright(shape: "BaseGeometry", repairs: tuple[Repair, ...]) -> Repaired:
    oriented = _shapely().orient_polygons(_shapely().MultiPolygon(_parts(shape)))
    return Repaired(_as_json(oriented), Box(*oriented.bounds), repairs)


def _valid(shape: "BaseGeometry") -> tuple["BaseGeometry", int, int]:
    """`shape` without crossings; whether it had any, and how many lines and points had to be left out for it."""
    crossing, crumbs = not shape.is_valid, 0
    if crossing:
        _refuse_tangle(shape)
        # Each polygon by itself: where two overlap, both are meant.
        parts = [part for polygon in _parts(shape) for part in _parts(_shapely().make_valid(polygon))]
        areas = [part for part in parts if part.geom_type == "Polygon" and part.area > 0]
        crumbs = len(parts) - len(areas)
        # Parts that touch along a line would make the whole invalid again.
        shape = _shapely().union_all(areas)
    if not shape.area:
        raise ValueError("The rings enclose nothing")
    return shape, int(crossing), crumbs


def _refuse_tangle(shape: "BaseGeometry") -> None:
    """Count crossings of the lines of `shape` few lines at a time, since all at once may not fit into memory."""
    rings = [ring for polygon in _parts(shape) for ring in (polygon.exterior, *polygon.interiors)]
    lines = _shapely().linestrings([pair for ring in rings for pair in pairwise(ring.coords)])
    tree, crossings = _shapely().STRtree(lines), 0
    for start in range(0, len(lines), LINES_AT_ONCE):
        crossings += tree.query(lines[start : start + LINES_AT_ONCE], predicate="crosses").shape[1]
        if crossings > 2 * MOST_CROSSINGS:  # each is found from both its lines
            raise TangledError("The rings cross themselves too often")


def contains(boundary: Boundary, longitude: float, latitude: float) -> bool:
    """Whether the place lies in `boundary` or on its edge."""
    return bool(_shape(boundary).intersects(_shapely().Point(longitude, latitude)))


def distance_meters(boundary: Boundary, longitude: float, latitude: float) -> float:
    """Meters from the place to the nearest point of `boundary`; 0 inside."""
    place = _shapely().Point(longitude, latitude)
    return float(_flat(_shape(boundary), latitude).distance(_flat(place, latitude)))


def box_distances_meters(box: Box, longitude: float, latitude: float) -> tuple[float, float]:
    """The least and the most that the place can be away from a boundary with this box."""
    scale = math.cos(math.radians(latitude))
    near_x = max(box.west - longitude, 0.0, longitude - box.east) * scale
    near_y = max(box.south - latitude, 0.0, latitude - box.north)
    far_x = max(abs(box.west - longitude), abs(box.east - longitude)) * scale
    far_y = max(abs(box.south - latitude), abs(box.north - latitude))
    return math.hypot(near_x, near_y) * METERS_A_DEGREE, math.hypot(far_x, far_y) * METERS_A_DEGREE


def square_meters(boundary: Boundary) -> float:
    shape = _shape(boundary)
    return float(_flat(shape, shape.centroid.y).area)


def overlaps(boundaries: Sequence[Boundary], *, least_square_meters: float) -> list[tuple[int, int, float]]:
    """Pairs of boundaries that share more than `least_square_meters`, by position in the list, largest first."""
    shapes = [_shape(boundary) for boundary in boundaries]
    if not shapes:
        return []
    firsts, seconds = _shapely().STRtree(shapes).query(shapes, predicate="intersects")
    found = []
    for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True):
        if first < second:
            shared = shapes[first].intersection(shapes[second])
            area = 0.0 if shared.is_empty else float(_flat(shared, shared.centroid.y).area)
            if area > least_square_meters:
                found.append((first, second, area))
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def simplified(boundary: Boundary, *, tolerance_degrees: float = 0.0001, digits: int = 5) -> dict[str, Any]:
    """`boundary` with fewer points, for drawing: off by about ten meters at most unless told otherwise."""
    shape = _shape(boundary).simplify(tolerance_degrees)
    return _rounded(_as_json(shape), digits)


def same(one: Boundary, other: Boundary) -> bool:
    """Whether two repaired boundaries run through the same points, wherever their rings begin."""
    return one == other or bool(_shape(one).normalize().equals_exact(_shape(other).normalize(), 0.0))


def _shapely() -> ModuleType:
    import shapely  # noqa: PLC0415  # lazy: brings numpy; only drawing and finding neighborhoods need it

    return shapely


def _shape(boundary: Boundary) -> "BaseGeometry":
    return _shapely().geometry.shape(boundary)


def _flat(shape: "BaseGeometry", latitude: float) -> "BaseGeometry":
    """`shape` in meters, as on a flat map that is true at `latitude`."""
    across = METERS_A_DEGREE * math.cos(math.radians(latitude))
    return _shapely().transform(shape, lambda points: points * (across, METERS_A_DEGREE))


def _parts(shape: "BaseGeometry") -> list[Any]:
    """All simple parts of `shape`, however deeply collections are nested."""
    inner: Iterable[BaseGeometry] = getattr(shape, "geoms", ())
    return [part for geometry in inner for part in _parts(geometry)] if hasattr(shape, "geoms") else [shape]


def _is_wound_wrongly(rings: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Whether the outer ring of a polygon runs clockwise or a hole runs counterclockwise."""
    return any((_signed_area(ring) < 0) == (index == 0) for index, ring in enumerate(rings) if _signed_area(ring))


def _signed_area(ring: Sequence[tuple[float, float]]) -> float:
    """Twice the area of a closed ring, positive where it runs counterclockwise."""
    x, y = ring[0]  # relative to the first point: far fewer digits are lost
    return sum((one[0] - x) * (two[1] - y) - (two[0] - x) * (one[1] - y) for one, two in pairwise(ring))


def _as_json(shape: "BaseGeometry") -> dict[str, Any]:
    polygons = [part for part in _parts(shape) if part.geom_type == "Polygon"]
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [[list(point) for point in ring.coords] for ring in (part.exterior, *part.interiors)] for part in polygons
        ],
    }


def _rounded(boundary: dict[str, Any], digits: int) -> dict[str, Any]:
    polygons = [
        [[[round(x, digits), round(y, digits)] for x, y in ring] for ring in rings] for rings in boundary["coordinates"]
    ]
    return {"type": boundary["type"], "coordinates": polygons}
