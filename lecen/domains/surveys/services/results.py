"""Results are released in snapshots, each of at least k people more than the one before it, and never taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import ngettext

from lecen.domains.surveys import queries, rules
from lecen.domains.surveys.changes import ResultsReleased
from lecen.domains.surveys.choices import QuestionKind
from lecen.domains.surveys.logic import release_table
from lecen.domains.surveys.models import Collector, Question, ResultRelease
from lecen.kernel import audit, changes
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer
from lecen.science.disclosure import DEFAULT_K


def release_results(*, by: Viewer, collector_id: UUID, at: datetime) -> ResultRelease:
    """Show what came in so far. Refused below k people, and below k more than the last release stands for."""
    with transaction.atomic():
        collector = queries.locked_collector(collector_id=collector_id)
        require(rules.can_manage, by, collector)
        release = release_what_is_due(by=by, collector=collector, at=at)
    if release is None:
        raise Refused(_too_few(has_release=collector.releases.exists()))
    return release


def _too_few(*, has_release: bool) -> str:
    if has_release:
        message = ngettext(
            "The results shown stay as they are until at least %(k)d more person has answered.",
            "The results shown stay as they are until at least %(k)d more people have answered.",
            DEFAULT_K,
        )
    else:
        message = ngettext(
            "Results can be shown once at least %(k)d person has answered.",
            "Results can be shown once at least %(k)d people have answered.",
            DEFAULT_K,
        )
    return message % {"k": DEFAULT_K}


def release_what_is_due(*, by: Viewer, collector: Collector, at: datetime) -> ResultRelease | None:
    """The next release of a locked collector; None where too few people answered, or too few more."""
    before = queries.last_release(collector=collector)
    n = queries.count_of_answers(collector=collector)
    if n - (before.n if before else 0) < DEFAULT_K:
        return None
    tables, basis = _tables(collector, before)
    release = ResultRelease.objects.create(collector=collector, n=n, released_at=at, tables=tables, basis=basis)
    audit.record(by=by, act="results.released", on=collector, at=at)
    changes.publish(ResultsReleased(collector_id=collector.pk, n=n))
    return release


def _tables(collector: Collector, before: ResultRelease | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is published, and what it stands for, by question key."""
    counts = queries.exact_counts(collector=collector)
    texts = queries.exact_texts(collector=collector)
    tables: dict[str, Any] = {}
    basis: dict[str, Any] = {}
    for question in queries.questions_of(collector=collector):
        key, last = question.key, before.basis.get(question.key) if before else None
        if question.kind == QuestionKind.TEXT:
            basis[key] = _texts_due(texts.get(key, []), last or [])
            tables[key] = {"n": len(basis[key]) or None}
        else:
            shown = queries.read_table(before.tables.get(key) if before else None)
            table, basis[key] = release_table(
                kind=question.kind, counts=_by_option(question, counts), before=shown, counts_before=last or {}
            )
            tables[key] = queries.written_table(table)
    return tables, basis


def _by_option(question: Question, counts: dict[tuple[str, str], int]) -> dict[str, int]:
    """How many chose each option, options that nobody chose too."""
    return {option["value"]: counts.get((question.key, option["value"]), 0) for option in question.options}


def _texts_due(texts: list[str], last: list[str]) -> list[str]:
    return texts if len(texts) - len(last) >= DEFAULT_K else last
