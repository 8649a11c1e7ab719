"""What a resident fills in to come to an event, and to come back to it."""

from uuid import uuid4

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from lecen.domains.engagement.services.registrations import RegistrationDraft
from lecen.kernel.forms import Form

MOST_SEATS = 10
LONGEST_CODE = 40


def party() -> list[tuple[int, str]]:
    """Asked for by each page, because a lazy text with a number would be in the language of the first."""
    return [(number, ngettext("%d person", "%d people", number) % number) for number in range(1, MOST_SEATS + 1)]


def seats_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("How many people come"), help_text=_("Count yourself."), choices=party, coerce=int
    )


class RegistrationForm(Form):
    """Only the number of people is needed; `registration_id` makes a form that is sent twice count once."""

    registration_id = forms.UUIDField(widget=forms.HiddenInput)
    seats = seats_field()
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For your code, a reminder the day before, and news if something changes. For nothing else."),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only if you want the hosts to know it. By typing it you agree that they see it."),
    )
    needs = forms.CharField(
        label=_("What would help you take part"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "An interpreter, a seat near the door, something to eat without nuts. "
            "Do not write about a crime or about a person here."
        ),
    )

    @staticmethod
    def blank() -> dict[str, object]:
        """What a fresh form begins with."""
        return {"registration_id": uuid4(), "seats": 1}

    def draft(self) -> RegistrationDraft:
        return RegistrationDraft(**self.cleaned_data, language=get_language() or "en")


class ReceiptForm(Form):
    """The code that was shown after registering."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=LONGEST_CODE,
        help_text=_("Like 4F7QK-92XM-TB6R. Capital letters and dashes do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "usa-input"}
        ),
    )


class SeatsForm(Form):
    """Another number of people; the code goes along."""

    code = forms.CharField(max_length=LONGEST_CODE, widget=forms.HiddenInput)
    seats = seats_field()
