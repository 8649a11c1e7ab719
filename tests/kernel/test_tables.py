import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel.columns import DateColumn, IntegerColumn, LocalDatetimeColumn, TextColumn
from lecen.kernel.errors import Refused
from lecen.kernel.tables import Remark, Row, read_csv, write_csv

COLUMNS = (TextColumn("name"), DateColumn("day"), IntegerColumn("seats", required=False))
PICNIC = {"name": "Picnic", "day": date(2026, 6, 30), "seats": 50}


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def read(text: str, columns=COLUMNS, *, encoding="utf-8", **options):
    return read_csv(BytesIO(text.encode(encoding)), columns, **options)


def refusal(text: str, **options) -> str:
    with pytest.raises(Refused) as refused:
        read(text, **options)
    return refused.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_read_csv_understands_marks_separators_and_line_ends(encoding, separator, line):
    text = line.join(separator.join(cells) for cells in [("Name", "DAY", "seats"), ("Picnic", "2026-06-30", "50"), ()])

    table = read(text, encoding=encoding)

    assert (table.rows, table.errors) == ([Row(2, PICNIC)], [])


def test_read_csv_takes_columns_in_any_order_and_optional_ones_left_out():
    table = read("day,name\n2026-06-30,Picnic\n")

    assert table.rows == [Row(2, PICNIC | {"seats": None})]


def test_read_csv_counts_rows_as_a_spreadsheet_does():
    table = read('name,day\n\n"Picnic\nin the park",2026-06-30\n,,\nMarch,soon\n')

    assert [row.number for row in table.rows] == [3]
    assert [str(error) for error in table.errors] == [
        "Row 5, column “day”: “soon” is not a date. Write it as 2026-06-30 or 6/30/2026."
    ]


def test_read_csv_names_all_wrong_columns_in_one_message():
    assert refusal("nmae,color,seats,Seats\nPicnic,red,1,2\n") == (
        "The columns of the file are not right: “nmae” is not known (did you mean “name”?). “color” is not known. "
        "“name” and “day” are missing. “Seats” is there twice."
    )


def test_read_csv_refuses_another_encoding_with_advice():
    assert refusal("name,day\nReunión,2026-06-30\n", encoding="cp1252").endswith(
        "In a spreadsheet, choose “Save as” and then “CSV UTF-8”."
    )


def test_read_csv_reports_every_error_and_keeps_the_good_rows():
    table = read("name,day,seats\n=1+1,2026-06-30,x\nPicnic,2026-06-30,50\n,2026-06-31,\na,b,c,d\n")

    assert table.rows == [Row(3, PICNIC)]
    assert [(error.row, error.column) for error in table.errors] == [
        (2, "name"),
        (2, "seats"),
        (4, "name"),
        (4, "day"),
        (5, ""),
    ]
    assert str(table.errors[-1]).startswith("Row 5: There are more cells than columns.")


def test_read_csv_names_both_rows_of_a_duplicate():
    table = read("name,day\nPicnic,2026-06-30\nPicnic,2026-07-01\nPICNIC,6/30/2026\n", key=("name", "day"))

    assert [row.number for row in table.rows] == [2, 3]
    assert table.errors == [Remark(4, "name, day", "The same as row 2. Keep one of them.")]


def test_read_csv_notes_how_a_cell_was_understood():
    table = read("starts\n2026-11-01 01:30\n", [LocalDatetimeColumn("starts", zone="America/Chicago")])

    message = "On November 1, 2026 clocks show 1:30 a.m. twice; the first of the two is meant."
    assert table.notes == [Remark(2, "starts", message)]


def test_read_csv_refuses_too_many_rows_and_bytes():
    text = "name,day\n" + "Picnic,2026-06-30\n" * 3

    assert refusal(text, max_rows=2) == "The file has 3 rows; at most 2 can be read at once. Split it."
    assert refusal(text, max_bytes=10) == "The file is larger than 10\xa0bytes. Choose a smaller one."


def test_read_csv_refuses_quotation_marks_that_do_not_match():
    assert refusal('name,day\n"Picnic,2026-06-30\n') == "Line 2 cannot be read: its quotation marks do not match."


def test_write_csv_guards_formulas_and_speaks_to_excel():
    text = write_csv(["name", "seats"], [["=1+1", -5], ["Reunión, Núñez", None], ["@sum", 0]])

    assert text == "\ufeffname,seats\r\n'=1+1,-5\r\n\"Reunión, Núñez\",\r\n'@sum,0\r\n"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), max_size=5))
def test_write_csv_and_read_csv_are_inverse(texts):
    texts = [text.strip() for text in texts]
    written = write_csv(["number", "name"], enumerate(texts))

    table = read(written.removeprefix("\ufeff"), [IntegerColumn("number"), TextColumn("name", required=False)])

    assert [(row["number"], row["name"] or "") for row in table.rows] == list(enumerate(texts))
    assert table.errors == []


@given(st.text())
def test_write_csv_lets_no_text_begin_as_a_formula(text):
    written = next(csv.reader(StringIO(write_csv([text], []).removeprefix("\ufeff"), newline="")), [""])[0]

    assert written[:1] not in tuple("=+-@\t\r")
