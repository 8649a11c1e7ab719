"""Reads of the surveys area. None of them gives a single answer away."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from lecen.domains.surveys.choices import CollectorState
from lecen.domains.surveys.models import Collector, Question, Response
from lecen.kernel.codes import hash_code, normalize_code

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
