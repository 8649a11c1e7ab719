"""`lecen import …` as an operator runs it, also where it is killed in the middle."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from lecen.config.command import build_parser
from lecen.domains.agencies.commands import COMMANDS
from lecen.domains.agencies.models import Agency, Neighborhood, NeighborhoodImport
from lecen.kernel.errors import Refused
from tests.data import make_neighborhoods_with_defects as defects

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "tests" / "data" / "agencies.csv"


def run(*arguments):
    """The exit code of a command and what it said."""
    said = io.StringIO()
    chosen = build_parser(COMMANDS).parse_args([str(argument) for argument in arguments])
    code = chosen.command.run(chosen, Console(file=said, width=200))
    return code, said.getvalue()


def neighborhoods(*more):
    return run("import", "neighborhoods", defects.FILE, "--agency", "riverbend", *more)


def test_a_dry_run_reports_everything_and_writes_nothing(agency):
    code, said = neighborhoods("--dry-run")

    assert (code, NeighborhoodImport.objects.count()) == (1, 0)
    assert "Refused area 9 (109): It is a LineString, not an area." in said
    assert "Overlap area 7 (107): Beat 107 and Beat 108 overlap by 0.1860 km²." in said
    assert "8 new, 0 redrawn, 0 renamed, 0 unchanged, 0 to end" in said


def test_without_being_told_to_publish_a_preview_is_kept(agency):
    code, said = neighborhoods()

    assert (code, Neighborhood.objects.count()) == (0, 0)
    assert NeighborhoodImport.objects.get().get_absolute_url() in said


def test_where_areas_were_refused_somebody_decides(agency):
    assert neighborhoods("--publish")[0] == 1
    assert Neighborhood.objects.count() == 0
    assert neighborhoods("--publish", "--leave-out-refused")[0] == 0
    assert Neighborhood.objects.count() == 8


def test_running_it_twice_changes_nothing(agency):
    neighborhoods("--publish", "--leave-out-refused")
    before = set(Neighborhood.objects.values_list("pk", "valid_until")), NeighborhoodImport.objects.count()
    code, said = neighborhoods("--publish", "--leave-out-refused")

    assert (code, "already published: nothing to do" in said) == (0, True)
    assert (set(Neighborhood.objects.values_list("pk", "valid_until")), NeighborhoodImport.objects.count()) == before


def test_an_agency_or_file_that_is_not_there_is_said(agency, tmp_path):
    with pytest.raises(Refused, match="There is no agency “x”"):
        run("import", "neighborhoods", defects.FILE, "--agency", "x")
    with pytest.raises(FileNotFoundError):
        run("import", "neighborhoods", tmp_path / "none.geojson", "--agency", "riverbend")


def test_agencies_are_imported_once(db):
    assert "4 agencies can be imported" in run("import", "agencies", SAMPLE, "--dry-run")[1]
    assert Agency.objects.count() == 0
    assert "4 added, 0 updated, 0 unchanged" in run("import", "agencies", SAMPLE)[1]
    assert "0 added, 0 updated, 4 unchanged" in run("import", "agencies", SAMPLE)[1]


def test_one_wrong_row_keeps_all_agencies_out(db, tmp_path):
    file = tmp_path / "agencies.csv"
    file.write_text(SAMPLE.read_text().replace("America/Phoenix", "Phoenix").replace(",62,", ",many,"))

    with pytest.raises(Refused) as refusal:
        run("import", "agencies", file)
    assert str(refusal.value).count("Row ") == 2
    assert Agency.objects.count() == 0


@pytest.mark.data
def test_the_beats_of_chicago_become_neighborhoods(agency, real_data):
    file = real_data / "geography" / "chicago_beats.geojson"
    assert run("import", "neighborhoods", file, "--agency", "riverbend", "--publish", "--join-same-code")[0] == 0

    assert Neighborhood.objects.count() == 275
    assert Neighborhood.objects.get(code="1713").name == "Beat 1713"


# --- Killed in the middle --------------------------------------------------------------------------------------------
MANY = 600


@pytest.fixture
def installation(tmp_path):
    """An installation of its own on a SQLite file, with one agency and a file of many areas."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "LECEN_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lecen.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    many = [
        {
            "type": "Feature",
            "properties": {"code": f"{number}"},
            "geometry": defects.polygon(defects.square(number % 30, number // 30)),
        }
        for number in range(MANY)
    ]
    (tmp_path / "many.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": many}))
    lecen = [sys.executable, "-m", "lecen.config.command"]
    for command in (["migrate"], ["import", "agencies", str(SAMPLE)]):
        subprocess.run([*lecen, *command], env=environment, cwd=tmp_path, check=True, capture_output=True)
    publish = [*lecen, "import", "neighborhoods", str(tmp_path / "many.geojson"), "--agency", "lakeport", "--publish"]
    return tmp_path, environment, publish


def in_force(database):
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT count(*) FROM agencies_neighborhood WHERE valid_until IS NULL").fetchone()[0]


def kill_while_it_writes(database, process, *, after="agencies_agency"):
    """Wait for a row in `after`, then for the lock of the transaction that writes; then kill -9."""
    connection = sqlite3.connect(database, timeout=0, isolation_level=None)
    while process.poll() is None:
        if connection.execute(f"SELECT count(*) FROM {after}").fetchone()[0]:
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError:
                break
        time.sleep(0.001)
    process.kill()
    connection.close()
    return process.wait()


def test_killed_while_it_publishes_nothing_is_half_imported(installation):
    folder, environment, publish = installation
    database = folder / "lecen.sqlite3"
    with subprocess.Popen(publish, env=environment, cwd=folder, stderr=subprocess.DEVNULL) as process:
        assert kill_while_it_writes(database, process, after="agencies_neighborhoodimport") == -9

    assert in_force(database) == 0
    done = subprocess.run(publish, env=environment, cwd=folder, check=False, capture_output=True, text=True)
    assert (done.returncode, in_force(database)) == (0, MANY), done.stderr


def agencies_in(database):
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT count(*) FROM agencies_agency").fetchone()[0]


def test_killed_while_it_adds_agencies_none_is_added(installation):
    folder, environment, publish = installation
    header, first, *_others = SAMPLE.read_text().splitlines()
    rows = [first.replace("lakeport", f"lakeport-{number}", 1) for number in range(MANY)]
    (folder / "agencies.csv").write_text("\n".join([header, *rows]))
    add = [*publish[:3], "import", "agencies", str(folder / "agencies.csv")]
    before = agencies_in(folder / "lecen.sqlite3")

    with subprocess.Popen(add, env=environment, cwd=folder, stderr=subprocess.DEVNULL) as process:
        assert kill_while_it_writes(folder / "lecen.sqlite3", process) == -9
    assert agencies_in(folder / "lecen.sqlite3") == before

    subprocess.run(add, env=environment, cwd=folder, check=True, capture_output=True)
    assert agencies_in(folder / "lecen.sqlite3") == before + MANY
