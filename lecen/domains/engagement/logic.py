"""Pure rules of the trade: no queries, no clock."""

from collections.abc import Iterable

from lecen.kernel.translated import TranslatedText


# --- Events ---
def untranslated(texts: Iterable[TranslatedText], *, language: str) -> bool:
    """Whether any of `texts` that is written at all is missing in `language`."""
    return any(text and language not in text.languages for text in texts)
