"""Pure rules of the trade: no queries, no clock."""

from collections.abc import Iterable
from datetime import date, timedelta

from lecen.kernel.translated import TranslatedText

REGISTRATIONS_KEPT_FOR = timedelta(days=30)


# --- Events ---
def untranslated(texts: Iterable[TranslatedText], *, language: str) -> bool:
    """Whether any of `texts` that is written at all is missing in `language`."""
    return any(text and language not in text.languages for text in texts)


# --- Registrations ---
def registrations_deleted_after(ends_on: date) -> date:
    """The last day on which names and addresses of an event that ends on `ends_on` are still kept."""
    return ends_on + REGISTRATIONS_KEPT_FOR
