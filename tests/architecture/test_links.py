"""Links point to one's own and to earlier areas; links upward arrive as panels and menu items, the kernel names none."""

import re
from pathlib import Path

from tests.architecture.reading import AREAS, ROOT, modules

URL_NAME = re.compile(rf"""["']({"|".join(AREAS)}):[a-z][a-z0-9-]*["']""")


def reach(area: str | None) -> tuple[str, ...]:
    """The areas whose pages may be named in `area`; None is the kernel."""
    return AREAS[: AREAS.index(area) + 1] if area else ()


def upward_links(text: str, area: str | None) -> list[str]:
    return [match.group()[1:-1] for match in URL_NAME.finditer(text) if match.group(1) not in reach(area)]


def area_of(path: Path) -> str | None:
    parts = path.relative_to(ROOT).parts
    return parts[2] if parts[1] == "domains" else None


def test_code_links_to_no_later_area():
    below_config = [
        module for module in modules() if module.area or module.name.startswith(("lecen.kernel", "lecen.science"))
    ]
    found = {module.name: upward_links(module.code, module.area) for module in below_config}

    assert {name: links for name, links in found.items() if links} == {}


def test_templates_link_to_no_later_area():
    templates = [
        path for path in sorted((ROOT / "lecen").rglob("templates/**/*")) if path.suffix in {".html", ".txt", ".xml"}
    ]
    found = {str(path.relative_to(ROOT)): upward_links(path.read_text(), area_of(path)) for path in templates}

    assert {name: links for name, links in found.items() if links} == {}


def test_a_link_upward_is_found_in_code_and_templates():
    assert upward_links('reverse("engagement:event-detail") + reverse("agencies:agency-detail")', "agencies") == [
        "engagement:event-detail"
    ]
    assert upward_links("{% url 'site:home' %} {% url 'accounts:sign-in' %}", "accounts") == ["site:home"]
    assert upward_links("redirect('accounts:sign-in')", None) == ["accounts:sign-in"]
