"""Finding things by words, in any language of theirs, whatever the case and accents; each viewer finds what they may see.

A service that changes what can be found calls `index` or `remove` in its own transaction.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet
from modelsearch.backends import get_search_backend

from lecen.kernel.features import SearchSource, load
from lecen.kernel.models import SearchEntry
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer

LONGEST_QUERY = 12  # words


@dataclass(frozen=True)
class Hit:
    """One object found, and the source whose label names its kind."""

    source: SearchSource
    object: Model


@dataclass(frozen=True)
class Found:
    """`total` counts only what the viewer may see; `hits` are the best of them."""

    total: int
    hits: tuple[Hit, ...]


def fold(text: str) -> str:
    """`text` without case and accents: `Reunión` and `reunion` are the same word to whoever searches."""
    # Decomposed twice: folding the case of a decorated letter can bring forth new marks, and the reverse.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def storable(text: str) -> str:
    """`text` without what PostgreSQL cannot compare: null signs and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def words_of(text: str) -> list[str]:
    """The folded words of `text`: letters and digits only, so that no query can carry the backend's operators."""
    return "".join(sign if sign.isalnum() else " " for sign in fold(text)).split()


def _words(text: str | TranslatedText) -> str:
    if isinstance(text, TranslatedText):
        text = " ".join(entry.text for _language, entry in text.translations)
    return " ".join(words_of(text))


def index(obj: Model, *, title: str | TranslatedText, body: Sequence[str | TranslatedText] = ()) -> None:
    """Let `obj`, whose key is a UUID, be found by the words of `title` and of the texts in `body`."""
    entry, _created = SearchEntry.objects.update_or_create(
        source=obj._meta.label_lower,
        object_id=obj.pk,
        defaults={"title": _words(title), "body": " ".join(filter(None, map(_words, body)))},
    )
    get_search_backend().add(entry)


def remove(obj: Model) -> None:
    """Let `obj` be found no more; nothing happens where it could not be found."""
    for entry in SearchEntry.objects.filter(source=obj._meta.label_lower, object_id=obj.pk):
        get_search_backend().delete(entry)
        entry.delete()


def find(query: str, *, sources: Sequence[SearchSource], viewer: Viewer, limit: int = 20) -> Found:
    """What `viewer` may see in `sources` and what has all the words of `query`, best first."""
    words = words_of(query)[:LONGEST_QUERY]
    if not words or not sources:
        return Found(0, ())
    visible = {queryset.model._meta.label_lower: (source, queryset) for source, queryset in _visible(sources, viewer)}
    # The rule narrows the search itself: what one may not see is neither counted nor ranked.
    allowed = reduce(
        or_,
        (Q(source=label, object_id__in=queryset.order_by().values("pk")) for label, (_s, queryset) in visible.items()),
    )
    results = get_search_backend().search(" ".join(words), SearchEntry.objects.filter(allowed), operator="and")
    return Found(results.count(), _hits(list(results[:limit]), visible))


def _visible(sources: Sequence[SearchSource], viewer: Viewer) -> list[tuple[SearchSource, QuerySet]]:
    return [(source, load(source.visible)(viewer)) for source in sources]


def _hits(entries: list[SearchEntry], visible: dict[str, tuple[SearchSource, QuerySet]]) -> tuple[Hit, ...]:
    objects: dict[tuple[str, Any], Model] = {}
    for label in {entry.source for entry in entries}:
        keys = [entry.object_id for entry in entries if entry.source == label]
        for obj in visible[label][1].filter(pk__in=keys):
            objects[label, obj.pk] = obj
    return tuple(
        Hit(visible[entry.source][0], objects[entry.source, entry.object_id])
        for entry in entries
        if (entry.source, entry.object_id) in objects
    )
