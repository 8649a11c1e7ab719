"""Pages of agencies: the list, the public page, the record that leads keep."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lecen.domains.agencies import rules
from lecen.domains.agencies.choices import language_names
from lecen.domains.agencies.forms.agencies import AgencyForm, NewAgencyForm
from lecen.domains.agencies.models import Agency
from lecen.domains.agencies.queries.agencies import agencies_for
from lecen.domains.agencies.queries.neighborhoods import neighborhoods_of
from lecen.domains.agencies.services import agencies as services
from lecen.kernel.rules import require
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required

SEAL_KEPT_FOR_SECONDS = 3600
SHOWN_ON_THE_AGENCY_PAGE = 12


def visible_agency(request: HttpRequest, slug: str) -> Agency:
    """The agency of an address, or the 404 of one that does not exist."""
    return get_visible(rules.visible_agencies(request.viewer), slug=slug)


def led_agency(request: HttpRequest, slug: str) -> Agency:
    """The agency of a page that only its leads and operators use."""
    agency = visible_agency(request, slug)
    require(rules.can_lead, request.viewer, agency)
    return agency


@require_GET
def agency_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    page = paginate(request, agencies_for(viewer=request.viewer, text=text))
    context = {"page": page, "query": text, "can_operate": rules.can_operate(request.viewer)}
    return render(request, "agencies/agency_list.html", context)


@require_GET
def agency_detail(request: HttpRequest, agency: str) -> HttpResponse:
    found = visible_agency(request, agency)
    neighborhoods = list(neighborhoods_of(viewer=request.viewer, agency=found)[: SHOWN_ON_THE_AGENCY_PAGE + 1])
    context = {
        "agency": found,
        "neighborhoods": neighborhoods[:SHOWN_ON_THE_AGENCY_PAGE],
        "has_more": len(neighborhoods) > SHOWN_ON_THE_AGENCY_PAGE,
        "languages_spoken": language_names(found.languages),
        "can_organize": rules.can_organize(request.viewer, found),
    }
    return render(request, "agencies/agency.html", context)


@require_GET
def seal(request: HttpRequest, agency: str) -> FileResponse:
    """The agency's seal: cleaned when it came in, so that it may be shown as a picture."""
    found = visible_agency(request, agency)
    if not found.seal:
        raise Http404
    kind = str(found.seal.name).rpartition(".")[2]
    response = FileResponse(found.seal.open(), content_type=f"image/{'jpeg' if kind == 'jpg' else kind}")
    shared = "public" if found.is_public else "private"
    response["Cache-Control"] = f"{shared}, max-age={SEAL_KEPT_FOR_SECONDS}"
    return response


@require_GET
@sign_in_required
def manage(request: HttpRequest, agency: str) -> HttpResponse:
    found = visible_agency(request, agency)
    require(rules.can_organize, request.viewer, found)
    context = {"agency": found, "can_lead": rules.can_lead(request.viewer, found)}
    return render(request, "agencies/agency_manage.html", context)


@require_http_methods(["GET", "POST"])
@sign_in_required
def create(request: HttpRequest) -> HttpResponse:
    require(rules.can_operate, request.viewer)
    form = NewAgencyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            agency = services.create_agency(
                by=request.viewer, slug=form.cleaned_data["slug"], record=form.record(), at=timezone.now()
            )
            messages.success(request, _("The agency is in the network. Add its leads next."))
            return redirect("agencies:position-list", agency.slug)
    return render(request, "agencies/agency_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@sign_in_required
def edit(request: HttpRequest, agency: str) -> HttpResponse:
    found = led_agency(request, agency)
    form = AgencyForm(request.POST if request.method == "POST" else None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.edit_agency(
                by=request.viewer,
                agency_id=found.pk,
                record=form.record(),
                seal=form.cleaned_data["file"],
                without_seal=form.cleaned_data.get("without_seal", False),
                at=timezone.now(),
            )
            messages.success(request, _("The record is saved."))
            return redirect("agencies:agency-manage", found.slug)
    return render(request, "agencies/agency_form.html", {"form": form, "agency": found})
