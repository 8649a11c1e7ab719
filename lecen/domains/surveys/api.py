"""Surveys as JSON: what is asked, an answer sent in, and results as they were released."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Path, Schema, Status
from ninja.errors import HttpError

from lecen.domains.surveys import queries, rules, services
from lecen.domains.surveys.choices import Channel
from lecen.domains.surveys.models import Collector, Question
from lecen.kernel import limiter
from lecen.kernel.api import ApiRouter
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import ANONYMOUS
from lecen.kernel.web import get_visible

router = ApiRouter()
SENT_AN_HOUR, HOUR = 300, 3600
LONGEST_TEXT, MOST_ANSWERS = 2_000, 100
Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]+$", max_length=16)]


def _texts(text: TranslatedText) -> dict[str, str]:
    return {language: entry.text for language, entry in text.translations}


class OptionOut(Schema):
    value: str
    label: dict[str, str]


class QuestionOut(Schema):
    key: str
    kind: str
    text: dict[str, str]
    help: dict[str, str]
    is_required: bool
    options: list[OptionOut]

    @staticmethod
    def resolve_text(question: Question) -> dict[str, str]:
        return _texts(question.text)

    @staticmethod
    def resolve_help(question: Question) -> dict[str, str]:
        return _texts(question.help)


class SurveyOut(Schema):
    """A survey as whoever has its link may answer it."""

    slug: str
    agency: str
    title: dict[str, str]
    introduction: dict[str, str]
    state: str
    opens_at: datetime
    closes_at: datetime
    questions: list[QuestionOut]


class AnswersIn(Schema):
    """One person's answers. Draw `id` at random and send it again with a repeated request: it then counts once."""

    id: UUID
    language: Literal["en", "es"]
    answers: dict[str, Annotated[str, Field(max_length=LONGEST_TEXT)]] = Field(max_length=MOST_ANSWERS)


class Received(Schema):
    received: bool = True


class CellOut(Schema):
    """People who gave these answers; null where the small-number rule withholds it."""

    name: str
    label: str
    count: int | None
    share: float | None


class ReleasedQuestionOut(Schema):
    """`n` people answered this; null for fewer than 10."""

    key: str
    kind: str
    text: dict[str, str]
    n: int | None
    cells: list[CellOut]
    mean: float | None


class ResultsOut(Schema):
    label: dict[str, str]
    n: int
    released_at: datetime
    is_final: bool
    questions: list[ReleasedQuestionOut]


@router.get("/surveys/{slug}/", response=SurveyOut, summary="What a survey asks")
def survey_detail(request: HttpRequest, slug: Slug) -> dict[str, Any]:  # noqa: ARG001 - public
    collector = get_visible(queries.collectors_behind_links(), slug=slug)
    return {
        "slug": collector.slug,
        "agency": collector.agency.name,
        "title": _texts(collector.title),
        "introduction": _texts(collector.questionnaire.introduction),
        "state": collector.state,
        "opens_at": collector.opens_at,
        "closes_at": collector.closes_at,
        "questions": queries.questions_of(collector=collector),
    }


@router.post("/surveys/{slug}/answers/", response={201: Received}, summary="Answer a survey, without an account")
def survey_answer(request: HttpRequest, slug: Slug, payload: AnswersIn) -> Status:
    collector, at = get_visible(queries.collectors_behind_links(), slug=slug), timezone.now()
    key = f"{collector.pk}|{limiter.sender_of(request)}"
    if not limiter.hit(scope="surveys.answer", key=key, limit=SENT_AN_HOUR, per_seconds=HOUR, at=at):
        raise HttpError(limiter.TOO_MANY, _("Too many tries"))
    services.record_response(
        by=ANONYMOUS,
        collector=collector,
        answers=payload.answers,
        channel=Channel.LINK,
        language=payload.language,
        response_id=payload.id,
        at=at,
    )
    return Status(201, {"received": True})


@router.get(
    "/surveys/results/{collector_id}/", response=ResultsOut, summary="Released results, for the agency's members"
)
def survey_results(request: HttpRequest, collector_id: UUID) -> dict[str, Any]:
    visible = rules.visible_collectors(request.viewer).select_related("questionnaire")
    collector: Collector = get_visible(visible, pk=collector_id)
    results = queries.released_results(collector=collector)
    if results is None:
        raise HttpError(404, _("Not found"))
    return {
        "label": _texts(results.label),
        "n": results.n,
        "released_at": results.released_at,
        "is_final": results.is_final,
        "questions": [_question(question) for question in results.questions],
    }


def _question(question: queries.ReleasedQuestion) -> dict[str, Any]:
    cells = [
        {"name": cell.name, "label": str(cell.label), "count": cell.count, "share": cell.share}
        for cell in question.cells
    ]
    texts = _texts(question.text)
    return {
        "key": question.key,
        "kind": question.kind,
        "text": texts,
        "n": question.n,
        "cells": cells,
        "mean": question.mean,
    }
