"""Files of boundaries: what is repaired, what is refused and in which words."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.domains.agencies.exchange import boundaries
from lecen.domains.agencies.exchange.boundaries import read_boundaries
from lecen.kernel.errors import Refused
from tests.data import make_neighborhoods_with_defects as defects

DATA = Path(__file__).parents[2] / "data"
SQUARE = [[-89.5, 41.2], [-89.4, 41.2], [-89.4, 41.3], [-89.5, 41.3], [-89.5, 41.2]]


def feature(geometry=None, **properties):
    return {
        "type": "Feature",
        "properties": properties or {"code": "1", "name": "One"},
        "geometry": geometry or {"type": "Polygon", "coordinates": [SQUARE]},
    }


def read(*features, **options):
    more = options.pop("members", {})
    return read_text(json.dumps({"type": "FeatureCollection", "features": list(features)} | more), **options)


def read_text(text, **options):
    return read_boundaries(io.BytesIO(text.encode()), **options)


@pytest.fixture(scope="module")
def reading():
    with defects.FILE.open("rb") as file:
        return read_boundaries(file)


def test_the_file_of_defects_is_what_its_script_writes():
    assert defects.FILE.read_text() == defects.text()


def test_repairs_are_named_row_by_row(reading):
    assert [(found.row, found.code, found.kind) for found in reading.repairs] == [
        (0, "", "crs"),
        (2, "102", "winding"),
        (3, "103", "closed"),
        (4, "104", "heights"),
        (5, "105", "crossing"),
        (6, "106", "winding"),
    ]


def test_refusals_are_named_row_by_row(reading):
    assert [(found.row, found.code, found.kind) for found in reading.refusals] == [
        (9, "109", "not_area"),
        (10, "110", "no_geometry"),
        (11, "102", "duplicate"),
        (12, "", "no_code"),
        (13, "113", "swapped"),
        (14, "114", "projected"),
        (15, "115", "no_area"),
        (16, "116", "out_of_range"),
    ]


def test_what_is_left_can_be_published_and_overlaps_are_listed(reading):
    assert [area.code for area in reading.areas] == ["101", "102", "103", "104", "105", "106", "107", "108"]
    assert [(found.code, str(found)) for found in reading.overlaps] == [
        ("107", "Beat 107 and Beat 108 overlap by 0.1860 km².")
    ]


def test_points_out_of_order_are_refused_and_not_mended_for_hours():
    tangle = [[-89.5 + row * 0.618 % 1, 41.2 + row * 0.414 % 1] for row in range(2_000)]
    reading = read(feature({"type": "Polygon", "coordinates": [tangle]}, code="1"), feature(code="2"))

    assert [area.code for area in reading.areas] == ["2"]
    assert [str(found) for found in reading.refusals] == [
        "Its outline crosses itself too many times to be mended. Are its points in the right order?"
    ]


def test_every_finding_can_be_said(reading):
    said = [str(found) for found in (*reading.repairs, *reading.refusals, *reading.overlaps)]

    assert all(sentence.endswith((".", "map.")) for sentence in said)
    assert "It is a LineString, not an area. Only polygons and multipolygons can be neighborhoods." in said


def test_parts_with_the_same_code_are_joined_only_when_asked():
    other = {"type": "Polygon", "coordinates": [[[x + 1, y] for x, y in SQUARE]]}
    parts = [feature(code="1", name="One"), feature(other, code="1", name="One")]
    joined = read(*parts, join_same_code=True)

    assert [found.kind for found in read(*parts).refusals] == ["duplicate"]
    assert (len(joined.areas), joined.refusals, [found.kind for found in joined.repairs]) == (1, (), ["joined"])
    assert len(joined.areas[0].boundary["coordinates"]) == 2
    assert joined.areas[0].box.east == -88.4


@pytest.mark.parametrize(
    ("properties", "options", "code", "name"),
    [
        ({"code": "7", "name": "Old  Town "}, {}, "7", "Old Town"),
        ({"BEAT": "1", "BEAT_NUM": "1713"}, {}, "1713", "Beat 1713"),
        ({"WARD": 12.0}, {}, "12", "Ward 12"),
        ({"Name": "Riverside"}, {}, "Riverside", "Riverside"),
        ({"code": "7", "name": None}, {}, "7", "7"),
        ({"a": "x", "b": "y"}, {"code_property": "b"}, "y", "y"),
        ({"a": "x", "b": "y"}, {"code_property": "b", "name_property": "a"}, "y", "x"),
    ],
)
def test_code_and_name_are_found(properties, options, code, name):
    # A second area, so that BEAT repeats and BEAT_NUM does not.
    other = {key: "1" if key == "BEAT" else "other" for key in properties}
    area = read(feature(**properties), feature(**other), **options).areas[0]

    assert (area.code, area.name) == (code, name)


def test_signs_that_no_database_keeps_are_left_out():
    reading = read_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "1\\u0000", '
        '"name": "Old\\ud800 Town"}, "geometry": {"type": "Poly\\u0000", "coordinates": [1]}}]}'
    )

    assert [(found.code, found.values) for found in reading.refusals] == [("1", {"type": "Poly"})]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty. Choose another one."),
        ("lon,lat\n1,2", "This is not JSON: line 1 cannot be read. Export the file again as GeoJSON."),
        ('{"type": "Topology"}', "This is TopoJSON. Export the boundaries as GeoJSON instead."),
        (
            "[1, 2]",
            "This is JSON, but not a GeoJSON FeatureCollection. Export the boundaries as GeoJSON.",
        ),
        (
            '{"type": "FeatureCollection", "features": []}',
            "The file holds no areas. Export it again with all neighborhoods.",
        ),
        (
            '{"type": "FeatureCollection", "features": [{"type": "Feature"}]}',
            "The areas have no properties, so they have neither code nor name. Add them.",
        ),
        ("1" * 5_000, "This is JSON, but not a GeoJSON FeatureCollection. Export the boundaries as GeoJSON."),
        ("[" * 100_000, "This is not GeoJSON: its brackets are nested too deeply."),
    ],
)
def test_a_file_that_is_no_geojson_is_refused_in_a_sentence(text, said):
    with pytest.raises(Refused) as refusal:
        read_text(text)
    assert (str(refusal.value), refusal.value.field) == (said, "file")


def test_a_property_that_is_missing_is_refused_with_those_that_are_there():
    with pytest.raises(Refused) as refusal:
        read(feature(shape="x", size="y"))
    assert str(refusal.value) == (
        "No area has a property “code”. The file has: shape, size. Say which one is the code."
    )
    with pytest.raises(Refused, match="No area has a property “BEAT”"):
        read(feature(), code_property="BEAT")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_the_old_way_to_say_wgs84_is_dropped(name):
    reading = read(feature(), members={"crs": {"type": "name", "properties": {"name": name}}})

    assert [found.kind for found in reading.repairs] == ["crs"]


@pytest.mark.parametrize("crs", [{"properties": {"name": "EPSG:3435"}}, {"properties": None}, "EPSG:26916"])
def test_another_coordinate_system_is_refused(crs):
    with pytest.raises(Refused, match="Export it again as WGS84"):
        read(feature(), members={"crs": crs})


def test_a_byte_order_mark_does_no_harm():
    text = "\ufeff" + json.dumps({"type": "FeatureCollection", "features": [feature()]})

    assert len(read_text(text).areas) == 1


def test_a_file_of_50_mb_is_refused_without_being_read(tmp_path):
    file = tmp_path / "large.geojson"
    with file.open("wb") as large:
        large.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    with file.open("rb") as large, pytest.raises(Refused) as refusal:
        read_boundaries(large)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert str(refusal.value).replace("\xa0", " ") == (
        "The file has 50.0 MB; at most 20.0 MB can be read. Simplify the boundaries or split the file."
    )
    assert peak < 1024 * 1024


def test_too_many_areas_are_refused(monkeypatch):
    monkeypatch.setattr(boundaries, "MOST_AREAS", 1)
    with pytest.raises(Refused, match="The file holds 2 areas; at most 1 can be read"):
        read(feature(), feature())


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": "x"},
        {"type": "Polygon", "coordinates": [1]},
        {"type": "Polygon", "coordinates": [[[1]]]},
        {"type": "Polygon", "coordinates": [[["1", "2"]]]},
        {"type": "Polygon", "coordinates": [[[True, False]]]},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[[10**400, 41.2], *SQUARE[1:]]]},
        {"type": ["Polygon"], "coordinates": [SQUARE]},
        {"type": "GeometryCollection", "geometries": []},
    ],
)
def test_a_malformed_shape_is_refused_and_the_others_stay(geometry):
    reading = read(feature(geometry, code="1"), feature(code="2"))

    assert [area.code for area in reading.areas] == ["2"]
    assert [found.row for found in reading.refusals] == [1]


anything = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(anything, anything, anything)
def test_whatever_a_feature_holds_it_is_read_or_refused(geometry, coordinates, properties):
    rows = [
        {"type": "Feature", "properties": properties, "geometry": geometry},
        feature({"type": "Polygon", "coordinates": coordinates}, code="2"),
        feature(code="3"),
    ]
    reading = read(*rows)

    assert len(reading.areas) + len(reading.refusals) == 3
    assert all(map(str, reading.refusals))


def test_what_is_read_is_written_again_with_all_its_points(reading):
    written = json.loads(boundaries.collection(boundaries.feature(area, url="/x/") for area in reading.areas))
    again = read_text(json.dumps(written))

    assert [(area.code, area.boundary) for area in again.areas] == [
        (area.code, area.boundary) for area in reading.areas
    ]
    assert (again.repairs, written["features"][0]["properties"]) == (
        (),
        {"code": "101", "name": "Beat 101", "url": "/x/"},
    )


@pytest.mark.data
def test_the_beats_of_chicago_are_read_whole(real_data):
    with (real_data / "geography" / "chicago_beats.geojson").open("rb") as file:
        reading = read_boundaries(file, join_same_code=True)

    assert (len(reading.areas), reading.refusals, reading.overlaps) == (275, (), ())
    assert [found.row for found in reading.repairs if found.kind == "joined"] == [56, 264]
    assert sum(found.kind == "winding" for found in reading.repairs) == 277
