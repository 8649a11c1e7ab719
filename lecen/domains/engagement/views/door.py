"""What organizers take to the door: who registered."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lecen.domains.engagement import rules
from lecen.domains.engagement.exchange.door import door_table
from lecen.domains.engagement.services import registrations as services
from lecen.kernel.web import get_visible


@require_safe
def registration_list(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Who said that they come: on screen, on paper (it prints), or as a table."""
    event = get_visible(rules.followed_events(request.viewer).select_related("agency"), pk=event_id)
    registrations = services.read_registrations(by=request.viewer, event_id=event.pk, at=timezone.now())
    if request.GET.get("format") == "csv":
        name = f"registrations-{event.local_start:%Y-%m-%d}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(door_table(registrations), content_type="text/csv; charset=utf-8", headers=headers)
    context = {"event": event, "agency": event.agency, "registrations": registrations}
    return render(request, "engagement/registration_list.html", context)
