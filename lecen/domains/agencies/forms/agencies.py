"""What people write about an agency."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import SPOKEN_LANGUAGES, Accent
from lecen.domains.agencies.models import Agency
from lecen.domains.agencies.services.agencies import AgencyRecord
from lecen.kernel.forms import ModelForm, RadioTiles, WebAddressField


class AgencyForm(ModelForm):
    """The record of an agency; `record()` is what the service takes."""

    languages = forms.MultipleChoiceField(
        label=_("Languages in which you can help"),
        choices=SPOKEN_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accent = forms.ChoiceField(
        label=_("Accent color of your pages"), choices=Accent, widget=RadioTiles, initial=Accent.HARBOR
    )
    file = forms.FileField(
        label=_("Seal"),
        required=False,
        help_text=_("A square JPEG, PNG or WebP picture. Place and camera are removed from it."),
    )

    without_seal = forms.BooleanField(label=_("Delete the seal and show our initials instead"), required=False)

    class Meta:
        model = Agency
        fields = [entry.name for entry in fields(AgencyRecord)]
        field_classes = {"complaint_url": WebAddressField}
        help_texts = {
            "time_zone": _("Such as America/Chicago. Events are shown by its clock."),
            "complaint_office": _("LECEN is not the complaint channel: your page names the office that is."),
            "about": _("Two or three sentences for residents, without abbreviations."),
            "is_public": _("When this is off, only your own members see the pages of your agency."),
            "phone": _("Not 911: the number for everything that can wait."),
        }

    field_order = (
        "name", "kind", "city", "state", "time_zone", "sworn_officers", "about", "languages", "phone", "email",
        "complaint_office", "complaint_url", "complaint_phone", "supervisor_email", "accent", "file", "without_seal",
        "is_public",
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not self.instance.seal:
            del self.fields["without_seal"]

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("file") and self.cleaned_data.get("without_seal"):
            self.add_error("without_seal", _("Choose one: a new seal, or the initials."))

    def record(self) -> AgencyRecord:
        values: dict[str, Any] = {entry.name: self.cleaned_data[entry.name] for entry in fields(AgencyRecord)}
        return AgencyRecord(**values | {"languages": tuple(values["languages"])})


class NewAgencyForm(AgencyForm):
    """The same with the short name, which is chosen once."""

    class Meta(AgencyForm.Meta):
        fields = ["slug", *AgencyForm.Meta.fields]
        help_texts = AgencyForm.Meta.help_texts | {
            "slug": _("Small letters, digits and dashes, such as riverbend. It cannot be changed later.")
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        del self.fields["file"]
        self.order_fields(["slug"])
