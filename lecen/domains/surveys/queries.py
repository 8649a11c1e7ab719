"""Reads of the surveys area. None of them gives a single answer away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lecen.domains.surveys.choices import CollectorState, QuestionKind
from lecen.domains.surveys.logic import NOTHING, ReleasedTable, mean_of
from lecen.domains.surveys.models import Answer, Collector, Question, Response, ResultRelease
from lecen.kernel.codes import hash_code, normalize_code
from lecen.kernel.translated import TranslatedText
from lecen.science.disclosure import release_size

# Who opened the page in the last minute may still send it.
GRACE = timedelta(minutes=10)


def last_moment(collector: Collector) -> datetime:
    """Until when answers are taken that were begun in time."""
    return collector.closes_at + GRACE


def locked_collector(*, collector_id: UUID) -> Collector:
    """The collector, locked: call it first in a transaction that counts or adds answers."""
    return (
        Collector.objects.select_for_update(of=("self",)).select_related("agency", "questionnaire").get(pk=collector_id)
    )


def collectors_behind_links() -> QuerySet[Collector]:
    """Every collector: whoever has the link sees its page, if only to read that it has closed."""
    return Collector.objects.select_related("agency", "questionnaire")


def questions_of(*, collector: Collector) -> list[Question]:
    return list(collector.questionnaire.questions.order_by("position"))


def begun_response(*, collector: Collector, code: str) -> Response | None:
    """The unfinished answers that `code` brings back; None where there are none."""
    if not normalize_code(code):
        return None
    return Response.objects.filter(collector=collector, is_complete=False, resume_hash=hash_code(code)).first()


def begun_answers(*, response: Response) -> dict[str, str]:
    """What was marked so far, by question key, for the form of the person who came back."""
    rows = response.answers.values_list("question__key", "value", "text")
    return {key: value or text for key, value, text in rows}


def ended_collectors(*, at: datetime) -> QuerySet[Collector]:
    """Open collectors whose time, with the minutes of grace, is over."""
    return Collector.objects.filter(state=CollectorState.OPEN, closes_at__lte=at - GRACE).order_by("closes_at", "pk")


# --- Exact figures: for the services that decide what may be shown, and for nobody else ---------------------------------
def count_of_answers(*, collector: Collector) -> int:
    return collector.responses.filter(is_complete=True).count()


def exact_counts(*, collector: Collector) -> dict[tuple[str, str], int]:
    """How many people chose each option, by (question key, option)."""
    chosen = Answer.objects.filter(response__collector=collector, response__is_complete=True).exclude(value="")
    rows = chosen.values_list("question__key", "value").annotate(people=Count("pk")).order_by()
    return {(key, value): people for key, value, people in rows}


def exact_texts(*, collector: Collector) -> dict[str, list[str]]:
    """What people wrote, by question key, in the order of the alphabet so that nobody's place shows."""
    written = Answer.objects.filter(response__collector=collector, response__is_complete=True).exclude(text="")
    texts: dict[str, list[str]] = {}
    for key, text in written.order_by("text", "pk").values_list("question__key", "text"):
        texts.setdefault(key, []).append(text)
    return texts


def last_release(*, collector: Collector) -> ResultRelease | None:
    return collector.releases.order_by("-n").first()


def written_table(table: ReleasedTable) -> dict[str, Any]:
    """A table as the release keeps it; lists, because a database may change the order of names."""
    cells = [{"name": name, "values": list(table.groups[name]), "count": count} for name, count in table.cells.items()]
    return {"n": table.n, "cells": cells}


def read_table(kept: Mapping[str, Any] | None) -> ReleasedTable:
    if not kept or kept["n"] is None:
        return NOTHING
    groups = {cell["name"]: tuple(cell["values"]) for cell in kept["cells"]}
    return ReleasedTable(n=kept["n"], groups=groups, cells={cell["name"]: cell["count"] for cell in kept["cells"]})


# --- What was released ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReleasedCell:
    """One group of answers; `count` and `share` (0 to 100) are None where they are withheld."""

    name: str
    label: str | TranslatedText | Promise
    count: int | None
    share: float | None


@dataclass(frozen=True)
class ReleasedQuestion:
    """One question; `n` answered it, None for fewer than 10. `mean` is that of a scale shown in full."""

    key: str
    kind: str
    text: TranslatedText
    n: int | None
    cells: tuple[ReleasedCell, ...]
    mean: float | None

    @property
    def is_shown(self) -> bool:
        return any(cell.count is not None for cell in self.cells)


@dataclass(frozen=True)
class ReleasedResults:
    """What may be told of a collector: `n` people answered at least one question."""

    title: TranslatedText
    questionnaire: TranslatedText
    label: TranslatedText
    n: int
    released_at: datetime
    is_final: bool
    questions: tuple[ReleasedQuestion, ...]


def released_results(*, collector: Collector) -> ReleasedResults | None:
    """The last release; None where fewer than 10 people answered, or nothing was released yet."""
    release = last_release(collector=collector)
    if release is None:
        return None
    return ReleasedResults(
        title=collector.title,
        questionnaire=collector.questionnaire.title,
        label=collector.questionnaire.label,
        n=release.n,
        released_at=release.released_at,
        is_final=collector.state == CollectorState.CLOSED,
        questions=tuple(
            _released(question, release.tables[question.key]) for question in questions_of(collector=collector)
        ),
    )


def _released(question: Question, kept: Mapping[str, Any]) -> ReleasedQuestion:
    table = NOTHING if question.kind == QuestionKind.TEXT else read_table(kept)
    return ReleasedQuestion(
        key=question.key,
        kind=question.kind,
        text=question.text,
        n=kept["n"],
        cells=tuple(_cell(question, table, name) for name in table.cells),
        mean=mean_of(table) if question.kind == QuestionKind.SCALE else None,
    )


def _cell(question: Question, table: ReleasedTable, name: str) -> ReleasedCell:
    count = table.cells[name]
    share = None if count is None or table.n is None else 100 * count / table.n
    return ReleasedCell(name=name, label=_label(question, table.groups[name], name), count=count, share=share)


def _label(question: Question, values: tuple[str, ...], name: str) -> str | TranslatedText | Promise:
    if question.kind == QuestionKind.THERMOMETER:
        return THERMOMETER_LABELS[name]
    options = {option["value"]: TranslatedText.of(**option["label"]) for option in question.options}
    if name == "less" and len(values) > 1:
        return format_lazy(_("Less than “{label}”"), label=list(options.values())[-1])
    return options[values[-1]]


THERMOMETER_LABELS = {
    "not_warm": _("50 or colder"),
    "warm": _("Warmer than 50"),
    "cold": _("Colder than 50"),
    "even": _("50: neither cold nor warm"),
}


def released_texts(*, collector: Collector) -> list[tuple[TranslatedText, list[str]]]:
    """What people wrote in their own words, by question: for organizers, after a release, tied to nothing else."""
    release = last_release(collector=collector)
    asked = [question for question in questions_of(collector=collector) if question.kind == QuestionKind.TEXT]
    return [
        (question.text, release.basis[question.key]) for question in asked if release and release.basis[question.key]
    ]


def answers_so_far(*, collector: Collector) -> int:
    """How many people answered, in steps of 10, so that nobody watching the count sees one come in; 0 below 10."""
    return release_size(count_of_answers(collector=collector))
