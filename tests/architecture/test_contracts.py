"""The contracts of the import linter hold, and each of them can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.reading import AREAS, ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def lint(root: Path) -> tuple[int, str]:
    """How `lint-imports` ends for the tree in `root`, and what it says."""
    environment = os.environ | {"PYTHONPATH": str(root), "COLUMNS": "200"}
    done = subprocess.run([LINT, "--no-cache"], cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.fixture
def tree(tmp_path):
    """A small platform that keeps every contract: the floors and all areas, one module each."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    folders = ["lecen", *(f"lecen/{floor}" for floor in ("config", "domains", "kernel", "science"))]
    for folder in [*folders, *(f"lecen/domains/{area}" for area in AREAS)]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    return tmp_path


def test_the_contracts_are_kept():
    code, said = lint(ROOT)

    assert code == 0, said


def test_a_tree_that_keeps_the_contracts_passes(tree):
    (tree / "lecen/domains/engagement/services.py").write_text("from lecen.domains.agencies import models")
    (tree / "lecen/domains/agencies/models.py").write_text("import lecen.kernel")

    assert lint(tree)[0] == 0


@pytest.mark.parametrize(
    ("file", "code", "broken"),
    [
        ("kernel/audit.py", "import lecen.domains.accounts", "The floors"),
        ("science/disclosure.py", "import lecen.kernel", "The floors"),
        ("science/disclosure.py", "import django.db", "Science"),
        ("domains/agencies/models.py", "import lecen.domains.engagement", "The areas"),
        ("domains/library/helpers.py", "", "The anatomy"),
        ("domains/library/models.py", "from lecen.domains.library import services", "The anatomy"),
    ],
)
def test_a_broken_contract_is_found(tree, file, code, broken):
    (tree / "lecen/domains/library/services.py").touch()
    (tree / "lecen" / file).write_text(code)

    code, said = lint(tree)

    assert code == 1
    assert [line for line in said.splitlines() if line.startswith(broken) and "BROKEN" in line] != []
