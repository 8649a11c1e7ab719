"""The library as data: the same playbooks, in every language at once."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema

from lecen.domains.library import queries, rules
from lecen.domains.library.choices import EventKind, Tag
from lecen.domains.library.models import Playbook
from lecen.kernel.api import ApiRouter
from lecen.kernel.translated import TranslatedText
from lecen.kernel.web import get_visible

router = ApiRouter()


class PlaybookSummary(Schema):
    """Texts are mappings of a language code to words."""

    slug: str
    version: int
    name: dict[str, str]
    summary: dict[str, str]
    kind: EventKind
    lead_time_days: int
    duration_minutes: int
    tags: list[Tag]


class PlaybookDetail(PlaybookSummary):
    content: dict[str, Any]


@router.get("/", response=list[PlaybookSummary], summary="Playbooks, the quickest to prepare first")
def playbook_list(
    request: HttpRequest,
    kind: EventKind | None = None,
    tag: Tag | None = None,
    lead_time_days: int | None = Query(None, ge=0, le=730),
    words: str = Query("", max_length=100),
) -> list[dict[str, Any]]:
    found = queries.playbooks(
        viewer=request.viewer, kind=kind or "", tag=tag or "", lead_time=lead_time_days, words=words
    )
    return [_summary(playbook) for playbook in found]


@router.get("/{slug}/", response=PlaybookDetail, summary="One playbook with its whole content")
def playbook(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = get_visible(rules.visible_playbooks(request.viewer), slug=slug)
    return _summary(found) | {"content": found.content}


def _summary(playbook: Playbook) -> dict[str, Any]:
    plain = ("slug", "version", "kind", "lead_time_days", "duration_minutes", "tags")
    return {name: getattr(playbook, name) for name in plain} | {
        "name": _texts(playbook.name),
        "summary": _texts(playbook.summary),
    }


def _texts(value: TranslatedText) -> dict[str, str]:
    return {language: entry.text for language, entry in value.translations}
