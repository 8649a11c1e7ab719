"""What goes to the door and comes from it: a registration's code to scan, and the list to print or to open as a table."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lecen.domains.engagement.models import Registration
from lecen.kernel.qr import qr_svg
from lecen.kernel.tables import write_csv


def door_address(registration: Registration) -> str:
    """Where the phone of the person at the door is led; it names nobody and opens nothing to anybody else.

    The hash stands for the receipt code and does not reveal it: a photo of the code on a screen changes no seats.
    """
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("engagement:check-in-scanned", args=[registration.event_id, registration.code_hash])
    return settings.BASE_URL + path


def door_qr(registration: Registration) -> SafeString:
    return qr_svg(door_address(registration), title=_("Code to show at the door"))


def door_table(registrations: Iterable[Registration]) -> str:
    """The registrations as a table; names, addresses and needs only where given."""
    columns = [_("Name"), _("People"), _("E-mail"), _("What would help"), _("Language"), _("Registered on")]
    rows = (
        (row.name, row.seats, row.email, row.needs, row.get_language_display(), row.day.isoformat())
        for row in registrations
    )
    return write_csv(columns, rows)
