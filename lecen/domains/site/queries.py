"""Reads of the site: the front page's sentences and the help and legal pages, from `content/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import get_language

from lecen.kernel import changes, due
from lecen.kernel.models import AuditBatch, Delivery, DueRun, Notice, NoticeState

PAGE_NAMES = ("about", "accessibility", "help", "privacy", "terms")
_FRONT_MATTER_LINE = re.compile(r"^---\n", re.MULTILINE)


@dataclass(frozen=True)
class WrittenPage:
    """A page of Markdown with its title and description."""

    name: str
    title: str
    description: str
    body: str


@cache
def _front_sentences() -> Mapping[str, Any]:
    return yaml.safe_load((settings.CONTENT_DIR / "site" / "front.yaml").read_text(encoding="utf-8"))


def front_page(*, language: str) -> dict[str, Any]:
    """The front page's sentences in `language`, in the shape of the file."""
    return _in_language(_front_sentences(), language)


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        if set(value) <= {code for code, _name in settings.LANGUAGES}:
            return value.get(language, value[settings.LANGUAGE_CODE])
        return {key: _in_language(inner, language) for key, inner in value.items()}
    return [_in_language(inner, language) for inner in value] if isinstance(value, list) else value


@cache
def written_page(*, name: str, language: str) -> WrittenPage | None:
    """One of the help and legal pages; None where there is no page of that name."""
    if name not in PAGE_NAMES:
        return None
    text = (settings.CONTENT_DIR / "pages" / f"{name}.{language}.md").read_text(encoding="utf-8")
    _before, matter, body = _FRONT_MATTER_LINE.split(text, maxsplit=2)
    named = yaml.safe_load(matter)
    return WrittenPage(name=name, title=named["title"], description=named["description"], body=body)


def current_language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]


@dataclass(frozen=True)
class Operations:
    """What an operator of the network should look at."""

    unknown_notices: int
    stuck_deliveries: int
    overdue_jobs: tuple[str, ...]
    audit_head: str


def operations(*, at: datetime) -> Operations:
    """Messages whose fate is unknown, reactions that gave up, jobs that do not end, and the newest audit seal."""
    newest = AuditBatch.objects.order_by("-number").values_list("hash", flat=True).first()
    overdue = DueRun.objects.filter(finished_at=None, enqueued_at__lt=at - due.GIVEN_UP_AFTER).order_by("name")
    return Operations(
        unknown_notices=Notice.objects.filter(state=NoticeState.UNKNOWN).count(),
        stuck_deliveries=Delivery.objects.filter(delivered_at=None, attempts__gte=changes.MOST_ATTEMPTS).count(),
        overdue_jobs=tuple(overdue.values_list("name", flat=True)),
        audit_head=newest or "",
    )
