import csv
import io
from pathlib import Path

import pytest

from lecen.domains.agencies.exchange.tables import AGENCY_COLUMNS, all_errors, read_agencies, write_neighborhoods
from lecen.domains.agencies.queries.neighborhoods import neighborhoods_of
from lecen.kernel.errors import Refused
from tests.factories import NOON, NeighborhoodAssignmentFactory, NeighborhoodFactory

SAMPLE = Path(__file__).parents[2] / "data" / "agencies.csv"
HEADER = ",".join(column.name for column in AGENCY_COLUMNS)
GOOD = "riverbend,Riverbend Police,police,Riverbend,IL,America/Chicago,40,+1 309 555 0100,,,,en,"


def read(*rows, header=HEADER, mark=""):
    return read_agencies(io.BytesIO((mark + "\n".join([header, *rows])).encode()))


def test_the_sample_is_read_whole():
    with SAMPLE.open("rb") as file:
        rows, errors = read_agencies(file)

    assert (len(rows), errors) == (4, [])
    assert rows[0].slug == "lakeport"
    assert (rows[0].values["sworn_officers"], rows[0].values["languages"]) == (1250, ("en", "es", "pl"))


def test_the_columns_in_the_guide_are_those_that_are_read():
    guide = Path("docs/how-to/import-agencies.md").read_text()

    assert [column.name for column in AGENCY_COLUMNS if f"`{column.name}`" not in guide] == []


def test_empty_cells_say_nothing():
    rows, errors = read(GOOD, mark="\ufeff")

    assert errors == []
    assert set(rows[0].values) == {
        "name", "kind", "city", "state", "time_zone", "sworn_officers", "phone", "languages",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("riverbend,", "River Bend,", "slug"),
        ("riverbend,", "new,", "slug"),
        ("police", "navy", "kind"),
        ("IL", "Illinois", "state"),
        ("America/Chicago", "Chicago", "time_zone"),
        (",40,", ",forty,", "sworn_officers"),
        ("+1 309 555 0100", "=HYPERLINK(1)", "phone"),
        (",,,,en,", ",not-mail,,,en,", "email"),
        (",,,,en,", ",,,ftp://x,en,", "complaint_url"),
        (",en,", ",xx,", "languages"),
        (",en,", ",en,chief", "supervisor_email"),
        ("Riverbend Police", "", "name"),
    ],
)
def test_each_wrong_cell_is_named(old, new, column):
    _rows, errors = read(GOOD.replace(old, new, 1))

    assert [(error.row, error.column) for error in errors] == [(2, column)]


def test_all_errors_are_listed_in_the_order_of_the_file():
    _rows, errors = read(GOOD.replace("riverbend", "b c"), GOOD.replace(",40,", ",x,"), GOOD, GOOD)

    assert [(error.row, error.column) for error in errors] == [(2, "slug"), (3, "sworn_officers"), (5, "slug")]
    assert str(all_errors(errors)).count("\n") == 3


def test_wrong_columns_are_refused_as_a_whole():
    with pytest.raises(Refused, match="“town” is not known"):
        read(GOOD, header=HEADER.replace("city", "town"))


def test_neighborhoods_are_written_with_a_row_for_each_contact(agency, resident):
    area = NeighborhoodFactory(agency=agency, code="1", name="=cmd")
    NeighborhoodFactory(agency=agency, code="2", name="Quiet")
    NeighborhoodAssignmentFactory(neighborhood=area, duty="Officer", languages=["en", "es"])
    text = write_neighborhoods(neighborhoods_of(viewer=resident, agency=agency))
    header, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff")))

    day = NOON.date().isoformat()
    assert header[:3] == ["code", "name", "duty"]
    assert rows == [
        ["1", "'=cmd", "Officer", "", "309-555-0142", "", "en es", day, day],
        ["2", "Quiet", "", "", "", "", "", "", day],
    ]
