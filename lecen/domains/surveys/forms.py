"""The shape of answers: one field a question, each of which may be skipped."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lecen.domains.surveys.choices import QuestionKind
from lecen.domains.surveys.models import Question
from lecen.kernel.forms import Form, RadioScale, RadioTiles

LONGEST_TEXT = 2_000


class DegreeTiles(RadioTiles):
    """Eleven small steps in rows, the ends in words."""

    template_name = "surveys/_degrees.html"


WIDGETS: Mapping[str, type[forms.RadioSelect]] = {
    QuestionKind.SCALE: RadioScale,
    QuestionKind.THERMOMETER: DegreeTiles,
}


class AnswerForm(Form):
    """The questions of one questionnaire in the active language; the form draws the key under which it counts."""

    response_id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("Open the survey again.")})

    def __init__(self, *arguments: Any, questions: Sequence[Question], **options: Any) -> None:
        options["initial"] = {"response_id": uuid4()} | (options.get("initial") or {})
        super().__init__(*arguments, **options)
        self.questions = questions
        for question in questions:
            self.fields[question.key] = _field(question)

    @property
    def answers(self) -> dict[str, str]:
        """What was marked, by question key; only of a valid form."""
        return {question.key: self.cleaned_data.get(question.key, "") for question in self.questions}

    @property
    def main_fields(self) -> list[BoundField]:
        """The scales, which are the instrument's heart; without any, every question."""
        scales = [question for question in self.questions if question.kind == QuestionKind.SCALE]
        return [self[question.key] for question in scales or self.questions]

    @property
    def more_fields(self) -> list[BoundField]:
        """What is asked only of those who like to go on."""
        main = {field.name for field in self.main_fields}
        return [self[question.key] for question in self.questions if question.key not in main]

    @property
    def has_more_answers(self) -> bool:
        return any(field.value() for field in self.more_fields)


def _field(question: Question) -> forms.Field:
    texts: Mapping[str, Any] = {"label": str(question.text), "help_text": str(question.help), "required": False}
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, **texts)
    widget = WIDGETS.get(question.kind, RadioTiles)
    language = get_language() or "en"
    choices = [(option["value"], option["label"].get(language, option["label"]["en"])) for option in question.options]
    return forms.ChoiceField(choices=choices, widget=widget, **texts)


class PaperForm(AnswerForm):
    """One sheet of paper, typed: a digit, then Tab. What was left blank on paper stays blank here."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for question in self.questions:
            field = self.fields[question.key]
            if question.kind == QuestionKind.SCALE:
                attrs = {
                    "inputmode": "numeric",
                    "maxlength": 1,
                    "autocomplete": "off",
                    "class": "usa-input input-short",
                }
                field.widget = forms.TextInput(attrs=attrs)
                field.help_text = _("1 to 5, 1 being the first box on the sheet.")
            elif question.kind != QuestionKind.TEXT:
                field.widget = forms.Select(choices=[("", _("Left blank")), *field.choices])
        self.fields[self.questions[0].key].widget.attrs["autofocus"] = True
        self.fields["sheet_language"] = forms.ChoiceField(label=_("Language of the sheet"), choices=settings.LANGUAGES)


class ResumeForm(Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("As it stood on the page when you saved, such as 4F7QK-92XM-TB6R."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
