from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lecen.domains.accounts.models import User
from lecen.kernel.features import NoticeKind
from lecen.kernel.forms import Form, ModelForm


class SignUpForm(Form):
    """What the sign-in library asks beyond address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("As colleagues know you."),
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, _request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.language = get_language() or "en"
        user.save(update_fields=["name", "language"])


class ProfileForm(ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        help_texts = {"language": _("For messages to you. The language of a page stands in its address.")}


class NoticesForm(Form):
    """One box for each kind of message that may be switched off."""

    def __init__(self, *arguments: Any, kinds: list[NoticeKind], wanted: dict[str, bool], **options: Any) -> None:
        super().__init__(*arguments, **options)
        for kind in kinds:
            self.fields[kind.name] = forms.BooleanField(
                label=str(kind.label), required=False, initial=wanted.get(kind.name, True)
            )
