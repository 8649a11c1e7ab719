"""The scripts that guard sizes and translations can fail."""

import importlib.util
from importlib.machinery import SourceFileLoader

import pytest
from babel.messages.catalog import Catalog

from tests.architecture.reading import ROOT


def script(name: str):
    loader = SourceFileLoader(name, str(ROOT / "bin" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def translations(monkeypatch, tmp_path):
    module = script("translations")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "CATALOG", tmp_path / "es" / "django.po")
    (tmp_path / "lecen" / "templates").mkdir(parents=True)
    return module


def test_every_way_to_speak_is_extracted(translations, tmp_path):
    (tmp_path / "lecen" / "notices.py").write_text(
        '_("Join " "us")\nngettext_lazy("%d seat", "%d seats", 2)\npgettext("month", "May")\nprint("not a message")\n'
    )
    (tmp_path / "lecen" / "templates" / "event.html").write_text("""
    <c-button label="{% translate 'Say yes' %}">
  {% blocktranslate trimmed count n=n %}
      One {{ place }} left
    {% plural %}
  {{ n }} places left
        {% endblocktranslate %}
    """)
    assert [(message.id, message.context) for message in translations.extracted() if message.id] == [
        ("Join us", None),
        (("%d seat", "%d seats"), None),
        ("May", "month"),
        ("Say yes", None),
        (("One %(place)s left", "%(n)s places left"), None),
    ]


def test_a_faulty_catalog_is_found(translations):
    said, present = Catalog(locale="es"), Catalog(locale="es")
    for text in ("Join us", "Leave", "Hello %(name)s", "Maybe", "Well done"):
        said.add(text, locations=[("lecen/a.py", 1)])
    present.add("Leave", "")
    present.add("Hello %(name)s", "Hola %(nombre)s")
    present.add("Maybe", "Quizás", flags=["fuzzy"])
    present.add("Well done", "Bien hecho")
    present.add("Gone", "Ido")

    assert translations.problems(present, said) == [
        "missing: 'Join us' (lecen/a.py)",
        "not translated: 'Leave'",
        "placeholders differ: 'Hello %(name)s'",
        "unsure (fuzzy): 'Maybe'",
        "unused: 'Gone'",
    ]


def test_an_update_keeps_translations_and_drops_what_is_said_no_longer(translations, tmp_path):
    source = tmp_path / "lecen" / "views.py"
    source.write_text('_("Join us")\n_("Gone")\n')
    translations.update()
    catalog = translations.stored()
    catalog["Join us"].string = "Participe"
    with translations.CATALOG.open("wb") as file:
        translations.write_po(file, catalog)
    source.write_text('_("Join us")\n_("Stay")\n')
    translations.update()

    assert {message.id: message.string for message in translations.stored() if message.id} == {
        "Join us": "Participe",
        "Stay": "",
    }


def test_sizes_above_the_hints_and_past_the_limit_are_found(tmp_path):
    sizes, area = script("sizes"), tmp_path / "lecen" / "domains" / "library"
    area.mkdir(parents=True)
    (area / "models.py").write_text("\n" * 401)
    (area / "views.py").write_text("def show(a, b, c, d, e, f):\n" + "    a = 1\n" * 15)
    (area / "page.html").write_text("\n" * 121)

    assert list(sizes.hints(tmp_path / "lecen")) == [
        "lecen/domains/library/models.py has 401 lines (hint 250)",
        "lecen/domains/library/page.html has 121 lines (hint 120)",
        "lecen/domains/library/views.py:1 show has 16 lines (hint 15)",
        "lecen/domains/library/views.py:1 show takes 6 parameters (hint 5)",
    ]
    assert sizes.beyond(tmp_path / "lecen") == [area / "models.py"]
