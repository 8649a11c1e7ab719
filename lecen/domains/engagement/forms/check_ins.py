"""What is tapped and typed at the door. Every form draws the keys of its taps, so that sent twice it counts once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from lecen.domains.engagement.choices import AgeBand, CheckInMethod, FirstTime, Origin
from lecen.domains.engagement.services.check_ins import Tap
from lecen.kernel.codes import hash_code, normalize_code
from lecen.kernel.forms import Form

MOST_PEOPLE = 500
NOT_NOTED = ("unknown", _("Not noted"))
ORIGINS = [NOT_NOTED, (Origin.HERE, _("Yes")), (Origin.ELSEWHERE, _("Elsewhere"))]
FIRST_TIMES = [NOT_NOTED, (FirstTime.YES, _("Yes")), (FirstTime.NO, _("No"))]
# The order of the buttons: who comes most stands first.
BANDS = (AgeBand.ADULT, AgeBand.CHILD, AgeBand.TEEN, AgeBand.SENIOR, AgeBand.UNKNOWN)


def fresh_id() -> dict[str, Any]:
    return {"tap_id": uuid4()}


class DoorForm(Form):
    """Several of these stand on one screen, so that each names its inputs after itself."""

    kind = ""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **({"auto_id": f"{self.kind}-%s"} | options))

    def taps(self) -> Sequence[Tap]:
        """What is to be counted; each kind of form says its own."""
        return ()


class WalkInForm(DoorForm):
    """One person who came in; the button that was tapped says the age band."""

    kind = "walk_in"
    tap_id = forms.UUIDField(widget=forms.HiddenInput)
    origin = forms.ChoiceField(
        label=_("From this neighborhood"), choices=ORIGINS, required=False, widget=forms.RadioSelect
    )
    first_time = forms.ChoiceField(
        label=_("First time here"), choices=FIRST_TIMES, required=False, widget=forms.RadioSelect
    )
    age_band = forms.ChoiceField(choices=AgeBand, widget=forms.HiddenInput)

    def taps(self) -> Sequence[Tap]:
        data = self.cleaned_data
        return [
            Tap(
                tap_id=data["tap_id"],
                age_band=data["age_band"],
                origin=data["origin"] or Origin.UNKNOWN,
                first_time=data["first_time"] or FirstTime.UNKNOWN,
            )
        ]


class DoorCodeForm(DoorForm):
    """The code of a registration, read aloud or shown."""

    kind = "code"
    tap_id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code of the registration"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    people = forms.IntegerField(
        label=_("How many came"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=_("Empty: as many as registered."),
    )

    def clean_code(self) -> str:
        if not normalize_code(self.cleaned_data["code"]):
            raise forms.ValidationError(_("This is not a code. It looks like 4F7QK-92XM-TB6R."))
        return self.cleaned_data["code"]

    def taps(self) -> Sequence[Tap]:
        data = self.cleaned_data
        return [
            Tap(
                tap_id=data["tap_id"],
                method=CheckInMethod.QR,
                people=data["people"],
                code_hash=hash_code(data["code"]),
            )
        ]


class ScannedForm(DoorForm):
    """A registration whose QR code opened this page."""

    kind = "scanned"
    tap_id = forms.UUIDField(widget=forms.HiddenInput)
    code_hash = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    people = forms.IntegerField(label=_("How many came"), min_value=1, max_value=50)

    def taps(self) -> Sequence[Tap]:
        return [Tap(method=CheckInMethod.QR, **self.cleaned_data)]


class HeadcountForm(DoorForm):
    """How many were counted in each group; also for a count that was made on paper."""

    kind = "headcount"
    tap_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for band in BANDS:
            self.fields[band.value] = forms.IntegerField(
                label=_("Without noting the age") if band == AgeBand.UNKNOWN else band.label,
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "usa-input input-short"}),
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.get(band.value) for band in BANDS):
            raise forms.ValidationError(_("Enter how many people you counted in at least one group."))
        return self.cleaned_data

    def taps(self) -> Sequence[Tap]:
        drawn: UUID = self.cleaned_data["tap_id"]
        return [
            Tap(
                tap_id=uuid5(drawn, band.value),
                method=CheckInMethod.HEADCOUNT,
                people=self.cleaned_data[band.value],
                age_band=band.value,
            )
            for band in BANDS
            if self.cleaned_data[band.value]
        ]


class UndoForm(Form):
    tap_id = forms.UUIDField(widget=forms.HiddenInput)
