"""What everybody sees of events: the page, the list, the calendar file and the flyer."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement import rules
from lecen.domains.engagement.exchange.calendar import event_calendar
from lecen.domains.engagement.exchange.flyer import event_flyer
from lecen.domains.engagement.exchange.structured_data import event_script
from lecen.domains.engagement.forms.public import EventFilterForm
from lecen.domains.engagement.queries import events as queries
from lecen.kernel.errors import Refused
from lecen.kernel.web import get_visible, paginate


@require_safe
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    shown = get_visible(queries.shown_events(viewer=request.viewer), pk=event_id)
    context = {
        "event": shown,
        "agency": shown.agency,
        "structured_data": event_script(shown, language=get_language()),
        "address": settings.BASE_URL + shown.get_absolute_url(),
        "is_over": shown.ends_at <= timezone.now(),
        "may_follow": rules.can_follow_event(request.viewer, shown),
    }
    return render(request, "engagement/event.html", context)


@require_safe
def event_list(request: HttpRequest, agency: str) -> HttpResponse:
    """The events of one agency, to come or past, narrowed by neighborhood, language and kind."""
    found = get_visible(agencies.visible_agencies(request.viewer), slug=agency)
    past = request.GET.get("time") == "past"
    neighborhoods = agencies.visible_neighborhoods(request.viewer).filter(agency=found).order_by("name", "pk")
    form = EventFilterForm(request.GET, neighborhoods=neighborhoods, languages=found.languages)
    at = timezone.now()
    listed = queries.past_events(at=at) if past else queries.upcoming_events(at=at)
    page = paginate(request, form.narrow(listed.filter(agency=found)))
    context = {"agency": found, "form": form, "page": page, "past": past}
    if agencies.can_organize(request.viewer, found):
        context["drafts"] = queries.drafts_of(viewer=request.viewer, agency=found)
    return render(request, "engagement/event_list.html", context)


@require_safe
def event_calendar_file(request: HttpRequest, event_id: UUID) -> HttpResponse:
    shown = get_visible(queries.shown_events(viewer=request.viewer), pk=event_id)
    content = event_calendar(shown, language=get_language())
    return _file(content, "text/calendar; charset=utf-8", "attachment", f"event-{shown.local_start:%Y-%m-%d}.ics")


@require_safe
def event_flyer_file(request: HttpRequest, event_id: UUID) -> HttpResponse:
    shown = get_visible(queries.shown_events(viewer=request.viewer), pk=event_id)
    if shown.is_canceled:
        raise Refused(_("This event is canceled, so there is no flyer. Take down the ones that hang."))
    return _file(event_flyer(shown), "application/pdf", "inline", f"flyer-{shown.local_start:%Y-%m-%d}.pdf")


def _file(content: bytes, content_type: str, disposition: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
