"""How organizers draft, change, publish and cancel events, and how the agency follows them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement import rules
from lecen.domains.engagement.exchange.flyer import event_address, event_qr
from lecen.domains.engagement.forms.events import EventForm, new_event, written_event
from lecen.domains.engagement.forms.publication import CancelForm
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.queries import events as queries
from lecen.domains.engagement.services import events as services
from lecen.domains.engagement.services import publication
from lecen.domains.engagement.services.preparation import change_prepared_event
from lecen.kernel.rules import require
from lecen.kernel.web import get_visible, refusals_on

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form holds: an empty one that was sent has errors, one that is only shown has none."""
    return request.POST if request.method == "POST" else None


def organized_event(request: HttpRequest, event_id: UUID) -> Event:
    """The event, for who may act on it: strangers are told nothing, members that it is not theirs to do."""
    event = get_visible(queries.prepared_events(viewer=request.viewer), pk=event_id)
    require(rules.can_organize_event, request.viewer, event)
    return event


@require_safe
def event_manage(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = get_visible(queries.prepared_events(viewer=request.viewer), pk=event_id)
    at = timezone.now()
    gaps = () if event.is_canceled or event.ends_at <= at else queries.publication_gaps(event=event, at=at)
    context = {
        "event": event,
        "agency": event.agency,
        "gaps": gaps,
        "blocked": any(gap.blocks for gap in gaps),
        "safeguards": queries.safeguards(event=event),
        "may_organize": rules.can_organize_event(request.viewer, event),
        "is_over": event.ends_at <= at,
    }
    if event.state == "published":
        context |= {"address": event_address(event), "qr": event_qr(event)}
    return render(request, "engagement/event_manage.html", context)


@show_or_send
def event_new(request: HttpRequest, agency: str) -> HttpResponse:
    found = get_visible(agencies.organized_agencies(request.viewer), slug=agency)
    neighborhoods = agencies.visible_neighborhoods(request.viewer).filter(agency=found).order_by("name", "pk")
    initial = new_event(languages=found.languages)
    form = EventForm(sent(request), agency=found, neighborhoods=neighborhoods, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            event = services.draft_event(by=request.viewer, draft=form.draft(), at=timezone.now())
            return _saved(request, event)
    return render(request, "engagement/event_form.html", {"form": form, "agency": found})


@show_or_send
def event_edit(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = organized_event(request, event_id)
    neighborhoods = agencies.visible_neighborhoods(request.viewer).filter(agency=event.agency).order_by("name", "pk")
    form = EventForm(
        sent(request),
        agency=event.agency,
        neighborhoods=neighborhoods,
        hints=queries.condition_hints(event=event),
        initial=written_event(event),
    )
    if form.is_valid():
        with refusals_on(form):
            draft, at = form.draft(), timezone.now()
            return _saved(request, change_prepared_event(by=request.viewer, event_id=event.pk, draft=draft, at=at))
    return render(request, "engagement/event_form.html", {"form": form, "agency": event.agency, "event": event})


def _saved(request: HttpRequest, event: Event) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("engagement:event-manage", event.pk)


@show_or_send
def event_publish(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = organized_event(request, event_id)
    at = timezone.now()
    if request.method == "POST":
        publication.publish_event(by=request.viewer, event_id=event.pk, at=at)
        messages.success(request, _("The event is published."))
        return redirect("engagement:event-manage", event.pk)
    gaps = queries.publication_gaps(event=event, at=at)
    context = {"event": event, "agency": event.agency, "gaps": gaps, "blocked": any(gap.blocks for gap in gaps)}
    return render(request, "engagement/event_publish.html", context)


@show_or_send
def event_cancel(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = organized_event(request, event_id)
    form = CancelForm(sent(request))
    if form.is_valid():
        with refusals_on(form):
            reason, at = form.cleaned_data["reason"], timezone.now()
            publication.cancel_event(by=request.viewer, event_id=event.pk, reason=reason, at=at)
            messages.success(request, _("The event is canceled. Everybody who counts on it is told."))
            return redirect("engagement:event-manage", event.pk)
    return render(request, "engagement/event_cancel.html", {"form": form, "event": event, "agency": event.agency})


@show_or_send
def event_delete(request: HttpRequest, event_id: UUID) -> HttpResponse:
    event = organized_event(request, event_id)
    if request.method == "POST":
        services.delete_draft(by=request.viewer, event_id=event.pk, at=timezone.now())
        messages.success(request, _("The draft is deleted."))
        return redirect("engagement:event-list", event.agency.slug)
    return render(request, "engagement/event_delete.html", {"event": event, "agency": event.agency})
