"""How a position is given or taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lecen.domains.agencies.choices import Role, Standing
from lecen.kernel.forms import Form

ROLES_AT_AN_AGENCY = [(role.value, role.label) for role in Role if role != Role.OPERATOR]


class PositionForm(Form):
    email = forms.EmailField(
        label=_("E-mail address of the person"), help_text=_("The one they signed up with on this site.")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=ROLES_AT_AN_AGENCY,
        help_text=_(
            "Members read plans and reports. Organizers run events. Leads also keep this record and these positions."
        ),
    )
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing)
    title = forms.CharField(label=pgettext_lazy("position", "Title"), max_length=80, required=False)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Kept in the record of what was done, for those who review it."),
    )
