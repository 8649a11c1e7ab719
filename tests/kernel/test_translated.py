import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lecen.kernel.translated import (
    TranslatedField,
    TranslatedFormField,
    TranslatedText,
    TranslatedWidget,
    TranslationState,
)

COFFEE = TranslatedText.of(en="Coffee with a cop", es="Café con un policía")
TEXTS = st.fixed_dictionaries({}, optional={"en": st.text(), "es": st.text(), "pl": st.text()})


class TitleForm(forms.Form):
    title = TranslatedFormField(max_length=30)


class Titled(models.Model):
    title = TranslatedField(max_length=30)

    class Meta:
        app_label = "tests"
        managed = False

    def __str__(self):
        return str(self.title)


@pytest.mark.parametrize(("language", "text"), [("en", "Coffee with a cop"), ("es", "Café con un policía")])
def test_str_is_in_the_active_language(language, text):
    with override(language):
        assert str(COFFEE) == text


def test_in_language_falls_back_to_the_asked_language_then_to_the_source():
    text = TranslatedText.of(source="es", en="Coffee", es="Café")

    assert text.in_language("es-mx") == "Café"
    assert text.in_language("pl", "en") == "Coffee"
    assert text.in_language("pl") == "Café"
    assert text.language_shown("pl") == "es"


def test_empty_text_is_false_and_shows_nothing():
    assert bool(TranslatedText.of(en="  ")) is False
    assert TranslatedText().in_language("en") == ""
    assert TranslatedText().language_shown("en") == ""


def test_revised_marks_the_translation_stale_when_only_the_source_changed():
    revised = COFFEE.revised(TranslatedText.of(en="Coffee with an officer", es="Café con un policía"))

    assert revised.state_in("en") == TranslationState.WRITTEN
    assert revised.state_in("es") == TranslationState.STALE


def test_revised_keeps_states_when_nothing_changed():
    checked = COFFEE.checked("es")

    assert checked.revised(COFFEE) == checked


def test_revised_translation_is_written_again_and_the_source_stays():
    stale = COFFEE.revised(TranslatedText.of(en="Coffee", es="Café con un policía"))
    revised = stale.revised(TranslatedText.of(source="es", en="Coffee", es="Café"))

    assert revised == TranslatedText.of(en="Coffee", es="Café")


def test_revised_takes_the_new_source_when_the_old_one_is_gone():
    assert COFFEE.revised(TranslatedText.of(es="Café")) == TranslatedText.of(es="Café")


@given(TEXTS, TEXTS)
def test_as_json_and_from_json_are_inverse_also_after_an_edit(before, after):
    text = TranslatedText.of(**before).revised(TranslatedText.of(**after))

    assert TranslatedText.from_json(text.as_json()) == text


@pytest.mark.parametrize("data", [{"title_en": "Coffee"}, {"title_en": " ", "title_es": "Café"}])
def test_form_field_is_content_with_any_one_language(data):
    form = TitleForm(data)

    assert form.is_valid()
    assert form.cleaned_data["title"] == TranslatedText.of(**{key[-2:]: text for key, text in data.items()})


def test_form_field_asks_for_at_least_one_language():
    with override("en"):
        assert TitleForm({"title_en": " "}).errors == {"title": ["Write this in at least one language."]}


def test_form_field_takes_the_active_language_as_source():
    with override("es"):
        form = TitleForm({"title_en": "Coffee", "title_es": "Café"})

        assert form.is_valid()
    assert form.cleaned_data["title"] == TranslatedText.of(source="es", en="Coffee", es="Café")


def test_form_field_limits_the_length_in_each_language():
    with override("en"):
        form = TitleForm({"title_en": "Coffee", "title_es": "C" * 31})

        assert form.errors == {"title": ["Ensure this value has at most 30 characters (it has 31)."]}


def test_widget_names_each_box_and_its_language():
    with override("en"):
        context = TranslatedWidget(multiline=True).get_context("title", COFFEE.checked("es"), {"id": "id_title"})

    boxes = context["widget"]["subwidgets"]
    shown = ["name", "label", "language", "value", "state"]
    assert [[box[key] for key in shown] for box in boxes] == [
        ["title_en", "English", "en", "Coffee with a cop", TranslationState.WRITTEN],
        ["title_es", "Spanish", "es", "Café con un policía", TranslationState.CHECKED],
    ]
    assert [(box["attrs"]["id"], box["attrs"]["lang"]) for box in boxes] == [
        ("id_title_en", "en"),
        ("id_title_es", "es"),
    ]


def test_widget_draws_a_labeled_box_a_language_and_flags_what_is_stale():
    stale = COFFEE.revised(TranslatedText.of(en="Coffee", es="Café con un policía"))
    with override("en"):
        html = str(TitleForm(initial={"title": stale})["title"])

    assert [
        part in html for part in ('<label for="id_title_es">Spanish', 'lang="es"', 'value="Café con un policía"')
    ] == [True] * 3
    assert html.count("The original changed since") == 1


def test_field_keeps_text_and_states_through_the_database_form():
    field = Titled._meta.get_field("title")
    checked = COFFEE.checked("es")

    assert field.to_python(field.value_to_string(Titled(title=checked))) == checked
    assert field.to_python(field.get_prep_value(checked)) == checked


def test_field_refuses_nothing_and_too_much():
    with override("en"):
        with pytest.raises(ValidationError, match="cannot be blank"):
            Titled().clean_fields()
        with pytest.raises(ValidationError, match="Use at most 30 characters in each language"):
            Titled(title=TranslatedText.of(en="Coffee", es="C" * 31)).clean_fields()
        Titled(title=COFFEE).clean_fields()


def test_field_marks_the_translation_stale_when_a_form_changes_the_source():
    titled = Titled(title=COFFEE)
    Titled._meta.get_field("title").save_form_data(titled, TranslatedText.of(en="Coffee", es="Café con un policía"))

    assert titled.title.state_in("es") == TranslationState.STALE


def test_field_offers_the_form_field_with_its_limits():
    formfield = TranslatedField(max_length=30, multiline=True, blank=True).formfield()

    assert (type(formfield), formfield.required) == (TranslatedFormField, False)
    assert formfield.widget.multiline is True


def test_field_deconstructs_with_its_own_options():
    _name, _path, _arguments, options = TranslatedField(multiline=True, max_length=30).deconstruct()

    assert options == {"multiline": True, "max_length": 30, "default": TranslatedText}
