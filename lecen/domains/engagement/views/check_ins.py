"""The screen at the door: a phone in one hand. Works without JavaScript; with it, taps wait for a connection."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lecen.domains.engagement import rules
from lecen.domains.engagement.forms.check_ins import (
    BANDS,
    DoorCodeForm,
    DoorForm,
    HeadcountForm,
    ScannedForm,
    UndoForm,
    WalkInForm,
    fresh_id,
)
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.queries import attendance as queries
from lecen.domains.engagement.services import check_ins as services
from lecen.kernel.web import get_visible, refusals_on

SESSION_KEY = "check_in_last"
LAST_TAPS = 5
FORMS = {"walk_in": WalkInForm, "code": DoorCodeForm, "scanned": ScannedForm, "headcount": HeadcountForm}
show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@show_or_send
def check_in(request: HttpRequest, event_id: UUID) -> HttpResponse:
    if not request.viewer.is_person:
        return _sign_in(request, event_id)
    event = get_visible(rules.followed_events(request.viewer).select_related("agency"), pk=event_id)
    if request.method != "POST":
        return _screen(request, event)
    sent = request.POST.get("kind", "")
    kind = sent if sent in FORMS else "walk_in"
    form = FORMS[kind](request.POST)
    if form.is_valid():
        with refusals_on(form):
            _record(request, event, form)
    return redirect("engagement:check-in", event.pk) if form.is_valid() else _screen(request, event, **{kind: form})


@require_safe
def check_in_scanned(request: HttpRequest, event_id: UUID, code_hash: str) -> HttpResponse:
    """Where a registration's QR code leads on the phone of the person at the door."""
    if not request.viewer.is_person:
        return _sign_in(request, event_id)
    event = get_visible(rules.followed_events(request.viewer).select_related("agency"), pk=event_id)
    registration = queries.registration_at_door(event=event, code_hash=code_hash)
    if registration is None:
        raise Http404
    initial = fresh_id() | {"code_hash": code_hash, "people": registration.seats}
    return _screen(request, event, scanned=ScannedForm(initial=initial), registration=registration)


@require_POST
def check_in_undo(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = get_visible(rules.followed_events(request.viewer), pk=event_id)
    form = UndoForm(request.POST)
    if form.is_valid():
        tap_ids, at = [form.cleaned_data["tap_id"]], timezone.now()
        services.undo_check_ins(by=request.viewer, event_id=event.pk, tap_ids=tap_ids, at=at)
    return redirect("engagement:check-in", event.pk)


def _sign_in(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """That a published event has a door is no secret: whoever stands there may have been signed out."""
    get_visible(rules.visible_events(request.viewer), pk=event_id)
    return redirect_to_login(request.get_full_path())


def _record(request: HttpRequest, event: Event, form: DoorForm) -> None:
    taps = form.taps()
    recorded = services.record_check_ins(by=request.viewer, event_id=event.pk, taps=taps, at=timezone.now())
    for refusal in recorded.refused:
        form.add_error(None, refusal.message)
    last = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = ([str(key) for key in recorded.counted] + last)[:LAST_TAPS]


def _screen(request: HttpRequest, event: Event, **more: object) -> HttpResponse:
    if queries.door_is_closed(event=event, at=timezone.now()):
        messages.info(request, _("The event ended more than 7 days ago, so its count is closed."))
        return redirect("engagement:event-manage", event.pk)
    attendance = queries.attendance_of(event=event)
    last = queries.last_taps(event=event, tap_ids=request.session.get(SESSION_KEY, []))
    context = {
        "event": event,
        "attendance": attendance,
        "bands": [
            (band, _("Somebody") if band == "unknown" else band.label, attendance.by_age_band[band]) for band in BANDS
        ],
        "last": last,
        "api_url": reverse("api:check-ins", args=[event.pk]),
        "begins_later": event.starts_at > timezone.now(),
        "walk_in": WalkInForm(initial=fresh_id() | {"origin": "unknown", "first_time": "unknown"}),
        "code": DoorCodeForm(initial=fresh_id()),
        "headcount": HeadcountForm(initial=fresh_id()),
    }
    return render(request, "engagement/check_in.html", context | more)
