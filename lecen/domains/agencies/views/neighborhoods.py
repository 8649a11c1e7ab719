"""Pages of neighborhoods: list, page, map, export, and the duty contacts that leads keep."""

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from lecen.domains.agencies import rules
from lecen.domains.agencies.exchange.boundaries import collection, feature
from lecen.domains.agencies.exchange.tables import write_neighborhoods
from lecen.domains.agencies.forms.neighborhoods import AssignmentForm
from lecen.domains.agencies.models import Agency, NeighborhoodAssignment
from lecen.domains.agencies.queries.neighborhoods import boundaries_of, map_version, neighborhoods_of
from lecen.domains.agencies.queries.positions import day_of
from lecen.domains.agencies.services import neighborhoods as services
from lecen.domains.agencies.views.agencies import led_agency, visible_agency
from lecen.domains.agencies.views.contacts import serving
from lecen.kernel.viewer import Viewer
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required

MAP_KEPT_FOR_SECONDS = 24 * 60 * 60  # under its version, which changes with it


@require_GET
def neighborhood_list(request: HttpRequest, agency: str) -> HttpResponse:
    found = visible_agency(request, agency)
    text = request.GET.get("q", "").strip()
    page = paginate(request, neighborhoods_of(viewer=request.viewer, agency=found, text=text))
    return render(request, "agencies/neighborhood_list.html", {"agency": found, "page": page, "query": text})


@require_GET
def neighborhood_detail(request: HttpRequest, agency: str, neighborhood: str) -> HttpResponse:
    found = visible_agency(request, agency)
    area = get_visible(neighborhoods_of(viewer=request.viewer, agency=found), slug=neighborhood)
    served = serving([area], day_of(found, timezone.now()))[0]
    return render(request, "agencies/neighborhood.html", {"agency": found, "neighborhood": area, "served": served})


def _map_etag(request: HttpRequest, agency: str) -> str:
    return f'"{map_version(viewer=request.viewer, agency=visible_agency(request, agency))}"'


@require_GET
@condition(etag_func=_map_etag)
def neighborhood_map(request: HttpRequest, agency: str) -> HttpResponse:
    """The neighborhoods for drawing, simplified."""
    found = visible_agency(request, agency)
    version = map_version(viewer=request.viewer, agency=found)
    prefix = reverse("agencies:neighborhood-list", args=[found.slug])
    drawn = cache.get_or_set(
        f"agencies-map:{version}:{prefix}", lambda: _draw(request.viewer, found), MAP_KEPT_FOR_SECONDS
    )
    return HttpResponse(drawn, content_type="application/geo+json")


def _draw(viewer: Viewer, agency: Agency) -> str:
    areas = boundaries_of(viewer=viewer, agency=agency)
    return collection(feature(area, url=area.get_absolute_url(), simple=True) for area in areas)


@require_GET
def neighborhood_export(request: HttpRequest, agency: str) -> HttpResponse:
    """Neighborhoods and duty contacts as CSV."""
    found = visible_agency(request, agency)
    table = write_neighborhoods(neighborhoods_of(viewer=request.viewer, agency=found))
    name = f"{found.slug}-neighborhoods.csv"
    return HttpResponse(
        table, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_GET
@sign_in_required
def contact_list(request: HttpRequest, agency: str) -> HttpResponse:
    found = led_agency(request, agency)
    text = request.GET.get("q", "").strip()
    page = paginate(request, neighborhoods_of(viewer=request.viewer, agency=found, text=text))
    rows = serving(page.items, day_of(found, timezone.now()))
    return render(request, "agencies/contact_list.html", {"agency": found, "page": page, "rows": rows, "query": text})


@require_http_methods(["GET", "POST"])
@sign_in_required
def assignment_give(request: HttpRequest, agency: str, neighborhood: str) -> HttpResponse:
    found = led_agency(request, agency)
    area = get_visible(rules.visible_neighborhoods(request.viewer), agency=found, slug=neighborhood)
    form = AssignmentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.give_assignment(
                by=request.viewer, neighborhood_id=area.pk, contact=form.contact(), at=timezone.now()
            )
            messages.success(request, _("Residents of %(name)s now see this contact.") % {"name": area.name})
            return redirect("agencies:contact-list", found.slug)
    context = {"agency": found, "neighborhood": area, "form": form}
    return render(request, "agencies/assignment_form.html", context)


def _assignment(request: HttpRequest, agency: Agency, key: object) -> NeighborhoodAssignment:
    visible = rules.visible_assignments(request.viewer).select_related("neighborhood")
    return get_visible(visible, neighborhood__agency=agency, pk=key)


@require_POST
@sign_in_required
def assignment_confirm(request: HttpRequest, agency: str, assignment: object) -> HttpResponse:
    found = led_agency(request, agency)
    contact = _assignment(request, found, assignment)
    services.confirm_assignment(by=request.viewer, assignment_id=contact.pk, at=timezone.now())
    messages.success(request, _("“%(duty)s” is confirmed as of today.") % {"duty": contact.duty})
    return redirect("agencies:contact-list", found.slug)


@require_http_methods(["GET", "POST"])
@sign_in_required
def assignment_end(request: HttpRequest, agency: str, assignment: object) -> HttpResponse:
    found = led_agency(request, agency)
    contact = _assignment(request, found, assignment)
    if request.method == "POST":
        services.end_assignment(by=request.viewer, assignment_id=contact.pk, at=timezone.now())
        messages.success(request, _("“%(duty)s” is no longer shown.") % {"duty": contact.duty})
        return redirect("agencies:contact-list", found.slug)
    return render(request, "agencies/assignment_end.html", {"agency": found, "assignment": contact})
