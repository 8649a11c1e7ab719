"""Surveys on paper and results as a table."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from lecen.domains.surveys import queries
from lecen.domains.surveys.choices import Channel
from lecen.domains.surveys.models import Collector, Question
from lecen.kernel.documents import render_document
from lecen.kernel.qr import qr_svg
from lecen.kernel.tables import write_csv


def answer_address(collector: Collector, *, language: str, channel: str = Channel.LINK) -> str:
    """The whole address at which `collector` is answered, such as for a QR code."""
    with override(language):
        path = reverse("surveys:answer", args=[collector.slug])
    return f"{settings.BASE_URL}{path}" + (f"?c={Channel.QR}" if channel == Channel.QR else "")


def results_csv(results: queries.ReleasedResults) -> str:
    """One row for each group of answers of each question, exactly as the results page shows them."""
    columns = [
        _("question"),
        _("words"),
        _("people who answered it"),
        _("answer"),
        _("people"),
        _("share, %"),
        _("note"),
    ]
    return write_csv(columns, _rows(results))


def _rows(results: queries.ReleasedResults) -> Iterator[list[Any]]:
    for question in results.questions:
        base = [question.key, str(question.text), question.n or _("fewer than 10")]
        for cell in question.cells:
            shown = [_("not shown"), ""] if cell.share is None else [cell.count, round(cell.share)]
            yield [*base, str(cell.label), *shown, str(results.label)]
        if not question.cells:
            yield [*base, "", "", "", str(results.label)]


def paper_sheet(collector: Collector, *, language: str) -> bytes:
    """A sheet to hand out: the same questions with boxes to tick, as PDF."""
    with override(language):
        coded = answer_address(collector, language=language, channel=Channel.QR)
        data = {
            "agency": collector.agency.name,
            "occasion": str(collector.title),
            "introduction": str(collector.questionnaire.introduction),
            "questions": [_asked(question) for question in queries.questions_of(collector=collector)],
            "phone": _("Or answer on your phone:"),
            "address": answer_address(collector, language=language),
            "code": qr_svg(coded, title=_("Answer on your phone")),
            "code_says": _("QR code that opens this survey on a phone"),
            "emergency": _("In an emergency, call 911. Do not write your name on this sheet."),
        }
        title = str(collector.questionnaire.title)
    return render_document("surveys/paper_sheet.typ", data, title=title, language=language)


def _asked(question: Question) -> dict[str, Any]:
    options = [option["label"].get(get_language() or "en", option["label"]["en"]) for option in question.options]
    return {"text": str(question.text), "help": str(question.help), "options": options}
