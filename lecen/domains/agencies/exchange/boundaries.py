"""Files of neighborhood boundaries: GeoJSON in, with every repair and refusal named, and out."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from lecen.domains.agencies.logic import (
    LEAST_OVERLAP_SQUARE_METERS,
    SQUARE_METERS_A_SQUARE_KILOMETER,
    Area,
    Finding,
    Reading,
)
from lecen.kernel import geometry
from lecen.kernel.errors import Refused
from lecen.kernel.search import storable
from lecen.kernel.uploads import MEGABYTE, read_text

MOST_BYTES = 20 * MEGABYTE
MOST_AREAS = 5_000
LONGEST_CODE, LONGEST_NAME = 40, 120
LARGEST_NUMBER = 1e9  # in any coordinate system; beyond it, and where there is no number, a point is none
WGS84 = re.compile(r"(CRS:?84|EPSG:{1,2}4326|WGS ?84)$", re.IGNORECASE)
CODE_PROPERTIES = ("code", "beat_num", "beat", "ward", "district", "zone", "sector", "number", "id", "objectid")
NAME_PROPERTIES = ("name", "label", "title", "neighborhood", "beat_name", "area_name")
SAID_WITH_THE_CODE = re.compile(r"^(beat|ward|district|zone|sector|precinct)(?:_|$)", re.IGNORECASE)
# All of the United States but the islands across the date line: longitude here, latitude there.
HOME = ((-180.0, -64.0), (13.0, 72.0))


@dataclass(frozen=True)
class Columns:
    """Which properties of a feature hold its code and its name; without a name the code stands for it."""

    code: str
    name: str = ""

    def name_of(self, properties: Mapping[str, Any], code: str) -> str:
        if self.name:
            return _text(properties.get(self.name)) or code
        kind = SAID_WITH_THE_CODE.match(self.code)
        return f"{kind.group(1).capitalize()} {code}" if kind else code


def read_boundaries(
    stream: IO[bytes],
    *,
    code_property: str = "",
    name_property: str = "",
    join_same_code: bool = False,
    follow: Callable[[Sequence[Any]], Iterable[Any]] = iter,
) -> Reading:
    """Read a GeoJSON FeatureCollection. Refused as a whole where it is none; what is wrong with a row is listed.

    Areas with the same code are refused but for the first, unless `join_same_code` makes them parts of one.
    `follow` wraps the list of features, for a progress bar.
    """
    collection = _parse(stream)
    repairs = [Finding("crs")] if _has_harmless_crs(collection) else []
    columns = _columns(collection["features"], code_property, name_property)
    areas: dict[str, Area] = {}
    refusals: list[Finding] = []
    for row, feature in enumerate(follow(collection["features"]), 1):
        area, found = _read_feature(row, feature, columns)
        first = areas.get(area.code) if area else None
        if area is None:
            refusals += found
        elif first is None:
            areas[area.code] = area
            repairs += found
        elif join_same_code:
            areas[area.code] = _joined(first, area)
            repairs += [*found, Finding("joined", row, area.code, {"first": first.row})]
        else:
            refusals.append(Finding("duplicate", row, area.code, {"first": first.row}))
    read = tuple(areas.values())
    return Reading(read, tuple(repairs), tuple(refusals), tuple(_overlaps(read)))


def _joined(first: Area, other: Area) -> Area:
    whole = geometry.join([first.boundary, other.boundary])
    return replace(first, boundary=whole.boundary, box=whole.box)


def _parse(stream: IO[bytes]) -> dict[str, Any]:
    """The collection in `stream`, whose size is asked before anything is read."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > MOST_BYTES:
        raise Refused(
            _("The file has %(size)s; at most %(limit)s can be read. Simplify the boundaries or split the file.")
            % {"size": filesizeformat(size), "limit": filesizeformat(MOST_BYTES)},
            field="file",
        )
    text = read_text(stream, max_bytes=MOST_BYTES)
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(
            _("This is not JSON: line %(line)d cannot be read. Export the file again as GeoJSON.")
            % {"line": error.lineno},
            field="file",
        ) from None
    except RecursionError:
        raise Refused(_("This is not GeoJSON: its brackets are nested too deeply."), field="file") from None
    except ValueError:  # Python reads no number of more than some thousand digits
        raise Refused(
            _("This is JSON, but not a GeoJSON FeatureCollection. Export the boundaries as GeoJSON."), field="file"
        ) from None
    return _checked(collection)


def _checked(collection: Any) -> dict[str, Any]:
    found = collection.get("type") if isinstance(collection, dict) else None
    if found == "Topology":
        raise Refused(_("This is TopoJSON. Export the boundaries as GeoJSON instead."), field="file")
    if found != "FeatureCollection" or not isinstance(collection.get("features"), list):
        raise Refused(
            _("This is JSON, but not a GeoJSON FeatureCollection. Export the boundaries as GeoJSON."), field="file"
        )
    if not collection["features"]:
        raise Refused(_("The file holds no areas. Export it again with all neighborhoods."), field="file")
    if len(collection["features"]) > MOST_AREAS:
        raise Refused(
            _("The file holds %(count)d areas; at most %(limit)d can be read.")
            % {"count": len(collection["features"]), "limit": MOST_AREAS},
            field="file",
        )
    return collection


def _has_harmless_crs(collection: Mapping[str, Any]) -> bool:
    """Whether the file names WGS84, as older ones do; any other system is refused."""
    crs = collection.get("crs")
    if crs is None:
        return False
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not WGS84.search(name):
        raise Refused(
            _("The file uses the coordinate system “%(name)s”. Export it again as WGS84 (EPSG:4326).")
            % {"name": name or _("unnamed")},
            field="file",
        )
    return True


