"""How residents keep seats and come back to them by code: no account, no cookie but the form's own token."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lecen.domains.engagement import logic, rules
from lecen.domains.engagement.choices import RegistrationState
from lecen.domains.engagement.exchange.door import door_qr
from lecen.domains.engagement.forms.registrations import ReceiptForm, RegistrationForm, SeatsForm
from lecen.domains.engagement.models import Event, Registration
from lecen.domains.engagement.queries import attendance as queries
from lecen.domains.engagement.services import registrations as services
from lecen.kernel import limiter
from lecen.kernel.viewer import Viewer, ViewerKind
from lecen.kernel.web import get_visible, refusals_on

# Generous: everybody in a hall comes from one address. A code has 65 bits, so that many tries find nothing.
SENT_AN_HOUR, TRIES_AN_HOUR, HOUR = 300, 120, 3600
show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _has_tries_left(request: HttpRequest, scope: str, limit: int) -> bool:
    key = limiter.sender_of(request)
    return limiter.hit(scope=f"registration.{scope}", key=key, limit=limit, per_seconds=HOUR, at=timezone.now())


@show_or_send
def register(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = get_visible(rules.visible_events(request.viewer).select_related("agency"), pk=event_id)
    if request.method != "POST":
        return _register_page(request, event, RegistrationForm(initial=RegistrationForm.blank()))
    if not _has_tries_left(request, f"send.{event_id}", SENT_AN_HOUR):
        return render(request, "429.html", status=limiter.TOO_MANY)
    form = RegistrationForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            made, code = services.register(by=request.viewer, event_id=event.pk, draft=form.draft(), at=timezone.now())
            # A form sent again, from the history of the browser, after the registration was canceled.
            is_gone = made.state == RegistrationState.CANCELED
            return _registration_page(request, made) if is_gone else _made_page(request, made, code)
    return _register_page(request, event, form)


def _register_page(request: HttpRequest, event: Event, form: RegistrationForm) -> HttpResponse:
    context = {
        "event": event,
        "agency": event.agency,
        "form": form,
        "deleted_after": logic.registrations_deleted_after(event.local_end.date()),
        "places": queries.places_at(event=event),
        "is_over": event.ends_at <= timezone.now(),
    }
    return render(request, "engagement/register.html", context)


def _made_page(request: HttpRequest, registration: Registration, code: str) -> HttpResponse:
    context = {
        "registration": registration,
        "event": registration.event,
        "agency": registration.event.agency,
        "code": code,
        "qr": door_qr(registration),
    }
    return render(request, "engagement/register_made.html", context)


@show_or_send
def registration(request: HttpRequest) -> HttpResponse:
    """The way back: the code is posted, so that it stands in no address and no history."""
    if request.method != "POST":
        return render(request, "engagement/registration_code.html", {"form": ReceiptForm()})
    found = _opened(request)
    return found if isinstance(found, HttpResponse) else _registration_page(request, found)


@require_POST
def registration_change(request: HttpRequest) -> HttpResponse:
    found = _opened(request)
    if isinstance(found, HttpResponse):
        return found
    form, done = SeatsForm(request.POST), ""
    if form.is_valid():
        with refusals_on(form):
            seats, at = form.cleaned_data["seats"], timezone.now()
            found = services.change_seats(by=_holder(found), registration_id=found.pk, seats=seats, at=at)
            done = _("Saved. You do not need a new code.")
    return _registration_page(request, found, form, done)


@require_POST
def registration_cancel(request: HttpRequest) -> HttpResponse:
    found = _opened(request)
    if isinstance(found, HttpResponse):
        return found
    found = services.cancel_registration(by=_holder(found), registration_id=found.pk, at=timezone.now())
    return _registration_page(request, found, done=_("Your registration is canceled. Others can have the seats."))


def _opened(request: HttpRequest) -> Registration | HttpResponse:
    """The registration of the code that was sent, or the page that asks for it again: the same for any wrong code."""
    if not _has_tries_left(request, "code", TRIES_AN_HOUR):
        return render(request, "429.html", status=limiter.TOO_MANY)
    form = ReceiptForm(request.POST)
    if form.is_valid():
        found = queries.registration_by_code(code=form.cleaned_data["code"])
        if found is not None:
            return found
        form.add_error("code", _("No registration has this code. Look at it again; codes end 30 days after the event."))
    return render(request, "engagement/registration_code.html", {"form": form})


def _holder(registration: Registration) -> Viewer:
    return Viewer(ViewerKind.RECEIPT, scopes=frozenset({rules.registration_scope(registration)}))


def _registration_page(
    request: HttpRequest, registration: Registration, form: SeatsForm | None = None, done: str = ""
) -> HttpResponse:
    code = queries.receipt_code(registration_id=registration.pk)
    event = registration.event
    stands = registration.state == RegistrationState.CONFIRMED
    context = {
        "registration": registration,
        "event": event,
        "agency": event.agency,
        "code": code,
        "done": done,
        "stands": stands,
        "is_open": event.takes_registrations and not event.is_canceled and event.ends_at > timezone.now(),
        "qr": door_qr(registration) if stands and not event.is_canceled else "",
        "form": form or SeatsForm(initial={"code": code, "seats": registration.seats}),
    }
    return render(request, "engagement/registration.html", context)
