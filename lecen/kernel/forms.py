"""Forms the way people meet them here: one column, errors on top and at the field, native date and time boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lecen.kernel.errors import Refused
from lecen.kernel.times import check_year


class Renderer(TemplatesSetting):
    """FORM_RENDERER: our two templates in place of Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class WebAddressField(forms.URLField):
    """An address on the web; one written without its scheme means https."""

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)


class DateInput(forms.DateInput):
    """The browser's own calendar; its value is ISO in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateAndTimeInput(forms.SplitDateTimeWidget):
    """A date and a time beside each other, each with its own label."""

    template_name = "forms/date_and_time.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(self, [DateInput(), TimeInput()], attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (gettext("Date"), gettext("Time")), strict=True):
            part["label"] = label
        return context


class DateAndTimeField(forms.SplitDateTimeField):
    """A moment in the active time zone; an hour that does not exist there is refused."""

    widget = DateAndTimeInput
    default_error_messages = {
        "invalid_date": _("Enter a date, such as 2026-06-30."),
        "invalid_time": _("Enter a time, such as 14:30."),
    }


class _Tiles(ChoiceWidget):
    """Choices as tiles: large to tap, for few options with longer words."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["tiles"] = True
        return context


class RadioScale(_Tiles, forms.RadioSelect):
    """A scale from one end to the other: beside each other where there is room."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["row"] = True
        return context


class RadioTiles(_Tiles, forms.RadioSelect):
    """One of a few."""


class CheckboxTiles(_Tiles, forms.CheckboxSelectMultiple):
    """Any of a few."""


def _replace_text_boxes(fields: Mapping[str, forms.Field]) -> None:
    """Django's date, time and moment boxes are plain text; ours are the browser's own."""
    for field in fields.values():
        match field.widget:
            case DateInput() | TimeInput():
                continue
            case forms.DateTimeInput() as widget:
                widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
            case forms.DateInput() as widget:
                widget.input_type, widget.format = "date", "%Y-%m-%d"
            case forms.TimeInput() as widget:
                widget.input_type, widget.format = "time", "%H:%M"


def _year_is_meant(day: date) -> None:
    try:
        check_year(day)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal.message), code="year") from None


def _refuse_far_years(fields: Mapping[str, forms.Field]) -> None:
    for field in fields.values():
        if isinstance(field, forms.DateField | forms.DateTimeField | forms.SplitDateTimeField):
            field.validators.append(_year_is_meant)


def _say_what_to_do(fields: Mapping[str, forms.Field]) -> None:
    """Django says what is wrong (“This field is required”); ours say what to do."""
    for field in fields.values():
        if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
            continue
        match field:
            case forms.BooleanField():
                field.error_messages["required"] = _("Tick this box to go on.")
            case forms.FileField():
                field.error_messages["required"] = _("Choose a file.")
            case forms.ChoiceField() | forms.ModelChoiceField():
                field.error_messages["required"] = _("Choose an answer.")
            case _other:
                field.error_messages["required"] = _("Fill this in.")


class _House(forms.BaseForm):
    """What every form here shares."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*arguments, **options)
        _replace_text_boxes(self.fields)
        _refuse_far_years(self.fields)
        _say_what_to_do(self.fields)


class Form(_House, forms.Form):
    """Base of the platform's forms."""


class ModelForm(_House, forms.ModelForm):
    """Base of the platform's forms over a model."""
