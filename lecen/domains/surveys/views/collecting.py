"""What organizers do with a survey, and what members read of its results."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lecen.domains.surveys import exchange, queries, rules, services
from lecen.domains.surveys.choices import Channel, CollectorState
from lecen.domains.surveys.forms import PaperForm
from lecen.domains.surveys.models import Collector
from lecen.kernel.errors import Refused
from lecen.kernel.qr import qr_svg
from lecen.kernel.rules import require
from lecen.kernel.times import say_when
from lecen.kernel.web import get_visible, refusals_on
from lecen.science.disclosure import DEFAULT_K

LANGUAGES = ("en", "es")


def _collector(request: HttpRequest, pk: UUID) -> Collector:
    visible = rules.visible_collectors(request.viewer).select_related("agency", "questionnaire")
    return get_visible(visible, pk=pk)


def _managed(request: HttpRequest, pk: UUID) -> Collector:
    collector = _collector(request, pk)
    require(rules.can_manage, request.viewer, collector)
    return collector


def _closes(collector: Collector) -> str:
    return say_when(collector.closes_at, None, collector.agency.time_zone)


def _way(collector: Collector, language: str) -> dict[str, str]:
    """The address of one language and its code."""
    code = exchange.answer_address(collector, language=language, channel=Channel.QR)
    return {
        "language": language,
        "address": exchange.answer_address(collector, language=language),
        "code": qr_svg(code, title=_("Answer here")),
    }


@require_GET
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where people answer: link, QR code, tablet, paper; and what came in so far."""
    collector = _managed(request, pk)
    context = {
        "collector": collector,
        "is_open": collector.state == CollectorState.OPEN,
        "ways": [_way(collector, language) for language in LANGUAGES],
        "closes": _closes(collector),
        "so_far": queries.answers_so_far(collector=collector),
        "release": queries.last_release(collector=collector),
        "k": DEFAULT_K,
    }
    return render(request, "surveys/share.html", context)


def _keep_sheet(request: HttpRequest, collector: Collector, form: PaperForm, at: datetime) -> None:
    services.record_response(
        by=request.viewer,
        collector=collector,
        answers=form.answers,
        channel=Channel.PAPER,
        language=form.cleaned_data["sheet_language"],
        response_id=form.cleaned_data["response_id"],
        at=at,
    )


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type in one sheet after the other."""
    collector, at = _managed(request, pk), timezone.now()
    initial = {"sheet_language": request.GET.get("language", "en")}
    form = PaperForm(request.POST or None, questions=queries.questions_of(collector=collector), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _keep_sheet(request, collector, form, at)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("The sheet is in. Here is a fresh form for the next one."))
        return redirect(f"{request.path}?language={form.cleaned_data['sheet_language']}")
    return render(request, "surveys/paper.html", {"collector": collector, "form": form})


@require_GET
def paper_sheet(request: HttpRequest, pk: UUID, language: str) -> HttpResponse:
    collector = _managed(request, pk)
    if language not in LANGUAGES:
        raise Http404
    response = HttpResponse(exchange.paper_sheet(collector, language=language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="survey-{collector.slug}-{language}.pdf"'
    return response


@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    collector = _managed(request, pk)
    try:
        services.release_results(by=request.viewer, collector_id=collector.pk, at=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal.message))
        return redirect("surveys:share", collector.pk)
    return redirect("surveys:results", collector.pk)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    collector = _managed(request, pk)
    services.close_collector(by=request.viewer, collector_id=collector.pk, at=timezone.now())
    return redirect("surveys:results", collector.pk)


@require_GET
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was released, for every member of the agency."""
    collector = _collector(request, pk)
    is_organizer = rules.can_manage(request.viewer, collector)
    context = {
        "collector": collector,
        "results": queries.released_results(collector=collector),
        "texts": queries.released_texts(collector=collector) if is_organizer else [],
        "is_organizer": is_organizer,
        "closes": _closes(collector),
        "is_open": collector.state == CollectorState.OPEN,
        "k": DEFAULT_K,
    }
    return render(request, "surveys/results.html", context)


@require_GET
def results_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    collector = _collector(request, pk)
    released = queries.released_results(collector=collector)
    if released is None:
        raise Http404
    response = HttpResponse(exchange.results_csv(released), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="results-{collector.slug}.csv"'
    return response
