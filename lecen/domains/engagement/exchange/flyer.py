"""The flyer: one letter page in both languages, with a code that leads to the event's page."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from lecen.domains.engagement.models import Event
from lecen.kernel.documents import render_document
from lecen.kernel.qr import qr_svg
from lecen.kernel.short_links import short_path

LONGEST_PURPOSE = 400


def event_address(event: Event) -> str:
    """The short address of the event's page, the same in print, on screens and in codes."""
    with translation.override(settings.LANGUAGE_CODE):
        return settings.BASE_URL + short_path(event.get_absolute_url())


def event_qr(event: Event) -> str:
    return qr_svg(event_address(event), title=_("Code that opens the page of this event"))


def event_flyer(event: Event) -> bytes:
    """A PDF to print and hang up; each language that the event is written in has its part of the page."""
    address = event_address(event)
    languages = [code for code, _name in settings.LANGUAGES if code in event.title.languages]
    data = {
        "agency": event.agency.name,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": str(qr_svg(address, title=event.title.in_language(languages[0]))),
        "qr_alt": address,
        "parts": [_part(event, language) for language in languages],
    }
    return render_document(
        "engagement/flyer.typ", data, title=event.title.in_language(languages[0]), language=languages[0]
    )


def _part(event: Event, language: str) -> dict[str, Any]:
    with translation.override(language):
        return {
            "language": language,
            "title": event.title.in_language(language),
            "purpose": event.purpose.in_language(language),
            "when": event.when,
            "where": ", ".join(filter(None, (event.place, event.address))),
            "hosts": _("Hosted by %(names)s") % {"names": ", ".join(_hosts(event))},
            "facts": _facts(event),
            "open": _("Everybody is welcome. Nobody has to give a name."),
            "more": _("More, and how to let us know that you come:")
            if event.takes_registrations
            else _("More about this event:"),
            "emergency": _("In an emergency, call 911."),
        }


def _hosts(event: Event) -> list[str]:
    return [event.agency.name, *(partner.organization.name for partner in event.accepted_partners)]


def _facts(event: Event) -> list[str]:
    facts = []
    if event.languages:
        facts.append(_("Languages: %(names)s") % {"names": ", ".join(event.spoken_languages)})
    if event.access:
        facts.append(_("Access: %(names)s") % {"names": ", ".join(event.access_features)})
    return facts
