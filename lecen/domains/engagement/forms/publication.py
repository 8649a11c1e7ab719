"""Calling an event off."""

from django.utils.translation import gettext_lazy as _

from lecen.kernel.forms import Form
from lecen.kernel.translated import TranslatedFormField


class CancelForm(Form):
    reason = TranslatedFormField(
        label=_("Why it is canceled"),
        max_length=400,
        multiline=True,
        help_text=_("Everybody reads this: on the event's page and in the messages that go out."),
    )
