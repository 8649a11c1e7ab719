"""What a template may not hold: code or looks of its own, which the content security policy refuses, and hidden text."""

import re
from pathlib import Path

import pytest

from tests.architecture.reading import ROOT

REFUSED = {
    "inline style": re.compile(r"<style|\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "event attribute": re.compile(r"\s(?:on[a-z]+|hx-on[:\w-]*)\s*="),
    "text in a dynamic attribute, which is not extracted": re.compile(r"""\s:[\w-]+\s*=\s*["']_\("""),
    "text marked safe": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}


def faults(text: str) -> list[str]:
    return [
        f"{text[: match.start()].count(chr(10)) + 1}: {name}"
        for name, bad in REFUSED.items()
        for match in bad.finditer(text)
    ]


def templates() -> list[Path]:
    return sorted((ROOT / "lecen").rglob("templates/**/*.html"))


def test_templates_hold_neither_code_nor_looks():
    found = {str(path.relative_to(ROOT)): faults(path.read_text()) for path in templates()}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>go()</script>", "inline script"),
        ('<script type="module">', "inline script"),
        ('<a onclick="go()">', "event attribute"),
        ('<a hx-on:click="go()">', "event attribute"),
        ("<c-button :label=\"_('Save')\">", "text in a dynamic attribute, which is not extracted"),
        ("{{ text|safe }}", "text marked safe"),
    ],
)
def test_a_template_with_code_or_looks_is_found(text, fault):
    assert faults(f"<p>fine</p>\n{text}") == [f"2: {fault}"]


def test_scripts_from_files_and_data_attributes_are_fine():
    assert (
        faults("""<script src="{% static 'look/site.js' %}" defer></script><p data-once="x" class="usa-tag">""") == []
    )
