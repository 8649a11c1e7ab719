import os
import subprocess
import sys

import pytest

from lecen.config.command import main
from lecen.config.platform import offered_commands

PATHS = ["analyze", *(command.path for command in offered_commands())]


def test_command_without_words_shows_its_use(capsys):
    with pytest.raises(SystemExit) as end:
        main([])

    assert (end.value.code, "usage: lecen" in capsys.readouterr().err) == (2, True)


def test_unknown_file_is_told_without_a_traceback(db, capsys):
    code = main(["import", "agencies", "/nowhere/agencies.csv"])

    assert (code, capsys.readouterr().err) == (2, "Cannot read /nowhere/agencies.csv: No such file or directory\n")


def test_command_runs_without_keys_or_a_database():
    done = subprocess.run(
        [sys.executable, "-m", "lecen.config.command", "--help"], env={}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, "migrate" in done.stdout) == (0, True)


@pytest.mark.parametrize("path", PATHS)
def test_each_command_says_what_it_is_for(path, capsys):
    with pytest.raises(SystemExit) as end:
        main([*path.split(), "--help"])

    said = capsys.readouterr().out
    assert (end.value.code, f"usage: lecen {path}" in said) == (0, True)


@pytest.mark.parametrize("words", [["nonsense"], ["import"], ["import", "agencies"], ["tick", "--twice"]])
def test_a_command_used_wrongly_ends_with_two(words, capsys):
    with pytest.raises(SystemExit) as end:
        main(words)

    assert (end.value.code, "Traceback" in capsys.readouterr().err) == (2, False)


def test_a_file_of_another_kind_is_refused_without_a_traceback(db, tmp_path, capsys):
    file = tmp_path / "agencies.csv"
    file.write_bytes(b"MZ\x90\x00\x03")
    code = main(["import", "agencies", str(file)])

    said = capsys.readouterr().err
    assert (code, said.startswith("Refused: This is not a text file."), "Traceback" in said) == (2, True, False)


def test_a_database_that_is_not_there_is_told_without_a_traceback(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "LECEN_VAR": str(tmp_path / "nowhere"),
        "DJANGO_SETTINGS_MODULE": "lecen.config.settings",
    }
    command = [sys.executable, "-m", "lecen.config.command", "audit", "verify"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "Not ready: unable to open database file\n")
