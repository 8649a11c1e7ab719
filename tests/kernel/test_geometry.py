"""Boundaries: repaired as RFC 7946 asks, measured in meters, exact at their edges."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel import geometry
from lecen.kernel.geometry import Box, Repair

RIGHT = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]  # counterclockwise
WRONG = RIGHT[::-1]
HOLE = [[0.5, 0.5], [0.5, 1], [1, 1], [1, 0.5], [0.5, 0.5]]  # clockwise


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def signed_area(ring):
    return sum(one[0] * two[1] - two[0] * one[1] for one, two in pairwise(ring)) / 2


def test_a_sound_polygon_becomes_a_multipolygon_and_needs_no_repair():
    repaired = geometry.repair(polygon(RIGHT, HOLE))

    assert repaired.repairs == ()
    assert repaired.box == Box(0, 0, 2, 2)
    assert repaired.boundary["type"] == "MultiPolygon"
    assert [signed_area(ring) for ring in repaired.boundary["coordinates"][0]] == [4, -0.25]


@pytest.mark.parametrize(
    ("rings", "repair"),
    [
        ([WRONG], Repair("winding", 1)),
        ([RIGHT, HOLE[::-1]], Repair("winding", 1)),
        ([RIGHT[:-1]], Repair("closed", 1)),
        ([[[*point, 180.5] for point in RIGHT]], Repair("heights", 5)),
        ([[[0, 0], [2, 2], [2, 0], [0, 2.0001], [0, 0]]], Repair("crossing", 1)),
    ],
)
def test_a_defect_is_repaired_and_named(rings, repair):
    repaired = geometry.repair(polygon(*rings))

    assert repair in repaired.repairs
    assert geometry.repair(repaired.boundary).repairs == ()
    assert geometry.repair(repaired.boundary).boundary == repaired.boundary


def test_a_figure_of_eight_keeps_both_halves():
    eight = geometry.repair(polygon([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]))

    assert len(eight.boundary["coordinates"]) == 2
    assert geometry.contains(eight.boundary, 0.1, 1)
    assert not geometry.contains(eight.boundary, 1, 0.1)


def test_a_spike_is_dropped_as_a_crumb():
    spiked = geometry.repair(polygon([[0, 0], [2, 0], [2, 1], [5, 1], [2, 1], [2, 2], [0, 2], [0, 0]]))

    assert spiked.box == Box(0, 0, 2, 2)
    assert Repair("crumbs", 1) in spiked.repairs


@pytest.mark.parametrize("rings", [[], [[]], [[[0, 0], [1, 1]]], [[[0, 0], [1, 1], [2, 2], [0, 0]]]])
def test_what_encloses_nothing_is_refused(rings):
    with pytest.raises(ValueError):
        geometry.repair(polygon(*rings))


@pytest.mark.parametrize(
    ("place", "inside"), [((1.5, 1.5), True), ((0, 1), True), ((2, 2), True), ((0.7, 0.7), False), ((3, 1), False)]
)
def test_a_boundary_holds_its_inside_and_its_edge_and_not_its_hole(place, inside):
    assert geometry.contains(polygon(RIGHT, HOLE), *place) is inside


def test_lengths_and_areas_are_in_meters():
    # A hundredth of a degree at 41.2 north: 1112 m up, 837 m across.
    west, south = -89.5, 41.2
    small = polygon([[west + x, south + y] for x, y in [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)]])

    assert round(geometry.square_meters(small) / 1000) == 930
    assert round(geometry.distance_meters(small, west, south - 0.01)) == 1112
    assert round(geometry.distance_meters(small, west - 0.01, south)) == 837
    assert geometry.distance_meters(small, west + 0.005, south) == 0


def test_overlaps_are_listed_with_their_area_and_a_shared_edge_is_none():
    squares = [polygon([[x, 0], [x + 0.01, 0], [x + 0.01, 0.01], [x, 0.01], [x, 0]]) for x in (0.0, 0.009, 0.019, 0.5)]

    assert [(one, two, round(area, -3)) for one, two, area in geometry.overlaps(squares, least_square_meters=100)] == [
        (0, 1, 1236000.0 / 10 // 1000 * 1000 + 1000)
    ]
    assert geometry.overlaps([], least_square_meters=100) == []


def test_parts_of_one_area_are_joined_and_overlapping_parts_are_filled():
    apart = polygon([[5, 0], [6, 0], [6, 1], [5, 1], [5, 0]])
    across = polygon([[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]])
    joined = geometry.join([polygon(RIGHT), apart])

    assert (len(joined.boundary["coordinates"]), joined.box) == (2, Box(0, 0, 6, 2))
    two = {"type": "MultiPolygon", "coordinates": [polygon(RIGHT)["coordinates"], across["coordinates"]]}
    assert geometry.contains(geometry.repair(two).boundary, 1.5, 1.5)
    assert geometry.join([polygon(RIGHT), across]).boundary == geometry.repair(two).boundary


def test_a_boundary_is_the_same_wherever_its_ring_begins():
    turned = polygon([*RIGHT[2:], *RIGHT[1:3]])

    assert geometry.same(polygon(RIGHT), turned)
    assert not geometry.same(polygon(RIGHT), polygon(RIGHT, HOLE))


def test_a_boundary_for_drawing_has_fewer_points_and_digits():
    wavy = polygon([*([x / 1000, 0.00001 * (x % 2)] for x in range(100)), [0.1, 0.1], [0, 0.1], [0, 0]])
    drawn = geometry.simplified(wavy)

    assert len(drawn["coordinates"][0][0]) < 10
    assert all(round(value, 5) == value for point in drawn["coordinates"][0][0] for value in point)


degrees = st.floats(-3, 5, allow_nan=False)


@given(degrees, degrees)
def test_the_box_never_misleads_about_distance(longitude, latitude):
    shape = polygon([[0, 0], [2, 0], [1, 1], [0, 2], [0, 0]])
    least, most = geometry.box_distances_meters(geometry.repair(shape).box, longitude, latitude)

    assert least - 0.001 <= geometry.distance_meters(shape, longitude, latitude) <= most + 0.001


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=4, max_size=9))
def test_any_ring_is_refused_or_becomes_sound(points):
    try:
        repaired = geometry.repair(polygon([list(point) for point in points]))
    except ValueError:
        return
    assert geometry.repair(repaired.boundary).repairs == ()


@pytest.mark.data
def test_the_beats_of_chicago_are_all_wound_the_wrong_way_and_otherwise_sound(real_data):
    file = real_data / "geography" / "chicago_beats.geojson"
    features = json.loads(file.read_text())["features"]
    repaired = [geometry.repair(feature["geometry"]) for feature in features]

    assert len(repaired) == 277
    assert {repair.kind for one in repaired for repair in one.repairs} == {"winding"}
    assert all(one.repairs for one in repaired)
