"""The report as page and files, the end of the pulse, and where reports are found."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lecen.domains.engagement import rules as engagement
from lecen.domains.evaluation import queries, rules
from lecen.domains.evaluation.exchange import report_document, report_table
from lecen.domains.evaluation.queries import EventReport
from lecen.domains.surveys import services as surveys
from lecen.kernel.panels import Panel
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer
from lecen.kernel.web import get_visible

ON_THE_DESK = 5


def _report(request: HttpRequest, event_id: UUID) -> EventReport:
    event = get_visible(queries.reported_events(viewer=request.viewer), pk=event_id)
    return queries.event_report(viewer=request.viewer, event=event, at=timezone.now())


@require_safe
def event_report(request: HttpRequest, event_id: UUID) -> HttpResponse:
    report = _report(request, event_id)
    context = {
        "report": report,
        "event": report.event,
        "agency": report.event.agency,
        "may_organize": engagement.can_organize_event(request.viewer, report.event),
    }
    return render(request, "evaluation/event_report.html", context)


@require_safe
def event_report_document(request: HttpRequest, event_id: UUID) -> HttpResponse:
    report = _report(request, event_id)
    return _file(report, report_document(report), "application/pdf", "inline", "pdf")


@require_safe
def event_report_table(request: HttpRequest, event_id: UUID) -> HttpResponse:
    report = _report(request, event_id)
    return _file(report, report_table(report).encode(), "text/csv; charset=utf-8", "attachment", "csv")


def _file(report: EventReport, content: bytes, content_type: str, disposition: str, ending: str) -> HttpResponse:
    name = f"report-{report.event.local_start:%Y-%m-%d}.{ending}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'{disposition}; filename="{name}"'}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pulse_close(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Ask first: a pulse that is closed takes no more answers, and what is released stays."""
    event = get_visible(queries.reported_events(viewer=request.viewer), pk=event_id)
    require(engagement.can_organize_event, request.viewer, event)
    if event.collector is None:
        raise Http404
    if request.method == "POST":
        surveys.close_collector(by=request.viewer, collector_id=event.collector.pk, at=timezone.now())
        messages.success(request, _("The pulse is closed. What may be shown stands below."))
        return redirect("evaluation:event-report", event.pk)
    return render(request, "evaluation/pulse_close.html", {"event": event, "agency": event.agency})


# --- Panels ---
def report_panel(viewer: Viewer, event: Any) -> Panel | None:
    """The way from an event's own page to its report, once there can be one."""
    if not rules.can_view_report(viewer, event) or event.state != "published":
        return None
    return Panel("evaluation/_panel_report.html", {"event": event, "is_over": event.ends_at <= timezone.now()})


def reports_panel(viewer: Viewer, _desk: object) -> Panel | None:
    if not rules.reads_reports(viewer):
        return None
    events = queries.recent_reports(viewer=viewer, at=timezone.now())[:ON_THE_DESK]
    return Panel("evaluation/_panel_reports.html", {"events": list(events)})
