"""The base page, the error pages and the components: what a browser and a screen reader get."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from lecen.kernel.web import Page

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "lecen" / "kernel" / "templates"
COMPONENTS = sorted(path.stem.replace("_", "-") for path in (TEMPLATES / "cotton").glob("*.html"))


def render(source: str, **context: object) -> str:
    """What a page that holds `source` shows."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, RequestFactory().get("/list/?kind=coffee"))


def squeezed(html: str) -> str:
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).strip()


@dataclass
class Person:
    name: str = "Rosa Delgado"
    is_person: bool = True


# --- The base page --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_says_its_language(language):
    with translation.override(language):
        html = render('{% extends "base.html" %}')

    assert f'<html lang="{language}">' in html


def test_the_first_link_skips_to_the_content():
    html = render('{% extends "base.html" %}{% block main %}<h1>Hello</h1>{% endblock %}')

    assert re.findall(r"<a [^>]+>", html)[0] == '<a class="skip" href="#main">'
    assert '<main id="main" tabindex="-1">' in html


def test_another_language_is_offered_in_its_own_words():
    languages = [
        {"code": "en", "label": "English", "url": "/list/", "current": True},
        {"code": "es", "label": "Español", "url": "/es/list/", "current": False},
    ]
    html = render('{% include "_header.html" %}', languages=languages)

    assert '<a href="/es/list/" lang="es" hreflang="es">Español</a>' in html
    assert "English" not in html


def test_the_menu_marks_the_page_one_is_on():
    menu = [
        {"label": "Agencies", "url": "/agencies/", "current": True},
        {"label": "Events", "url": "/events/", "current": False},
    ]
    html = render('{% include "_header.html" %}', menu=menu)

    assert '<a href="/agencies/" aria-current="page">Agencies</a>' in html
    assert '<a href="/events/">Events</a>' in html


def test_a_person_sees_their_own_bar_and_a_visitor_does_not():
    source = '{% include "_header.html" %}'

    assert "Signed in as Rosa Delgado" in render(source, viewer=Person())
    assert "signed-in" not in render(source, viewer=Person(is_person=False))


def test_every_page_says_what_the_site_is_not_for():
    html = render('{% extends "base.html" %}')

    assert "in an emergency, call 911" in html
    assert "not affiliated with or endorsed by" in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "429"])
def test_an_error_page_names_one_thing_and_a_way_on(name):
    html = get_template(f"{name}.html").render({}, RequestFactory().get("/nowhere/"))

    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_the_last_error_page_needs_nothing():
    source = (TEMPLATES / "500.html").read_text()

    assert "{%" not in source
    assert "{{" not in source
    assert 'lang="es"' in source


# --- Every template -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_or_script(path):
    assert re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|javascript:", path.read_text()) == []


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_in_the_reference(name):
    assert f"<c-{name}" in (ROOT / "docs" / "reference" / "components.md").read_text()


def test_every_icon_that_a_template_names_is_built():
    built = set((ROOT / "assets" / "icons.txt").read_text().split())
    templates = [path.read_text() for path in (ROOT / "lecen").rglob("*.html")]
    named = {name for text in templates for name in re.findall(r'<c-icon name="(\w+)"|\bicon="(\w+)"', text)}

    assert {one or other for one, other in named} - built == set()


# --- Components -----------------------------------------------------------------------------------------------------
def test_a_button_with_an_address_is_a_link_and_one_without_is_a_submit():
    assert squeezed(render('<c-button href="/a/">Go</c-button>')).startswith('<a class="usa-button" href="/a/"')
    assert 'type="submit" name="step"' in squeezed(render('<c-button name="step">Save</c-button>'))


def test_an_alert_shows_its_title_only_where_there_is_one():
    assert "alert__title" not in render("<c-alert>Saved</c-alert>")
    assert "Late" in render('<c-alert kind="warning"><c-slot name="title">Late</c-slot>Text</c-alert>')


def test_a_component_does_not_take_a_variable_of_the_page_for_its_slot():
    assert "Of the page" not in render("<c-alert>Saved</c-alert>", title="Of the page")


def test_a_share_shows_its_n_and_a_bar_of_its_length_in_every_language():
    with translation.override("es"):
        html = render('<c-share-bar :share="share" n="34">Heard</c-share-bar>', share=62.5)

    assert 'width="62.5"' in html
    assert "n = 34" in html


def test_a_suppressed_share_shows_words_and_no_bar():
    html = render(
        '<c-share-bar :share="share">Heard<c-slot name="hidden">fewer than 10</c-slot></c-share-bar>', share=None
    )

    assert "fewer than 10" in html
    assert "<svg" not in html


def test_a_share_of_zero_keeps_its_bar():
    assert 'width="0"' in render('<c-share-bar :share="share" n="40">Heard</c-share-bar>', share=0)


def test_a_step_says_its_state_in_words():
    assert "(late)" in render('<c-step state="late"><c-slot name="title">Invite</c-slot></c-step>')


@pytest.mark.parametrize(("done", "pressed"), [(True, "true"), (False, "false")])
def test_a_task_is_ticked_by_a_button_that_says_which(done, pressed):
    html = squeezed(
        render('<c-task-row action="/tick/" :done="done"><c-slot name="title">Invite</c-slot></c-task-row>', done=done)
    )

    assert f'aria-pressed="{pressed}"' in html
    assert "Done: Invite" in html


def test_a_counter_posts_its_group_and_a_step_up_or_down():
    html = squeezed(render('<c-counter action="/count/" key="adults" :value="value">Adults</c-counter>', value=12))

    assert '<input type="hidden" name="group" value="adults">' in html
    assert re.findall(r'name="step" value="(-?1)"', html) == ["-1", "1"]
    assert "One more: Adults" in html


def test_the_day_of_an_event_is_the_one_of_its_own_zone():
    late_in_chicago = datetime(2026, 6, 7, 3, 0, tzinfo=UTC)

    html = render('<c-date-block :date="date" zone="America/Chicago" />', date=late_in_chicago)

    assert '<span class="date-block__day">6</span>' in html


def test_the_pager_keeps_the_rest_of_the_query():
    html = render('<c-pager :page="page" />', page=Page(items=[], next_cursor="n"))

    assert 'href="?kind=coffee&amp;after=n"' in html
    assert "Previous" not in html


def test_a_list_on_one_page_has_no_pager():
    assert render('<c-pager :page="page" />', page=Page(items=[])).strip() == ""


def test_a_card_without_an_address_has_no_link():
    assert "<a" not in render('<c-card><c-slot name="title">Riverside</c-slot>Text</c-card>')


def test_a_name_that_holds_markup_is_escaped():
    html = render('<c-panel id="a"><c-slot name="title">{{ name }}</c-slot></c-panel>', name="<script>x</script>")

    assert "&lt;script&gt;" in html


# --- Colors ---------------------------------------------------------------------------------------------------------
def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def accents() -> list[tuple[str, str, str]]:
    source = (ROOT / "assets" / "sass" / "_accents.scss").read_text()
    return re.findall(r'"(\w+)": (#\w{6}) (#\w{6})', source)


@pytest.mark.parametrize(("name", "color", "pale"), accents())
def test_an_accent_can_be_read_wherever_it_stands(name, color, pale):
    paper = "#fbf8f2"

    assert min(contrast(color, paper), contrast(color, "#ffffff"), contrast(color, pale)) >= 4.5
    assert contrast("#4c5654", pale) >= 4.5  # quiet text on the masthead
