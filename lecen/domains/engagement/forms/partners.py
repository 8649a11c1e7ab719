"""Inviting organizations, and their answer."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import PartnerKind
from lecen.domains.agencies.services.partners import PartnerRecord
from lecen.domains.engagement.choices import PartnerRole
from lecen.domains.engagement.services.partners import Invitation
from lecen.kernel.forms import CheckboxTiles, Form, RadioTiles


class InvitationForm(Form):
    organizations = forms.ModelMultipleChoiceField(
        None, label=_("Whom do you invite?"), required=False, widget=CheckboxTiles
    )
    role = forms.ChoiceField(
        label=_("What role will they have?"), choices=PartnerRole, initial=PartnerRole.PARTNER, widget=RadioTiles
    )
    name = forms.CharField(label=_("Name of the organization"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=PartnerKind, initial=PartnerKind.FAITH, required=False)
    contact_name = forms.CharField(label=_("Contact person"), max_length=120, required=False)
    contact_email = forms.EmailField(label=_("E-mail for invitations"), required=False)
    language = forms.ChoiceField(label=_("Language of the message"), choices=settings.LANGUAGES, required=False)

    newcomer_names = ("name", "kind", "contact_name", "contact_email", "language")

    def __init__(self, *arguments: Any, organizations: QuerySet, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organizations"].queryset = organizations

    @property
    def newcomer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.newcomer_names]

    @property
    def has_newcomer(self) -> bool:
        return any(self[name].value() for name in ("name", "contact_name", "contact_email"))

    def clean(self) -> dict[str, Any]:
        written: dict[str, Any] = super().clean() or {}
        if self.has_newcomer:
            for name in ("name", "contact_email"):
                if not written.get(name) and name not in self.errors:
                    self.add_error(name, now("Fill this in to invite a new organization."))
        return written

    def invitation(self) -> Invitation:
        """What was written, for the service; call it on a valid form."""
        written = self.cleaned_data
        newcomer = None
        if self.has_newcomer:
            record = {name: written[name] for name in self.newcomer_names}
            record["kind"] = record["kind"] or PartnerKind.OTHER
            record["language"] = record["language"] or settings.LANGUAGE_CODE
            newcomer = PartnerRecord(**record)
        chosen = tuple(organization.pk for organization in written["organizations"])
        return Invitation(organization_ids=chosen, newcomer=newcomer, role=written["role"])


class AnswerForm(Form):
    answer = forms.ChoiceField(
        label=_("Will your organization take part?"),
        choices=[("accept", _("Yes, we take part")), ("decline", _("No, not this time"))],
        widget=RadioTiles,
        error_messages={"required": _("Choose one of the two answers.")},
    )
    promise = forms.CharField(
        label=_("What you bring or do"),
        max_length=300,
        required=False,
        help_text=_("For example: the hall, ten volunteers, an interpreter. It is shown on the public page."),
    )
