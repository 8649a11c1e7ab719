"""Reads of the library."""

from django.db.models import Case, QuerySet, Value, When

from lecen.domains.library import rules
from lecen.domains.library.logic import DIRECTION_ORDER
from lecen.domains.library.models import EvidenceCard, Playbook
from lecen.kernel.search import fold
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


def playbooks(
    *, viewer: Viewer, kind: str = "", tag: str = "", lead_time: int | None = None, words: str = ""
) -> list[Playbook]:
    """Current playbooks that fit every filter named, the quickest to prepare first.

    A library holds tens of playbooks, so tags and words are compared here and not in the database, where each
    engine would read accents and JSON in its own way.
    """
    found = rules.visible_playbooks(viewer)
    if kind:
        found = found.filter(kind=kind)
    if lead_time is not None:
        found = found.filter(lead_time_days__lte=lead_time)
    return [
        playbook
        for playbook in found.order_by("lead_time_days", "slug")
        if (not tag or tag in playbook.tags) and _mentions(playbook, words)
    ]


def evidence_of(*, playbook: Playbook) -> QuerySet[EvidenceCard]:
    """The cards by direction, then strength: what favors it first, harm last but never left out."""
    by_direction = Case(*(When(direction=each, then=Value(place)) for place, each in enumerate(DIRECTION_ORDER)))
    return playbook.evidence.order_by(by_direction, "strength", "position")


def _mentions(playbook: Playbook, words: str) -> bool:
    texts: tuple[TranslatedText, ...] = (playbook.name, playbook.summary, playbook.purpose, playbook.outline.audience)
    written = [entry.text for text in texts for _language, entry in text.translations]
    haystack = fold(" ".join([*written, *playbook.tag_labels, str(playbook.get_kind_display())]))
    return all(word in haystack for word in fold(words).split())
