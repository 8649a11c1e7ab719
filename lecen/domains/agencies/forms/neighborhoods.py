"""Who serves a neighborhood; which boundaries are read; which neighborhood somebody looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import SPOKEN_LANGUAGES
from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.domains.agencies.queries.neighborhoods import Place, neighborhoods_of
from lecen.domains.agencies.services.neighborhoods import DutyContact
from lecen.kernel.forms import Form
from lecen.kernel.viewer import Viewer


class AssignmentForm(Form):
    duty = forms.CharField(label=_("Duty"), max_length=120, help_text=_("Such as “Neighborhood officer, Riverside”."))
    officer_name = forms.CharField(
        label=_("Officer's name"),
        max_length=120,
        required=False,
        help_text=_("Only if your agency chooses to publish names. Never a private address or telephone."),
    )
    phone = forms.CharField(label=_("Duty telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("Duty e-mail"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=SPOKEN_LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def contact(self) -> DutyContact:
        return DutyContact(**self.cleaned_data | {"languages": tuple(self.cleaned_data["languages"])})


class ImportForm(Form):
    file = forms.FileField(
        label=_("File of boundaries"),
        help_text=_("GeoJSON, up to 20 MB. You see a preview and every repair before anything is published."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    code_property = forms.CharField(
        label=_("Property with the code"),
        max_length=60,
        required=False,
        help_text=_("Such as BEAT_NUM. Leave it empty and the likely one is taken."),
    )
    name_property = forms.CharField(
        label=_("Property with the name"),
        max_length=60,
        required=False,
        help_text=_("Leave it empty if the file has only codes."),
    )
    join_same_code = forms.BooleanField(
        label=_("Areas with the same code are parts of one neighborhood: join them"), required=False
    )


class FindForm(Form):
    """A neighborhood from the list, or a place that the map or the phone gave. Nothing of it is kept."""

    neighborhood = forms.ModelChoiceField(
        label=_("Your neighborhood"),
        queryset=Neighborhood.objects.none(),
        to_field_name="slug",
        error_messages={"required": _("Choose your neighborhood from the list.")},
        empty_label=_("Choose from the list"),
    )
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, viewer: Viewer, agency: Agency, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["neighborhood"].queryset = neighborhoods_of(viewer=viewer, agency=agency)
        # Whoever tapped the map need not choose from the list as well.
        self.fields["neighborhood"].required = not self.data.get("longitude")

    def clean_latitude(self) -> float | None:
        """Both or neither: half a place is none."""
        given = self.cleaned_data.get("latitude")
        if (given is None) != (self.cleaned_data.get("longitude") is None):
            raise forms.ValidationError(_("The place is not complete. Choose your neighborhood from the list."))
        return given

    def place(self) -> Place | None:
        longitude, latitude = self.cleaned_data.get("longitude"), self.cleaned_data.get("latitude")
        return None if longitude is None or latitude is None else Place(longitude, latitude)
