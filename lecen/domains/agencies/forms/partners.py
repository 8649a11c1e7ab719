"""An organization that the agency works with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.models import PartnerOrganization
from lecen.domains.agencies.services.partners import PartnerRecord
from lecen.kernel.forms import ModelForm, WebAddressField


class PartnerForm(ModelForm):
    contact_email = forms.EmailField(
        label=_("E-mail for invitations"),
        required=False,
        help_text=_("Kept encrypted, seen only by your organizers, used only for invitations."),
    )

    class Meta:
        model = PartnerOrganization
        fields = ["name", "kind", "contact_name", "contact_email", "language", "website"]
        field_classes = {"website": WebAddressField}
        help_texts = {"language": _("In which invitations to them are written.")}

    def record(self) -> PartnerRecord:
        return PartnerRecord(**self.cleaned_data)
