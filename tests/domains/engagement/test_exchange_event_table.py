from io import BytesIO
from pathlib import Path

import pytest

from lecen.domains.engagement.exchange.event_table import event_key, read_events
from lecen.kernel.errors import Refused
from lecen.kernel.tables import Remark
from lecen.kernel.viewer import SYSTEM
from tests.factories import NeighborhoodFactory

SAMPLE = Path(__file__).parents[2] / "data" / "events.csv"
HEADER = "key,title_en,purpose_en,kind,starts,ends,place,neighborhoods,access"
RIGHT = "a,Coffee,To talk,social,2027-06-05 09:00,2027-06-05 11:00,Café,,"


def read(agency, *lines: str, header: str = HEADER):
    return read_events(BytesIO("\n".join([header, *lines]).encode()), agency=agency, viewer=SYSTEM)


def faults(table) -> list[tuple[int, str]]:
    return [(remark.row, remark.column) for remark in table.errors]


def test_the_sample_is_right(agency):
    with SAMPLE.open("rb") as stream:
        table = read_events(stream, agency=agency, viewer=SYSTEM)

    assert (table.errors, table.notes) == ([], [])
    assert [(str(draft.title), draft.kind, draft.starts_at.isoformat()) for draft in table.drafts] == [
        ("Coffee with an officer", "social", "2027-06-05T09:00:00-05:00"),
        ("Listening session on Mill Street", "meeting", "2027-06-17T18:00:00-05:00"),
        ("National Night Out in Riverbend", "celebration", "2027-08-03T17:30:00-05:00"),
    ]
    assert table.drafts[2].access == ("restroom", "sign_language", "quiet_room")
    assert table.drafts[0].title.in_language("es") == "Café con un oficial"


def test_a_row_names_neighborhoods_of_the_agency(agency):
    beat = NeighborhoodFactory(agency=agency, code="R1")
    NeighborhoodFactory(code="X9")

    table = read(
        agency, RIGHT.replace("Café,,", "Café,r1,"), RIGHT.replace("a,", "b,", 1).replace("Café,,", "Café,X9,")
    )

    assert table.drafts[0].neighborhoods == (beat,)
    assert table.errors == [Remark(3, "neighborhoods", "“X9” is not known here.")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (RIGHT.replace("2027-06-05 09:00", "2027-03-14 02:30"), "starts"),
        (RIGHT.replace("2027-06-05 11:00", "2027-06-05 08:00"), "ends"),
        (RIGHT.replace("Coffee", "=HYPERLINK(1)"), "title_en"),
        (RIGHT.replace("social", "party"), "kind"),
        (RIGHT.replace("Café", ""), "place"),
        (RIGHT.replace("Café,,", "Café,,elevator"), "access"),
    ],
)
def test_a_fault_is_named_by_row_and_column(agency, line, column):
    table = read(agency, RIGHT.replace("a,", "other,", 1), line)

    assert faults(table) == [(3, column)]
    assert len(table.drafts) == 1


def test_a_key_stands_once(agency):
    assert faults(read(agency, RIGHT, RIGHT.replace("a,", "A,", 1))) == [(3, "key")]


def test_a_byte_order_mark_is_no_part_of_the_first_name(agency):
    assert len(read(agency, RIGHT, header=f"\ufeff{HEADER}").drafts) == 1


def test_wrong_columns_refuse_the_file(agency):
    with pytest.raises(Refused, match="did you mean “starts”"):
        read(agency, RIGHT, header=HEADER.replace("starts", "start"))


def test_an_hour_that_comes_twice_is_noted(agency):
    twice = RIGHT.replace("2027-06-05 09:00", "2027-11-07 01:30").replace("2027-06-05 11:00", "2027-11-07 04:00")

    assert [(note.row, note.column) for note in read(agency, twice).notes] == [(2, "starts")]


def test_a_key_is_the_same_event_at_the_same_agency_only(agency, other_agency):
    assert event_key(agency, "June") == event_key(agency, "june")
    assert event_key(agency, "june") != event_key(other_agency, "june")
