"""Answering, by whoever has the link: no account, no name, no cookie but the form's own token."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lecen.domains.surveys import queries, services
from lecen.domains.surveys.choices import Channel, CollectorState
from lecen.domains.surveys.forms import AnswerForm, ResumeForm
from lecen.domains.surveys.models import Collector
from lecen.kernel import limiter
from lecen.kernel.viewer import ANONYMOUS
from lecen.kernel.web import get_visible, refusals_on

# Generous: everybody on a hall's network comes from one address.
SENT_AN_HOUR, TRIES_AN_HOUR, HOUR = 300, 30, 3600
SECONDS_OF_THANKS = 8
CONFLICT = 409
View = Callable[..., HttpResponse]


def of_collector(view: View) -> View:
    """Hand the view the collector behind the short name, or say that it is over or has not begun."""

    @wraps(view)
    def found(request: HttpRequest, slug: str) -> HttpResponse:
        collector = get_visible(queries.collectors_behind_links(), slug=slug)
        at = timezone.now()
        until = queries.last_moment(collector) if request.method == "POST" else collector.closes_at
        if collector.state == CollectorState.OPEN and collector.opens_at <= at < until:
            return view(request, collector, at)
        is_early = collector.state == CollectorState.OPEN and at < collector.opens_at
        status = CONFLICT if request.method == "POST" else 200
        context = {"collector": collector, "is_early": is_early}
        return render(request, "surveys/answer_closed.html", context, status=status)

    return found


def _has_tries_left(request: HttpRequest, collector: Collector, scope: str, limit: int, at: datetime) -> bool:
    key = f"{collector.pk}|{limiter.sender_of(request)}"
    return limiter.hit(scope=f"surveys.{scope}", key=key, limit=limit, per_seconds=HOUR, at=at)


@require_http_methods(["GET", "POST"])
@of_collector
def answer(request: HttpRequest, collector: Collector, at: datetime) -> HttpResponse:
    channel = Channel.QR if request.GET.get("c") == Channel.QR else Channel.LINK
    return _answer(request, collector, at, channel=channel)


@require_http_methods(["GET", "POST"])
@of_collector
def kiosk(request: HttpRequest, collector: Collector, at: datetime) -> HttpResponse:
    """The same questions on a shared tablet: nothing to save, and it starts again by itself."""
    return _answer(request, collector, at, channel=Channel.KIOSK)


def _answer(request: HttpRequest, collector: Collector, at: datetime, *, channel: Channel) -> HttpResponse:
    questions = queries.questions_of(collector=collector)
    if request.method == "GET":
        return _form_page(request, collector, AnswerForm(questions=questions), channel)
    if not _has_tries_left(request, collector, "answer", SENT_AN_HOUR, at):
        return render(request, "429.html", status=limiter.TOO_MANY)
    form = AnswerForm(request.POST, questions=questions)
    code = ""
    if form.is_valid():
        with refusals_on(form):
            code = _keep(request, collector, form, channel, at)
    if not form.is_valid():
        return _form_page(request, collector, form, channel)
    if code:
        return render(request, "surveys/answer_saved.html", {"collector": collector, "code": code})
    return redirect("surveys:kiosk-thanks" if channel == Channel.KIOSK else "surveys:thanks", collector.slug)


def _keep(request: HttpRequest, collector: Collector, form: AnswerForm, channel: Channel, at: datetime) -> str:
    """Send the answers in, or save them for later: then the code is returned."""
    given: Mapping[str, Any] = {
        "by": ANONYMOUS,  # a person who happens to be signed in answers as nobody, too
        "collector": collector,
        "answers": form.answers,
        "channel": channel,
        "language": get_language(),
        "response_id": form.cleaned_data["response_id"],
        "at": at,
    }
    if "later" in request.POST and channel != Channel.KIOSK:
        return services.save_for_later(**given)
    services.record_response(**given)
    return ""


def _form_page(request: HttpRequest, collector: Collector, form: AnswerForm, channel: Channel) -> HttpResponse:
    is_kiosk = channel == Channel.KIOSK
    action = reverse("surveys:kiosk" if is_kiosk else "surveys:answer", args=[collector.slug])
    if channel == Channel.QR:
        action += f"?c={Channel.QR}"
    context = {"collector": collector, "form": form, "is_kiosk": is_kiosk, "action": action}
    response = render(request, "surveys/answer.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@of_collector
def resume(request: HttpRequest, collector: Collector, at: datetime) -> HttpResponse:
    """Come back with a code: the same form, with what was marked."""
    form = ResumeForm(request.POST or None)
    if request.method == "POST" and not _has_tries_left(request, collector, "resume", TRIES_AN_HOUR, at):
        return render(request, "429.html", status=limiter.TOO_MANY)
    if form.is_valid():
        begun = queries.begun_response(collector=collector, code=form.cleaned_data["code"])
        if begun is not None:
            initial = queries.begun_answers(response=begun) | {"response_id": begun.pk}
            answers = AnswerForm(questions=queries.questions_of(collector=collector), initial=initial)
            return _form_page(request, collector, answers, Channel(begun.channel))
        form.add_error("code", _("No saved answers belong to this code. Check each sign, or start again."))
    response = render(request, "surveys/answer_resume.html", {"collector": collector, "form": form})
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    collector = get_visible(queries.collectors_behind_links(), slug=slug)
    return render(request, "surveys/answer_thanks.html", {"collector": collector})


@require_GET
def kiosk_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks for a moment, then a fresh form for the next person."""
    collector = get_visible(queries.collectors_behind_links(), slug=slug)
    context = {"collector": collector, "is_kiosk": True, "seconds": SECONDS_OF_THANKS}
    response = render(request, "surveys/answer_thanks.html", context)
    response["Refresh"] = f"{SECONDS_OF_THANKS}; url={reverse('surveys:kiosk', args=[collector.slug])}"
    response["Cache-Control"] = "private, no-store"
    return response
