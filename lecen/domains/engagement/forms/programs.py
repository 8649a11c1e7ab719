"""The shape of a program as people write it."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lecen.kernel.forms import DateInput, Form
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedFormField


class ProgramForm(Form):
    program_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None, empty_label=None)
    name = TranslatedFormField(label=_("Name"), max_length=120)
    purpose = TranslatedFormField(
        label=_("Purpose"),
        max_length=600,
        multiline=True,
        help_text=_("What should be better for neighbors because of it? Anybody can read this."),
    )
    started_on = forms.DateField(label=_("Since"), widget=DateInput)

    def __init__(self, *arguments: Any, agencies: QuerySet, changes_one: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if changes_one:
            del self.fields["agency"], self.fields["program_id"]
            return
        self.fields["agency"].queryset = agencies
        offer_one_agency(self.fields["agency"], agencies)


def offer_one_agency(field: forms.Field, agencies: QuerySet) -> None:
    """Whoever organizes at one agency is not asked which."""
    keys: list[UUID] = list(agencies.values_list("pk", flat=True)[:2])
    if len(keys) == 1:
        field.widget, field.initial = forms.HiddenInput(), keys[0]
