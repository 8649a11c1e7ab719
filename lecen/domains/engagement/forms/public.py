"""How visitors narrow a list of events."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import SPOKEN_LANGUAGES
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.queries.events import speaking
from lecen.domains.library.choices import EventKind
from lecen.kernel.forms import Form

ANY = ("", _("Any"))


class EventFilterForm(Form):
    """All fields may be empty; what cannot be read is passed over, so that no address is an error."""

    neighborhood = forms.ModelChoiceField(None, label=_("Neighborhood"), required=False, to_field_name="slug")
    language = forms.ChoiceField(label=_("Language spoken"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *EventKind.choices])

    def __init__(self, *arguments: Any, neighborhoods: QuerySet, languages: list[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["neighborhood"].queryset = neighborhoods
        self.fields["neighborhood"].empty_label = ANY[1]
        spoken = [(code, name) for code, name in SPOKEN_LANGUAGES if code in languages]
        self.fields["language"].choices = [ANY, *spoken]

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        self.is_valid()
        chosen = self.cleaned_data
        if neighborhood := chosen.get("neighborhood"):
            events = events.filter(neighborhoods=neighborhood)
        if kind := chosen.get("kind"):
            events = events.filter(kind=kind)
        if language := chosen.get("language"):
            events = speaking(events, language=language)
        return events

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)
