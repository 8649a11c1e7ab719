"""Who serves a place: boxes in plain indexed columns against measuring every boundary of the agency.

An agency as large as the largest: 277 beats of 260 points, a grid with wavy edges.
"""

import math
from itertools import pairwise

import pytest

from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.domains.agencies.queries.neighborhoods import Place, neighborhoods_at
from lecen.kernel import geometry
from lecen.kernel.viewer import ANONYMOUS
from tests.factories import AgencyFactory

BEATS, POINTS_A_SIDE, SIDE = 277, 65, 0.02  # 260 points an outline, as Chicago's have on average
WEST, SOUTH = -88.0, 41.6
COLUMNS = 17


def _wavy(column: int, row: int) -> list[list[float]]:
    """An outline around one field of the grid whose sides wave, so that a box alone decides little."""
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = []
    for (x, y), (to_x, to_y) in pairwise(corners):
        for step in range(POINTS_A_SIDE):
            part = step / POINTS_A_SIDE
            wave = 0.08 * math.sin(part * 9)
            along = (x + (to_x - x) * part + (to_y - y) * wave, y + (to_y - y) * part + (to_x - x) * wave)
            ring.append([WEST + (column + along[0]) * SIDE, SOUTH + (row + along[1]) * SIDE])
    return [*ring, ring[0]]


@pytest.fixture
def city(db) -> Agency:
    agency = AgencyFactory()
    rows = []
    for number in range(BEATS):
        shape = {"type": "Polygon", "coordinates": [_wavy(number % COLUMNS, number // COLUMNS)]}
        repaired = geometry.repair(shape)
        box = repaired.box
        rows.append(
            Neighborhood(
                agency=agency,
                code=str(number),
                slug=str(number),
                name=str(number),
                boundary=repaired.boundary,
                west=box.west,
                south=box.south,
                east=box.east,
                north=box.north,
                valid_from="2026-01-01",
            )
        )
    Neighborhood.objects.bulk_create(rows)
    return agency


PLACES = [Place(WEST + (column + 0.5) * SIDE, SOUTH + (column + 0.4) * SIDE) for column in range(10)]


def _by_boxes(agency: Agency, places: list[Place]) -> int:
    found = [neighborhoods_at(viewer=ANONYMOUS, agency=agency, place=place) for place in places]
    return sum(bool(answer.neighborhoods) for answer in found)


def _by_force(agency: Agency, places: list[Place]) -> int:
    """What boxes save: every boundary read and asked."""
    return sum(
        any(geometry.contains(area.boundary, place.longitude, place.latitude) for area in agency.neighborhoods.all())
        for place in places
    )


def bench_ten_places_by_boxes(benchmark, city):
    assert benchmark(_by_boxes, city, PLACES) == len(PLACES)


def bench_ten_places_by_asking_every_boundary(benchmark, city):
    assert benchmark(_by_force, city, PLACES) == len(PLACES)


def bench_a_place_outside_of_all(benchmark, city):
    answer = benchmark(neighborhoods_at, viewer=ANONYMOUS, agency=city, place=Place(WEST - 1, SOUTH))

    assert answer.nearest is not None
