"""An event as an organizer writes it: one page, in sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import SPOKEN_LANGUAGES
from lecen.domains.engagement.choices import AccessFeature
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.services.events import ConditionDraft, EventDraft
from lecen.domains.library.choices import ConditionRating, ContactCondition, EventKind
from lecen.kernel.errors import Refused
from lecen.kernel.forms import Form, RadioTiles
from lecen.kernel.ids import uuid7
from lecen.kernel.times import local_datetime
from lecen.kernel.translated import TranslatedFormField

UNITED_STATES_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)
MOST_BOXES = 30
GENERAL_HINTS: dict[str, str | Promise] = {
    ContactCondition.EQUAL_STATUS: _(
        "Mix the tables, use first names, and let residents lead a part. Nobody only watches while others speak."
    ),
    ContactCondition.COMMON_GOAL: _("Name one thing that all of you can finish together before you leave."),
    ContactCondition.COOPERATION: _("Give each table a task that needs both officers and neighbors to be done."),
    ContactCondition.INSTITUTIONAL_SUPPORT: _(
        "Ask the head of the agency and a leader of the neighborhood to welcome people together and to stay."
    ),
}


@dataclass(frozen=True)
class Section:
    key: str
    title: str | Promise
    about: str | Promise
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class ConditionFields:
    label: str
    rating: forms.BoundField
    plan: forms.BoundField
    hint: str


class EventForm(Form):
    event_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = TranslatedFormField(label=_("Title"), max_length=120)
    purpose = TranslatedFormField(
        label=_("Purpose"),
        max_length=400,
        multiline=True,
        help_text=_("Why people should come, and what you want to reach together. Visitors read this first."),
    )
    description = TranslatedFormField(label=_("What happens there"), max_length=4000, multiline=True, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind)
    day = forms.DateField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"))
    ends = forms.TimeField(label=_("Ends"))
    last_day = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Only if it ends on a later day, such as after midnight.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False, help_text=_("Needed before you publish."))
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    directions = TranslatedFormField(
        label=_("How to get in"),
        max_length=400,
        multiline=True,
        required=False,
        help_text=_("The door to use, the ramp, the bus stop, where to park."),
    )
    neighborhoods = forms.ModelMultipleChoiceField(None, label=_("Neighborhoods"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, choices=SPOKEN_LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    access = forms.MultipleChoiceField(
        label=_("Access"), required=False, choices=AccessFeature, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Leave empty if there is no limit."),
    )
    takes_registrations = forms.BooleanField(label=_("People can say beforehand that they come"), required=False)

    def __init__(
        self, *arguments: Any, agency: Any, neighborhoods: QuerySet, hints: dict[str, str] | None = None, **options: Any
    ) -> None:
        self.agency = agency
        self.hints = {**GENERAL_HINTS, **(hints or {})}
        super().__init__(*arguments, **options)
        zones = dict.fromkeys((agency.time_zone, self.initial.get("time_zone", agency.time_zone), *UNITED_STATES_ZONES))
        self.fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]
        few = neighborhoods.count() <= MOST_BOXES
        self.fields["neighborhoods"].widget = (
            forms.CheckboxSelectMultiple() if few else forms.SelectMultiple({"size": 8})
        )
        self.fields["neighborhoods"].queryset = neighborhoods
        for condition in ContactCondition:
            self.fields[f"rating_{condition}"] = forms.ChoiceField(
                label=gettext("How strong is it?"), choices=ConditionRating, widget=RadioTiles
            )
            self.fields[f"plan_{condition}"] = TranslatedFormField(
                label=gettext("What you do for it"), max_length=400, multiline=True, required=False
            )

    # --- What the page shows ---
    @property
    def sections(self) -> list[Section]:
        return [
            self._section("what", _("What and why"), "", "title", "purpose", "description", "kind"),
            self._section(
                "when", _("When"), _("By the clock at the place."), "day", "starts", "ends", "last_day", "time_zone"
            ),
            self._section("where", _("Where"), "", "place", "address", "directions", "neighborhoods"),
            self._section(
                "welcome", _("Who can take part"), "", "languages", "access", "capacity", "takes_registrations"
            ),
        ]

    @property
    def point_fields(self) -> list[forms.BoundField]:
        return [self["latitude"], self["longitude"]]

    @property
    def conditions(self) -> Iterator[ConditionFields]:
        for condition in ContactCondition:
            yield ConditionFields(
                label=str(condition.label),
                rating=self[f"rating_{condition}"],
                plan=self[f"plan_{condition}"],
                hint=str(self.hints[condition]),
            )

    def _section(self, key: str, title: str | Promise, about: str | Promise, *names: str) -> Section:
        return Section(key, title, about, [self[name] for name in names])

    # --- What was written ---
    def clean(self) -> dict[str, Any]:
        written: dict[str, Any] = super().clean() or {}
        if (written.get("latitude") is None) != (written.get("longitude") is None) and not (
            {"latitude", "longitude"} & self.errors.keys()
        ):
            self.add_error("longitude", gettext("Give both latitude and longitude, or neither."))
        if {"day", "starts", "ends", "time_zone", "last_day"} & self.errors.keys():
            return written
        last_day = written.get("last_day") or written["day"]
        written["starts_at"] = self._moment("starts", written["day"])
        written["ends_at"] = self._moment("ends", last_day)
        if written["starts_at"] and written["ends_at"] and written["ends_at"] <= written["starts_at"]:
            self.add_error(
                "ends", gettext("The end must come after the start. If it ends after midnight, give the last day too.")
            )
        return written

    def _moment(self, name: str, day: date) -> Any:
        try:
            return local_datetime(day, self.cleaned_data[name], self.cleaned_data["time_zone"])
        except Refused as refusal:
            self.add_error(name, str(refusal))
            return None

    def draft(self) -> EventDraft:
        """What was written, for the service; call it on a valid form."""
        written = self.cleaned_data
        same = ("title", "purpose", "description", "kind", "starts_at", "ends_at", "time_zone", "place", "address")
        more = ("directions", "latitude", "longitude", "capacity", "takes_registrations", "event_id")
        return EventDraft(
            agency=self.agency,
            **{name: written[name] for name in (*same, *more)},
            neighborhoods=tuple(written["neighborhoods"]),
            languages=tuple(written["languages"]),
            access=tuple(written["access"]),
            conditions=tuple(
                ConditionDraft(str(condition), written[f"rating_{condition}"], written[f"plan_{condition}"])
                for condition in ContactCondition
            ),
        )


def new_event(*, languages: list[str]) -> dict[str, Any]:
    """What the form holds before anything is written."""
    medium = {f"rating_{condition}": ConditionRating.MEDIUM for condition in ContactCondition}
    return medium | {"event_id": uuid7(), "languages": languages, "takes_registrations": True}


def written_event(event: Event) -> dict[str, Any]:
    """What the form holds of an event that exists; hours stand as the clock at the place shows them."""
    zone = ZoneInfo(event.time_zone)
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    same = ("title", "purpose", "description", "kind", "time_zone", "place", "address", "directions")
    more = ("latitude", "longitude", "languages", "access", "capacity", "takes_registrations")
    held: dict[str, Any] = {name: getattr(event, name) for name in (*same, *more)}
    held |= _written_conditions(event)
    return held | {
        "neighborhoods": list(event.neighborhoods.all()),
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
    }


def _written_conditions(event: Event) -> dict[str, Any]:
    held: dict[str, Any] = {f"rating_{condition}": ConditionRating.MEDIUM for condition in ContactCondition}
    for condition in event.conditions.all():
        held[f"rating_{condition.condition}"] = condition.rating
        held[f"plan_{condition.condition}"] = condition.plan
    return held
