"""How a form reads: names, hints, errors and what to do about them, for the eye and the ear."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from lecen.kernel import forms


class Visit(forms.Form):
    name = django_forms.CharField(label="Your name", help_text="As you want to be called.")
    day = django_forms.DateField(label="Day", required=False)
    starts_at = forms.DateAndTimeField(label="Starts", required=False)
    place = django_forms.ChoiceField(
        label="Where do you live?", choices=[("here", "Here"), ("else", "Elsewhere")], widget=forms.RadioTiles
    )
    agreed = django_forms.BooleanField(label="I have read this")
    picture = django_forms.FileField(label="Picture")


GOOD = {"name": "Ana", "day": "2026-06-30", "starts_at_0": "2026-06-30", "starts_at_1": "14:30", "place": "here"}


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html)


def test_a_label_names_its_box_and_the_hint_describes_it():
    html = squeezed(Visit()["name"].as_field_group())

    assert '<label for="id_name">Your name </label>' in html
    assert '<div class="field__hint" id="id_name_helptext">As you want to be called.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html


def test_what_is_optional_says_so_in_words():
    form = Visit()

    assert "(optional)" in form["day"].as_field_group()
    assert "(optional)" not in form["name"].as_field_group()


def test_an_error_stands_at_its_field_and_is_read_with_it():
    html = str(Visit({})["name"].as_field_group())

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html


def test_the_summary_leads_to_the_first_control_of_every_error():
    html = str(Visit({}))

    assert 'role="alert"' in html
    assert "There are problems with 4 answers" in html
    assert '<a href="#id_name">Your name — Fill this in.</a>' in html
    assert '<a href="#id_place_0">Where do you live? — Choose an answer.</a>' in html
    assert '<a href="#id_agreed">I have read this — Tick this box to go on.</a>' in html
    assert '<a href="#id_picture">Picture — Choose a file.</a>' in html
    assert 'id="id_place_0"' in html


def test_a_form_that_is_new_shows_no_summary():
    assert "error-summary" not in str(Visit())


def test_a_message_of_the_field_itself_is_kept():
    class Named(forms.Form):
        name = django_forms.CharField(error_messages={"required": "Tell us your name."})

    assert Named({}).errors == {"name": ["Tell us your name."]}


def test_choices_are_a_group_with_a_legend():
    html = squeezed(Visit({})["place"].as_field_group())

    assert '<fieldset class="field field--error" aria-describedby="id_place_error">' in html
    assert "<legend>Where do you live? </legend>" in html
    assert html.count("choice--tile") == 2


def test_a_scale_stands_in_a_row_of_tiles():
    widget = forms.RadioScale(choices=[(1, "Disagree"), (2, "Agree")])

    html = widget.render("item", None, {"id": "id_item"})

    assert '<ul class="choices choices--row" id="id_item">' in html
    assert html.count("choice--tile") == 2


def test_a_moment_has_a_named_box_for_the_date_and_one_for_the_time():
    html = str(Visit(initial={"starts_at": datetime(2026, 6, 30, 19, 30, tzinfo=UTC)})["starts_at"].as_field_group())

    assert '<label for="id_starts_at_0">Date</label>' in html
    assert '<label for="id_starts_at_1">Time</label>' in html
    assert 'type="date" name="starts_at_0" value="2026-06-30"' in html
    assert 'type="time" name="starts_at_1" value="14:30"' in html


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_browsers_own_date_is_written_and_read_in_every_language(language):
    with translation.override(language):
        html = str(Visit(initial={"day": date(2026, 6, 30)})["day"])
        form = Visit(GOOD | {"agreed": "on"}, {"picture": SimpleUploadedFile("a.txt", b"a")})

        assert 'type="date" name="day" value="2026-06-30"' in html
        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"] == date(2026, 6, 30)
        assert form.cleaned_data["starts_at"] == datetime(2026, 6, 30, 19, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_refused_at_its_field():
    form = Visit(GOOD | {"starts_at_0": "2026-03-08", "starts_at_1": "02:30"})

    assert "starts_at" in form.errors


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_refused_at_its_field(day):
    errors = Visit(GOOD | {"day": day, "starts_at_0": day}).errors

    assert errors["day"] == errors["starts_at"] == ["Choose a day between the years 1900 and 2199."]
