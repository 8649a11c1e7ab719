"""Tables as CSV files: read with an error at each row that has one, written so that no spreadsheet runs a cell."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import IO, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.kernel.columns import FORMULA, TextColumn
from lecen.kernel.errors import Refused
from lecen.kernel.uploads import MEGABYTE, read_text

BYTE_ORDER_MARK = "\ufeff"  # without it, Excel reads UTF-8 as something else
SEPARATORS = (",", ";", "\t")
FIRST_ROW = 2  # as a spreadsheet numbers them: the names of the columns are row 1


@dataclass(frozen=True)
class Row:
    """The values of one row by column name; None where an optional cell is empty."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass(frozen=True)
class Remark:
    """What is wrong, or worth knowing, about one cell; `column` is empty where it is about the whole row."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        if not self.column:
            return _("Row %(row)d: %(message)s") % {"row": self.row, "message": self.message}
        return _("Row %(row)d, column “%(column)s”: %(message)s") % {
            "row": self.row,
            "column": self.column,
            "message": self.message,
        }


@dataclass
class Table:
    """`rows` are those without an error, `errors` say what keeps the others out, `notes` how cells were understood."""

    rows: list[Row] = field(default_factory=list)
    errors: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def read_csv(
    stream: IO[bytes],
    columns: Sequence[TextColumn],
    *,
    key: Sequence[str] = (),
    max_rows: int = 10_000,
    max_bytes: int = 5 * MEGABYTE,
) -> Table:
    """Read a CSV file with a header. No two rows may agree in all the columns named by `key`.

    Refused as a whole where it is no UTF-8 text, its columns are wrong or it exceeds `max_rows` or `max_bytes`;
    whatever is wrong inside a row is in the table's `errors`.
    """
    header, cells = _parse(read_text(stream, max_bytes=max_bytes), columns)
    if len(cells) > max_rows:
        raise Refused(
            _("The file has %(count)d rows; at most %(limit)d can be read at once. Split it.")
            % {"count": len(cells), "limit": max_rows},
            field="file",
        )
    return _read_rows(cells, header, columns, key)


def _parse(text: str, columns: Sequence[TextColumn]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, checked, and the rows that are not blank with their numbers."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, columns), strict=True)
    try:
        header = [name.strip() for name in next(records, [])]
        _check_header([name for name in header if name], columns)
        return header, [
            (number, record) for number, record in enumerate(records, FIRST_ROW) if any(map(str.strip, record))
        ]
    except csv.Error:
        raise Refused(
            _("Line %(line)d cannot be read: its quotation marks do not match.") % {"line": records.line_num},
            field="file",
        ) from None


def _separator(text: str, columns: Sequence[TextColumn]) -> str:
    """The separator that finds the most of the expected names in the first line."""
    first = text.partition("\n")[0]
    expected = {column.name.casefold() for column in columns}
    found = {sign: {cell.strip(' "\r').casefold() for cell in first.split(sign)} for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: (len(found[sign] & expected), len(found[sign])))


def _check_header(header: Sequence[str], columns: Sequence[TextColumn]) -> None:
    """Refuse wrong columns, all of them in one message, each with the name that was probably meant."""
    expected = {column.name.casefold(): column for column in columns}
    present = [name.casefold() for name in header]
    missing = [column.name for name, column in expected.items() if column.required and name not in present]
    absent = [name for name in expected if name not in present]
    faults = []
    for name in dict.fromkeys(header):
        if name.casefold() not in expected:
            near = get_close_matches(name.casefold().replace("_", " "), absent, n=1, cutoff=0.5)
            faults.append(
                _("“%(name)s” is not known (did you mean “%(near)s”?).")
                % {"name": name, "near": expected[near[0]].name}
                if near
                else _("“%(name)s” is not known.") % {"name": name}
            )
    if missing:
        names = get_text_list([f"“{name}”" for name in missing], _("and"))
        faults.append(ngettext("%(names)s is missing.", "%(names)s are missing.", len(missing)) % {"names": names})
    faults += [
        _("“%(name)s” is there twice.") % {"name": name}
        for index, name in enumerate(header)
        if name.casefold() in present[:index]
    ]
    if faults:
        raise Refused(
            _("The columns of the file are not right: %(faults)s") % {"faults": " ".join(faults)}, field="file"
        )


def _read_rows(
    cells: Sequence[tuple[int, list[str]]], header: Sequence[str], columns: Sequence[TextColumn], key: Sequence[str]
) -> Table:
    table = Table()
    places = {name.casefold(): index for index, name in enumerate(header) if name}
    seen: dict[tuple[Any, ...], int] = {}
    for number, record in cells:
        if any(cell.strip() for cell in record[len(header) :]):
            message = _("There are more cells than columns. Is a separator missing its quotation marks?")
            table.errors.append(Remark(number, "", message))
            continue
        written = {
            column.name: record[place].strip()
            if (place := places.get(column.name.casefold(), -1)) in range(len(record))
            else ""
            for column in columns
        }
        row = _read_row(number, written, columns, table)
        if row is not None and not _is_duplicate(row, key, seen, table):
            table.rows.append(row)
    return table


def _read_cell(column: TextColumn, written: Mapping[str, str]) -> Any:
    text = written[column.name]
    if text:
        return column.read(text, written)
    if column.required:
        raise Refused(_("This cell is empty. Fill it in."))
    return None


def _read_row(number: int, written: Mapping[str, str], columns: Sequence[TextColumn], table: Table) -> Row | None:
    values: dict[str, Any] = {}
    for column in columns:
        try:
            value = _read_cell(column, written)
        except Refused as refused:
            table.errors.append(Remark(number, column.name, str(refused)))
            continue
        values[column.name] = value
        if value is not None and (note := column.note(value)):
            table.notes.append(Remark(number, column.name, note))
    return Row(number, values) if len(values) == len(columns) else None


def _is_duplicate(row: Row, key: Sequence[str], seen: dict[tuple[Any, ...], int], table: Table) -> bool:
    if not key:
        return False
    values = tuple(value.casefold() if isinstance(value, str) else value for value in (row[name] for name in key))
    first = seen.setdefault(values, row.number)
    if first == row.number:
        return False
    message = _("The same as row %(first)d. Keep one of them.") % {"first": first}
    table.errors.append(Remark(row.number, ", ".join(key), message))
    return True


def guard(value: Any) -> Any:
    """`value` as a cell: text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else value


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file for spreadsheets: byte order mark, CRLF after each row, no cell that runs."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([guard(name) for name in columns])
    writer.writerows([guard(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()
