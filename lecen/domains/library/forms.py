"""The filter of the library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lecen.domains.library.choices import EventKind, LeadTime, Tag
from lecen.kernel.forms import Form


class PlaybookFilter(Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *EventKind.choices])
    tag = forms.ChoiceField(label=_("Good for"), required=False, choices=[("", _("Anything")), *Tag.choices])
    lead_time = forms.ChoiceField(
        label=_("Time to prepare"), required=False, choices=[("", _("Any")), *LeadTime.choices]
    )
