"""`lecen analyze`, from a plan and a data file to files that can be handed on."""

import csv
import hashlib
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
import yaml
from pypdf import PdfReader

from lecen.config import analysis
from lecen.config.command import main
from tests.science.plans.test_schema import CLAIM, STUDY
from tests.science.studies.test_synthetic import made_rows

COLUMNS = ("city", "year", "robberies")
PLAN = STUDY | {
    "data": {"file": "cities.csv", "source": "Made up", "unit": "city", "period": "year"},
    "outcomes": {"robberies": {"column": "robberies", "unit": "a year"}},
    "periods": {"first": 1990, "last": 2012},
    "treated": [{"unit": "Northport", "since": 2005, "what": "foot patrols"}],
    "exclude": [],
    "limits": ["Made-up data."],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "patrols.yaml").write_text(yaml.safe_dump(PLAN))
    with (folder / "cities.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(made_rows(effect=12.0))
    return folder


@pytest.fixture(scope="module")
def results(folder):
    assert main(["analyze", str(folder / "patrols.yaml")]) == 0
    plan, data = (
        hashlib.sha256((folder / name).read_bytes()).hexdigest()[:8] for name in ("patrols.yaml", "cities.csv")
    )
    return folder / f"patrols-{plan}-{data}"


def test_results_hold_verdict_tables_chart_and_report(results):
    assert sorted(path.name for path in results.iterdir()) == [
        "chart.svg",
        "donors-by-weight.csv",
        "every-specification.csv",
        "observed-and-synthetic.csv",
        "report.pdf",
        "verdict.txt",
    ]


def test_the_verdict_names_the_plan_and_the_data_by_their_hashes(folder, results):
    said = (results / "verdict.txt").read_text()
    prints = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("patrols.yaml", "cities.csv")]

    assert "Verdict: established by the rule stated before." in said
    assert [line[-64:] for line in said.splitlines() if line.startswith("SHA-256")] == prints


def test_the_chart_has_a_title_and_a_description(results):
    drawing = ET.parse(results / "chart.svg").getroot()

    assert drawing[0].text == "Northport: robberies (a year)"
    assert drawing[1].text.startswith("Two lines by period.")


def test_the_report_can_be_read_aloud_and_holds_the_plans_hash(folder, results):
    reader = PdfReader(results / "report.pdf")
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"]) is True
    assert "Verdict: established by the rule stated before" in text
    assert hashlib.sha256((folder / "patrols.yaml").read_bytes()).hexdigest() in text.replace(" ", "")


def test_the_table_can_be_read_by_programs(results):
    with (results / "observed-and-synthetic.csv").open() as file:
        rows = list(csv.DictReader(file))

    assert (len(rows), rows[0]["Period"]) == (23, "1990")
    assert float(rows[-1]["Difference"]) == pytest.approx(-12, abs=2)


def test_the_same_plan_gives_the_same_files(folder, results):
    before = {path.name: path.read_bytes() for path in results.iterdir()}
    main(["analyze", str(folder / "patrols.yaml")])

    assert {path.name: path.read_bytes() for path in results.iterdir()} == before


def test_a_changed_plan_leaves_earlier_results_alone(folder, results, tmp_path):
    (tmp_path / "patrols.yaml").write_text(yaml.safe_dump(PLAN | {"title": "Another"}))
    main(["analyze", str(tmp_path / "patrols.yaml"), "--data", str(folder), "--out", str(tmp_path / "out")])

    (other,) = (tmp_path / "out").iterdir()
    assert other.name != results.name
    assert "Another" in (other / "verdict.txt").read_text()