def _columns(features: Sequence[Any], code_property: str, name_property: str) -> Columns:
    """The properties that were named, or else those that look like a code and a name."""
    properties = [_properties(feature) for feature in features]
    present = {str(name): None for row in properties for name in row}
    for wanted in filter(None, (code_property, name_property)):
        if wanted not in present:
            raise _missing_property(wanted, list(present))
    lower = {name.lower(): name for name in reversed(present)}
    likely = [lower[name] for name in CODE_PROPERTIES if name in lower]
    # Chicago has both BEAT, which repeats, and BEAT_NUM, which does not.
    distinct = [name for name in likely if len({_text(row.get(name)) for row in properties}) == len(properties)]
    code = code_property or next(iter(distinct + likely), "") or name_property
    name = name_property or next((lower[name] for name in NAME_PROPERTIES if name in lower), "")
    if not (code or name):
        raise _missing_property("code", list(present))
    return Columns(code=code or name, name=name)


def _missing_property(wanted: str, present: Sequence[str]) -> Refused:
    if not present:
        return Refused(_("The areas have no properties, so they have neither code nor name. Add them."), field="file")
    return Refused(
        _("No area has a property “%(wanted)s”. The file has: %(present)s. Say which one is the code.")
        % {"wanted": wanted, "present": ", ".join(present[:20])},
        field="code_property",
    )


def _properties(feature: Any) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(storable(str(value)).split())


def _read_feature(row: int, feature: Any, columns: Columns) -> tuple[Area | None, list[Finding]]:
    code = _text(_properties(feature).get(columns.code))
    name = columns.name_of(_properties(feature), code)

    def refused(kind: str, **values: Any) -> tuple[None, list[Finding]]:
        return None, [Finding(kind, row, code[:LONGEST_CODE], values)]

    if not code:
        return refused("no_code", property=columns.code)
    for text, limit, column in ((code, LONGEST_CODE, columns.code), (name, LONGEST_NAME, columns.name)):
        if len(text) > limit:
            return refused("too_long", property=column, limit=limit)
    fault = _fault(feature)
    if fault:
        kind, values = fault
        return refused(kind, **values)
    try:
        repaired = geometry.repair(feature["geometry"])
    except geometry.TangledError:
        return refused("tangled")
    except ValueError:
        return refused("no_area")
    done = [Finding(repair.kind, row, code, {"count": repair.count}) for repair in repaired.repairs]
    return Area(row, code, name, repaired.boundary, repaired.box), done


def _fault(feature: Any) -> tuple[str, dict[str, Any]] | None:
    """What keeps a feature from being an area on earth; None if nothing does."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return "not_feature", {}
    shape = feature.get("geometry")
    if not isinstance(shape, dict) or not shape.get("coordinates"):
        return "no_geometry", {}
    if not any(shape.get("type") == kind for kind in ("Polygon", "MultiPolygon")):  # it may be a list, without a hash
        return "not_area", {"type": _text(shape.get("type"))[:40]}
    rings = _rings(shape)
    if rings is None or not all(_is_point(point) for ring in rings for point in ring):
        return "not_coordinates", {}
    for longitude, latitude in (point[:2] for ring in rings for point in ring):
        kind = _misplaced(longitude, latitude)
        if kind:
            return kind, {"longitude": f"{longitude:g}", "latitude": f"{latitude:g}"}
    return None


def _rings(shape: Mapping[str, Any]) -> list[list[Any]] | None:
    coordinates = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    if not isinstance(coordinates, list) or not all(isinstance(rings, list) and rings for rings in coordinates):
        return None
    rings = [ring for polygon in coordinates for ring in polygon]
    return rings if all(isinstance(ring, list) for ring in rings) else None


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) >= 2  # noqa: PLR2004 - longitude and latitude
        and all(isinstance(value, int | float) and not isinstance(value, bool) for value in point[:2])
        and all(abs(value) < LARGEST_NUMBER for value in point[:2])
    )


def _misplaced(longitude: float, latitude: float) -> str:
    in_range = abs(longitude) <= 180 and abs(latitude) <= 90  # noqa: PLR2004 - degrees
    if _at_home(latitude, longitude) and not (in_range and _at_home(longitude, latitude)):
        return "swapped"
    if in_range:
        return ""
    return "projected" if max(abs(longitude), abs(latitude)) > 400 else "out_of_range"  # noqa: PLR2004 - no angle


def _at_home(longitude: float, latitude: float) -> bool:
    return all(low <= value <= high for value, (low, high) in zip((longitude, latitude), HOME, strict=True))


def _overlaps(areas: Sequence[Area]) -> list[Finding]:
    found = geometry.overlaps([area.boundary for area in areas], least_square_meters=LEAST_OVERLAP_SQUARE_METERS)
    return [
        Finding(
            "overlap",
            areas[one].row,
            areas[one].code,
            {
                "first": areas[one].name,
                "second": areas[two].name,
                "square_kilometers": f"{area / SQUARE_METERS_A_SQUARE_KILOMETER:.4f}",
            },
        )
        for one, two, area in found
    ]


def feature(area: Any, *, url: str = "", simple: bool = False) -> dict[str, Any]:
    """One neighborhood, or area under review, as a GeoJSON feature; `simple` where it is only drawn."""
    boundary = geometry.simplified(area.boundary) if simple else area.boundary
    properties = {"code": area.code, "name": area.name} | ({"url": url} if url else {})
    return {"type": "Feature", "properties": properties, "geometry": boundary}


def collection(features: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, separators=(",", ":"))
