"""`lecen analyze PLAN.yaml`: a study from its plan to files that can be handed on; needs neither Django nor a database."""

import csv
import io
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from lecen.kernel.drawing import Line, draw, line_chart_spec
from lecen.kernel.typesetting import PLAIN, typeset
from lecen.science.errors import ScienceError
from lecen.science.plans import Plan, fingerprint, panel_of, read_plan
from lecen.science.studies import StudyResult, Table, run_study
from lecen.science.studies.result import Chart

MEGABYTE = 2**20
MOST_BYTES = {"plan": MEGABYTE, "data": 500 * MEGABYTE}
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so
REPORT, VERDICT = "report.pdf", "verdict.txt"
UNPRINTABLE = "could not be displayed with font"
INDEPENDENT = "LECEN computed this from the plan and the data file named here; no agency has endorsed it."


def analyze(plan_file: Path, data_folder: Path | None, out: Path | None, console: Console) -> int:
    """Run the plan in `plan_file` on its data file, which lies in `data_folder` or beside it, and write the results.

    They go to a folder named after the plan and the first digits of the SHA-256 of plan and data, inside `out` or beside
    the plan, so that results of a plan or of data changed later never replace the earlier ones. Raises `ScienceError`
    and `OSError`.
    """
    written = _read(plan_file, "plan")
    plan = read_plan(_text(written, "plan"))
    prints = {"plan": fingerprint(written)}
    panel = None
    if plan.data is not None:
        content = _read((data_folder or plan_file.parent) / plan.data.file, "data")
        prints["data"] = fingerprint(content)
        panel = panel_of(plan, _rows(content))
    result = run_study(plan, panel)
    files = dict(_files(plan, result, prints))
    folder = (out or plan_file.parent) / "-".join((plan_file.stem, *(print_[:8] for print_ in prints.values())))
    _put(folder, files)
    for text in (_verdict_text(plan, result, prints), f"Written to {folder}"):
        console.print(text, soft_wrap=True, markup=False, emoji=False)
    if REPORT not in files:
        console.print(f"No {REPORT}: its fonts lack letters that the plan or the data hold. The rest is whole.")
    return 0


def _read(path: Path, kind: str) -> bytes:
    if kind == "data" and path.exists() and not path.is_file():
        raise ScienceError(f"The data file {path} is no ordinary file.")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES[kind] + 1)
    if len(content) > MOST_BYTES[kind]:
        raise ScienceError(f"The {kind} file has more than {MOST_BYTES[kind] // MEGABYTE} MB.")
    return content


def _text(content: bytes, kind: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScienceError(f"The {kind} file is not UTF-8 text: byte {error.start} cannot be read.") from None


def _rows(content: bytes) -> Iterator[dict[str, str | None]]:
    """The rows of a data file. Raises `ScienceError` where it is no table of one header and rows as wide."""
    _text(content, "data")  # refuses other encodings before any row is taken
    reader = csv.DictReader(io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=""), strict=True)
    number = 1
    try:
        columns = [unicodedata.normalize("NFC", column).strip() for column in reader.fieldnames or ()]
        _require_columns(columns)
        reader.fieldnames = columns
        for number, row in enumerate(reader, start=2):
            if None in row:
                raise ScienceError(
                    f"Row {number} of the data file has more fields than the header: a comma in a name needs quotes."
                )
            yield row
    except csv.Error as error:
        raise ScienceError(f"The data file is not CSV after row {number}: {error}.") from None


def _require_columns(columns: Sequence[str]) -> None:
    if twice := [column for column, times in Counter(columns).items() if column and times > 1]:
        raise ScienceError(f"The header of the data file names the column {twice[0]!r} twice.")
    if len(columns) == 1 and (marks := [mark for mark in (";", "\t", "|") if mark in columns[0]]):
        raise ScienceError(f"The data file has fields divided by {marks[0]!r}; divide them by commas.")


