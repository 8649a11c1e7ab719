"""Writes `neighborhoods_with_defects.geojson`: what is wrong with real files of boundaries, one defect an area.

Run it from the project's folder: `.venv/bin/python tests/data/make_neighborhoods_with_defects.py`.
"""

import json
from pathlib import Path

FILE = Path(__file__).with_name("neighborhoods_with_defects.geojson")
WEST, SOUTH, SIDE = -89.5, 41.2, 0.01


def square(column: int, row: int = 0, *, side: float = SIDE) -> list[list[float]]:
    """A ring around one field of a grid, counterclockwise as RFC 7946 asks."""
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [[round(west + x, 4), round(south + y, 4)] for x, y in corners]


def feature(code: str | None, geometry: dict | None) -> dict:
    return {"type": "Feature", "properties": {"BEAT": "1", "BEAT_NUM": code}, "geometry": geometry}


def polygon(*rings: list) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def collection() -> dict:
    """The whole file, each area with the one thing that its comment names."""
    bow = square(4)
    bow[1], bow[2] = bow[2], bow[1]
    hole = [[round(x + 0.002, 4), round(y + 0.002, 4)] for x, y in square(5, side=0.004)]
    return {
        "type": "FeatureCollection",
        # Older programs write this although it says what every GeoJSON file means.
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [
            feature("101", polygon(square(0))),  # sound
            feature("102", polygon(square(1)[::-1])),  # wound clockwise
            feature("103", polygon(square(2)[:-1])),  # not closed
            feature("104", polygon([[*point, 180.5] for point in square(3)])),  # with heights
            feature("105", polygon(bow)),  # crosses itself
            feature("106", polygon(square(5), hole)),  # the hole runs the wrong way
            feature("107", polygon([[x + 0.002, y] for x, y in square(5, 1)])),  # overlaps the next one
            feature("108", polygon(square(6, 1))),
            feature("109", {"type": "LineString", "coordinates": square(7)}),  # a line
            feature("110", None),  # nothing
            feature("102", polygon(square(8))),  # a code that is there already
            feature(None, polygon(square(9))),  # no code
            feature("113", polygon([[y, x] for x, y in square(10)])),  # latitude first
            feature("114", polygon([[x * 111_000, y * 111_000] for x, y in square(11)])),  # in meters
            feature("115", polygon([square(12)[0]] * 4)),  # a point drawn as an area
            feature("116", polygon([[200.0, 41.2], [200.1, 41.2], [200.1, 41.3], [200.0, 41.2]])),  # nowhere
        ],
    }


def text() -> str:
    return json.dumps(collection(), indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
