"""Answers come in: anonymous, once each, and only while the collector is open."""

import random
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies.queries.positions import day_in
from lecen.domains.surveys import queries, rules
from lecen.domains.surveys.choices import Channel, CollectorState, QuestionKind
from lecen.domains.surveys.models import Answer, Collector, Question, Response
from lecen.kernel import audit
from lecen.kernel.codes import hash_code, new_code
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import ANONYMOUS, Viewer

LONGEST_TEXT = 2_000
NUL = "\0"  # which a database of text refuses
_shuffle = random.SystemRandom().shuffle


def record_response(
    *,
    by: Viewer,
    collector: Collector,
    answers: Mapping[str, str],
    channel: str,
    language: str,
    response_id: UUID,
    at: datetime,
) -> Response:
    """Keep one person's answers by question key. `response_id` is drawn by the form: sent twice, it counts once."""
    with transaction.atomic():
        response = _begin(
            by=by, collector=collector, channel=channel, language=language, response_id=response_id, at=at
        )
        if not response.is_complete:
            _keep(response, answers)
            response.is_complete, response.resume_hash = True, ""
            response.save(update_fields=["is_complete", "resume_hash"])
            # Not `by`: who answered, or who typed a sheet of paper in, must not stand beside the answer.
            audit.record(by=ANONYMOUS, act="response.recorded", on=response, at=at)
    return response


def save_for_later(
    *,
    by: Viewer,
    collector: Collector,
    answers: Mapping[str, str],
    channel: str,
    language: str,
    response_id: UUID,
    at: datetime,
) -> str:
    """Keep answers that are not finished, and count nothing; returns the code that brings the person back."""
    code = new_code()
    with transaction.atomic():
        response = _begin(
            by=by, collector=collector, channel=channel, language=language, response_id=response_id, at=at
        )
        if response.is_complete:
            raise Refused(_("These answers have been sent already. Thank you!"))
        _keep(response, answers)
        response.resume_hash = hash_code(code)
        response.save(update_fields=["resume_hash"])
    return code


def _begin(
    *, by: Viewer, collector: Collector, channel: str, language: str, response_id: UUID, at: datetime
) -> Response:
    """The response under its key, new or begun before, while the collector is held open."""
    collector = queries.locked_collector(collector_id=collector.pk)
    existing = Response.objects.select_for_update().filter(pk=response_id).first()
    if existing is not None and existing.collector_id != collector.pk:
        raise Refused(_("Open the survey again and answer on a fresh page."))
    if existing is not None and existing.is_complete:
        return existing
    if collector.state == CollectorState.CLOSED or at >= queries.last_moment(collector):
        raise Refused(_("This survey has closed, so your answers could not be kept. Thank you for taking the time."))
    if at < collector.opens_at:
        raise Refused(_("This survey has not opened yet."))
    require(rules.can_manage if channel == Channel.PAPER else rules.can_answer, by, collector)
    if existing is not None:
        return existing
    response = Response(
        id=response_id,
        collector=collector,
        channel=channel,
        language=language,
        day=day_in(collector.agency.time_zone, at),
    )
    response.full_clean(validate_unique=False)
    response.save(force_insert=True)
    return response


def _keep(response: Response, answers: Mapping[str, str]) -> None:
    """Replace the answers of `response`; what is not among the options is refused, what is left out is skipped."""
    questions = {question.key: question for question in response.collector.questionnaire.questions.all()}
    strangers = set(answers) - set(questions)
    if strangers:
        raise Refused(_("This survey does not ask “%(key)s”.") % {"key": min(strangers)}, field=min(strangers))
    cleaned = {key: value.replace(NUL, "").strip() for key, value in answers.items()}
    given = {key: value for key, value in cleaned.items() if value}
    if not given:
        raise Refused(_("Nothing is marked yet. Answer at least one question, or simply close this page."))
    for key, question in questions.items():
        if question.is_required and key not in given:
            raise Refused(_("This question needs an answer."), field=key)
    kept = [_answer(response, questions[key], value) for key, value in given.items()]
    _shuffle(kept)
    response.answers.all().delete()
    Answer.objects.bulk_create(kept)


def _answer(response: Response, question: Question, value: str) -> Answer:
    if question.kind == QuestionKind.TEXT:
        if len(value) > LONGEST_TEXT:
            raise Refused(_("Use at most %(limit)d characters.") % {"limit": LONGEST_TEXT}, field=question.key)
        return Answer(response=response, question=question, text=value)
    if value not in {option["value"] for option in question.options}:
        raise Refused(_("Choose one of the answers shown."), field=question.key)
    return Answer(response=response, question=question, value=value)
