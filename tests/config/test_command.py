import subprocess
import sys

import pytest

from lecen.config.command import main


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
