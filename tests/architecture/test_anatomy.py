"""One file name, one role, in every area; and tests stand where the code stands."""

import re
from pathlib import Path

import pytest

from tests.architecture.reading import AREAS, LAYERS, ROOT

MODULES = LAYERS - {"middleware", "adapters"} | {"__init__"}
PACKAGES = {"models", "views", "services", "queries", "forms", "exchange"}
FOLDERS = {"templates", "documents", "migrations"}
# Sign-in is done by allauth, which asks for adapters, and by a middleware that asks for the second factor.
ALSO = {"accounts": {"middleware", "adapters"}}
NOWHERE = {"utils", "util", "helpers", "helper", "common", "misc"}
# Not a mirror of one module: journeys cross all areas, the rest looks at the whole.
ACROSS = {"journeys", "architecture", "bench"}


def strangers(area: Path) -> list[str]:
    """What stands in an area's folder and has no place in its anatomy."""
    allowed = MODULES | ALSO.get(area.name, set())
    faults = []
    for path in sorted(area.iterdir()):
        if path.name == "__pycache__":
            continue
        fits = path.name in PACKAGES | FOLDERS if path.is_dir() else path.suffix == ".py" and path.stem in allowed
        if not fits:
            faults.append(path.name)
    return faults


def catch_alls(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in sorted(root.rglob("*")) if path.stem in NOWHERE]


def mirrored(test: Path, root: Path) -> bool:
    """Whether `tests/a/test_b_c.py` names `lecen/a/b_c.py`, `lecen/a/b/c.py`, a part of `lecen/a/b.py`, or a folder."""
    folder = root / "lecen" / test.relative_to(root / "tests").parent
    if (folder / test.stem.removeprefix("test_")).is_dir():
        return True
    words = test.stem.removeprefix("test_").split("_")
    if any(
        (folder / Path("_".join(words[:cut])) / f"{'_'.join(words[cut:])}.py").exists() for cut in range(1, len(words))
    ):
        return True
    return any((folder / f"{'_'.join(words[:cut])}.py").exists() for cut in range(1, len(words) + 1))


def orphans(root: Path) -> list[str]:
    tests = sorted((root / "tests").rglob("test_*.py"))
    own = [test for test in tests if test.relative_to(root / "tests").parts[0] not in ACROSS]
    return [str(test.relative_to(root)) for test in own if not mirrored(test, root)]


def test_the_areas_are_those_of_the_contract():
    folders = {path.name for path in (ROOT / "lecen" / "domains").iterdir() if (path / "__init__.py").exists()}

    assert folders == set(AREAS)


@pytest.mark.parametrize("area", AREAS)
def test_an_area_holds_its_anatomy_and_says_what_it_is_for(area):
    folder = ROOT / "lecen" / "domains" / area

    assert strangers(folder) == []
    assert re.match(r'"""\S', (folder / "__init__.py").read_text())


def test_nothing_is_a_catch_all():
    assert catch_alls(ROOT / "lecen") + catch_alls(ROOT / "tests") == []


def test_tests_mirror_the_code():
    assert orphans(ROOT) == []


def plant(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()


def test_a_module_without_a_place_is_found(tmp_path):
    plant(tmp_path, "library/models.py", "library/views/resources.py", "library/signals.py", "library/static/a.js")
    plant(tmp_path, "library/rules/resources.py", "library/adapters.py", "accounts/adapters.py")

    assert strangers(tmp_path / "library") == ["adapters.py", "rules", "signals.py", "static"]
    assert strangers(tmp_path / "accounts") == []


def test_a_catch_all_is_found(tmp_path):
    plant(tmp_path, "kernel/utils.py", "kernel/misc/a.py", "kernel/audit.py")

    assert catch_alls(tmp_path) == ["kernel/misc", "kernel/utils.py"]


def test_a_test_of_nothing_is_found(tmp_path):
    plant(tmp_path, "lecen/domains/engagement/services/events.py", "lecen/kernel/audit.py", "lecen/kernel/web_page.py")
    plant(tmp_path, "tests/domains/engagement/test_services_events.py", "tests/kernel/test_audit_seals.py")
    plant(tmp_path, "tests/kernel/test_web_page.py", "tests/journeys/test_resident.py")
    plant(tmp_path, "tests/domains/engagement/test_services_plans.py", "tests/kernel/test_gone.py")

    assert orphans(tmp_path) == ["tests/domains/engagement/test_services_plans.py", "tests/kernel/test_gone.py"]