def _files(plan: Plan, result: StudyResult, prints: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Every file of the results; the verdict last, so that where it stands the others are whole."""
    for table in result.tables:
        yield f"{_slug(table.title)}.csv", _csv(table).encode()
    drawing = None if result.chart is None else draw(_drawing(result.chart))
    if drawing is not None:
        yield "chart.svg", drawing.encode()
    parts = list(_parts(plan, result, prints, drawing))
    data = {"header": INDEPENDENT, "footer": f"Plan {prints['plan'][:16]}", "parts": parts}
    try:
        yield REPORT, typeset(PLAIN, data, title=plan.title, language="en")
    except RuntimeError as error:
        if UNPRINTABLE not in str(error):
            raise
    yield VERDICT, _verdict_text(plan, result, prints).encode()


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Take an earlier verdict away first, so that one never stands beside files of another run; put the new one last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (VERDICT, REPORT):
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        _write(folder / name, content)


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place whole: a reader never meets half of it, nor does another run at the same time."""
    half = path.with_name(f".{path.name}.{os.getpid()}.half")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _verdict_text(plan: Plan, result: StudyResult, prints: dict[str, str]) -> str:
    lines = [plan.title, plan.question, "", f"Verdict: {result.verdict}.", result.sentence, ""]
    lines += [*result.arithmetic, ""] if result.arithmetic else []
    lines += ["What the rule asks:"]
    lines += [
        f"- {'met' if one.met else 'NOT met'}: {one.asked}. Found: {one.found.rstrip('.')}." for one in result.criteria
    ]
    for title, sentences in _lists(plan, result):
        lines += ["", f"{title}:", *(f"- {sentence}" for sentence in sentences)]
    lines += ["", *(f"SHA-256 of the {kind} file: {print_}" for kind, print_ in prints.items())]
    return "\n".join(lines) + "\n"


def _lists(plan: Plan, result: StudyResult) -> Iterator[tuple[str, Sequence[str]]]:
    for title, sentences in (("Warnings", result.warnings), ("Limits", plan.limits), ("Notes", result.notes)):
        if sentences:
            yield title, sentences


def _parts(plan: Plan, result: StudyResult, prints: dict[str, str], drawing: str | None) -> Iterator[dict[str, Any]]:
    yield {"paragraphs": [plan.question]}
    yield {"heading": f"Verdict: {result.verdict}", "paragraphs": [result.sentence, *result.arithmetic]}
    if drawing is not None and result.chart is not None:
        yield {"heading": result.chart.title, "drawing": drawing, "alt": result.chart.description}
    rule = [
        ("What the rule asks", "Found", "Met"),
        *((one.asked, one.found, "yes" if one.met else "no") for one in result.criteria),
    ]
    yield {"heading": "The rule stated before", "rows": rule}
    for title, sentences in _lists(plan, result):
        yield {"heading": title, "paragraphs": list(sentences)}
    for table in result.tables:
        yield {"heading": table.title, "rows": [table.columns, *table.rows]}
    source = [f"Data: {plan.data.source}, {plan.data.file}."] if plan.data else []
    yield {
        "heading": "Where it comes from",
        "paragraphs": source + [f"SHA-256 of the {kind} file: {print_}" for kind, print_ in prints.items()],
    }


def _drawing(chart: Chart) -> dict[str, Any]:
    lines = [Line(track.label, track.points, dashed=not track.observed) for track in chart.tracks]
    return line_chart_spec(
        lines, title=chart.title, description=chart.description, across=chart.across, up=chart.up, since=chart.since
    )


def _csv(table: Table) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [[_safe(cell) for cell in row] for row in (table.columns, *table.rows)]
    )
    return out.getvalue()


def _safe(cell: str) -> str:
    """A cell that is no number and begins like a formula is made text."""
    number = re.fullmatch(r"[-+]?[\d.,]+(e[-+]\d+)?( ?%)?", cell)
    return f"'{cell}" if cell.startswith(RISKY) and not number else cell


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60]
