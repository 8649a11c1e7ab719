"""Boundaries from a file: upload, look at them, publish or discard."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lecen.domains.agencies import rules
from lecen.domains.agencies.choices import ImportState
from lecen.domains.agencies.exchange.boundaries import collection, feature, read_boundaries
from lecen.domains.agencies.forms.neighborhoods import ImportForm
from lecen.domains.agencies.logic import Area, findings
from lecen.domains.agencies.models import Agency, NeighborhoodImport
from lecen.domains.agencies.queries.imports import compare
from lecen.domains.agencies.services import imports as services
from lecen.domains.agencies.views.agencies import led_agency
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required

PARTS = ("refusals", "overlaps", "repairs")


@require_GET
@sign_in_required
def import_list(request: HttpRequest, agency: str) -> HttpResponse:
    found = led_agency(request, agency)
    imports = rules.visible_imports(request.viewer).filter(agency=found).defer("areas", "report")
    page = paginate(request, imports.order_by("-imported_at", "pk"))
    return render(request, "agencies/import_list.html", {"agency": found, "page": page})


@require_http_methods(["GET", "POST"])
@sign_in_required
def import_upload(request: HttpRequest, agency: str) -> HttpResponse:
    found = led_agency(request, agency)
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return redirect(_prepare(request, found, **form.cleaned_data))
    return render(request, "agencies/import_upload.html", {"agency": found, "form": form})


def _prepare(request: HttpRequest, agency: Agency, *, file: Any, **options: Any) -> NeighborhoodImport:
    reading = read_boundaries(file, **options)
    return services.prepare_import(
        by=request.viewer, agency_id=agency.pk, file_name=file.name, reading=reading, at=timezone.now()
    )


def _review(request: HttpRequest, agency: str, key: object) -> NeighborhoodImport:
    found = led_agency(request, agency)
    return get_visible(rules.visible_imports(request.viewer).select_related("agency"), agency=found, pk=key)


@require_GET
@sign_in_required
def import_detail(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    review = _review(request, agency, key)
    parts = {part: findings(review.report, part) for part in PARTS}
    areas = [Area.from_json(entry) for entry in review.areas]
    context = {"agency": review.agency, "review": review, "areas": areas, **parts}
    if review.state == ImportState.PREVIEW:
        kept = frozenset(finding.code for finding in parts["refusals"])
        context["comparison"] = compare(agency=review.agency, areas=areas, kept=kept)
    return render(request, "agencies/import.html", context)


@require_GET
@sign_in_required
def import_map(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    review = _review(request, agency, key)
    areas = (Area.from_json(entry) for entry in review.areas)
    return HttpResponse(collection(feature(area, simple=True) for area in areas), content_type="application/geo+json")


@require_POST
@sign_in_required
def import_publish(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    review = _review(request, agency, key)
    services.publish_import(by=request.viewer, import_id=review.pk, at=timezone.now())
    messages.success(request, _("The neighborhoods are published. Now say who serves them."))
    return redirect("agencies:contact-list", review.agency.slug)


@require_POST
@sign_in_required
def import_discard(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    review = _review(request, agency, key)
    services.discard_import(by=request.viewer, import_id=review.pk, at=timezone.now())
    messages.success(request, _("The file is discarded. Nothing was changed."))
    return redirect("agencies:import-list", review.agency.slug)