def test_a_claim_needs_no_data_and_no_chart(tmp_path, capsys):
    (tmp_path / "claim.yaml").write_text(yaml.safe_dump(CLAIM))

    assert main(["analyze", str(tmp_path / "claim.yaml")]) == 0
    assert "Verdict: a claim; not replicable with the data at hand." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ("plan: 1", "Refused: title: is missing."),
        ("a: [", "Refused: The plan is not YAML"),
        ("\x00", "Refused: The plan is not YAML"),
        (yaml.safe_dump(PLAN | {"data": PLAN["data"] | {"file": "none.csv"}}), "Cannot read"),
    ],
)
def test_what_cannot_be_run_is_said_and_leaves_nothing_behind(plan, message, tmp_path, capsys):
    (tmp_path / "plan.yaml").write_text(plan)

    assert main(["analyze", str(tmp_path / "plan.yaml")]) == 2
    said = capsys.readouterr().err
    assert (message in said, "Traceback" in said) == (True, False)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_data_file_that_is_no_text_is_refused(tmp_path, capsys):
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(PLAN))
    (tmp_path / "cities.csv").write_bytes(b"city,year\n\xff\xfe")

    assert main(["analyze", str(tmp_path / "plan.yaml")]) == 2
    assert "The data file is not UTF-8 text: byte 10" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("city,year,robberies", "city,year,city"), "names the column 'city' twice"),
        (lambda text: text.replace(",", ";"), "has fields divided by ';'; divide them by commas"),
        (lambda text: text.replace("C7,", "Seven, D.C.,"), "more fields than the header: a comma in a name"),
        (lambda text: text + '"open', "The data file is not CSV after row"),
        (lambda text: text + "x" * 200_000, "The data file is not CSV after row"),
        (lambda text: text.replace("C7,", "C\x007,"), "the unit holds the character U+0000"),
    ],
)
def test_a_data_file_that_is_no_table_is_refused(change, message, folder, tmp_path, capsys):
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(PLAN))
    (tmp_path / "cities.csv").write_text(change((folder / "cities.csv").read_text()))

    assert main(["analyze", str(tmp_path / "plan.yaml")]) == 2
    assert message in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 2


def test_letters_that_the_fonts_lack_cost_the_report_alone(tmp_path, capsys):
    (tmp_path / "claim.yaml").write_text(yaml.safe_dump(CLAIM | {"title": "\u6771\u4eac"}))

    assert main(["analyze", str(tmp_path / "claim.yaml")]) == 0
    assert "No report.pdf: its fonts lack letters" in capsys.readouterr().err
    (results,) = tmp_path.glob("claim-*")
    assert sorted(path.name for path in results.iterdir()) == ["the-claim.csv", "verdict.txt"]


def test_a_run_that_dies_leaves_no_verdict_beside_other_files(tmp_path, monkeypatch):
    (tmp_path / "claim.yaml").write_text(yaml.safe_dump(CLAIM))
    main(["analyze", str(tmp_path / "claim.yaml")])
    monkeypatch.setattr(analysis, "_write", lambda path, content: sys.exit("died"))
    with pytest.raises(SystemExit):
        main(["analyze", str(tmp_path / "claim.yaml")])

    assert list(tmp_path.glob("claim-*/verdict.txt")) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "claim.yaml").write_text(yaml.safe_dump(CLAIM))

    assert main(["analyze", str(tmp_path / "claim.yaml"), "--out", str(tmp_path / "claim.yaml")]) == 2
    assert "Cannot read or write" in capsys.readouterr().err


def test_small_numbers_stay_numbers_in_tables():
    assert [analysis._safe(cell) for cell in ("+1.2e-05", "-3", "+5 %", "=1+1", "-x", "@a")] == [
        "+1.2e-05",
        "-3",
        "+5 %",
        "'=1+1",
        "'-x",
        "'@a",
    ]


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(folder, tmp_path):
    text = (folder / "cities.csv").read_text().replace("C7,", "=C7()|x,")
    (tmp_path / "cities.csv").write_text(text)
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(PLAN))
    main(["analyze", str(tmp_path / "plan.yaml")])
    cells = [
        cell
        for path in tmp_path.glob("plan-*/*.csv")
        for row in csv.reader(path.read_text().splitlines())
        for cell in row
    ]

    assert [cell for cell in cells if cell.startswith("=")] == []


def test_an_analysis_needs_no_django(tmp_path):
    (tmp_path / "claim.yaml").write_text(yaml.safe_dump(CLAIM))
    code = f"""
import sys
from lecen.config.command import main
code = main(["analyze", {str(tmp_path / "claim.yaml")!r}])
print(code, "django" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], env={}, capture_output=True, text=True, check=False)

    assert done.stdout == "0 False\n", done.stderr
