from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from lecen.config.command import build_parser
from lecen.domains.engagement.commands import COMMANDS
from lecen.domains.engagement.models import Event
from lecen.kernel.errors import Refused

SAMPLE = Path(__file__).parents[2] / "data" / "events.csv"


def run(*words: str) -> tuple[int, str]:
    console = Console(file=StringIO(), width=400)
    chosen = build_parser(COMMANDS).parse_args(["import", "events", *words])
    return chosen.command.run(chosen, console), console.file.getvalue()


def test_a_file_becomes_drafts_once(agency):
    first = run(str(SAMPLE), "--agency", "riverbend")
    Event.objects.filter(place="Café Luna").update(place="Café Sol")
    second = run(str(SAMPLE), "--agency", "riverbend")

    assert (first, second) == (
        (0, "3 draft(s) made, 0 known already and left as they are.\n"),
        (0, "0 draft(s) made, 3 known already and left as they are.\n"),
    )
    assert sorted(Event.objects.values_list("state", "place")) == [
        ("draft", "Café Sol"),
        ("draft", "Lincoln Park"),
        ("draft", "Public library"),
    ]


def test_a_dry_run_writes_nothing(agency):
    code, said = run(str(SAMPLE), "--agency", "riverbend", "--dry-run")

    assert (code, said, Event.objects.count()) == (0, "3 event(s) can be imported. Nothing was written.\n", 0)


def test_one_bad_row_keeps_the_whole_file_out(agency, tmp_path):
    bad = tmp_path / "events.csv"
    bad.write_text(SAMPLE.read_text().replace("2027-08-03 17:30", "2027-03-14 02:30"))

    code, said = run(str(bad), "--agency", "riverbend")

    assert (code, Event.objects.count()) == (1, 0)
    assert "Row 4, column “starts”" in said
    assert "Nothing was imported: 1 fault(s)." in said


def test_an_unknown_agency_is_refused(agency):
    with pytest.raises(Refused, match="nowhere"):
        run(str(SAMPLE), "--agency", "nowhere")
