"""Pure rules of the trade: no queries, no clock."""

from collections.abc import Iterable, Sequence

from lecen.kernel.translated import TranslatedText


# --- Events ---
def untranslated(texts: Iterable[TranslatedText], *, language: str) -> bool:
    """Whether any of `texts` that is written at all is missing in `language`."""
    return any(text and language not in text.languages for text in texts)


def visitors_must_know(before: Sequence[object], after: Sequence[object]) -> bool:
    """Whether a change moves day, time or place: only then is anybody written to."""
    return tuple(before) != tuple(after)
