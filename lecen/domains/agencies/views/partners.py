"""Organizations that the agency works with, for its organizers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lecen.domains.agencies import rules
from lecen.domains.agencies.forms.partners import PartnerForm
from lecen.domains.agencies.models import Agency
from lecen.domains.agencies.queries.partners import partners_of
from lecen.domains.agencies.services import partners as services
from lecen.domains.agencies.views.agencies import visible_agency
from lecen.kernel.rules import require
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required


def organized_agency(request: HttpRequest, slug: str) -> Agency:
    agency = visible_agency(request, slug)
    require(rules.can_organize, request.viewer, agency)
    return agency


@require_GET
@sign_in_required
def partner_list(request: HttpRequest, agency: str) -> HttpResponse:
    found = organized_agency(request, agency)
    text = request.GET.get("q", "").strip()
    page = paginate(request, partners_of(viewer=request.viewer, agency=found, text=text))
    return render(request, "agencies/partner_list.html", {"agency": found, "page": page, "query": text})


@require_http_methods(["GET", "POST"])
@sign_in_required
def partner_create(request: HttpRequest, agency: str) -> HttpResponse:
    found = organized_agency(request, agency)
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            partner = services.create_partner(
                by=request.viewer, agency_id=found.pk, record=form.record(), at=timezone.now()
            )
            messages.success(request, _("%(name)s is on your list.") % {"name": partner.name})
            return redirect("agencies:partner-list", found.slug)
    return render(request, "agencies/partner_form.html", {"agency": found, "form": form})


@require_http_methods(["GET", "POST"])
@sign_in_required
def partner_edit(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    found = organized_agency(request, agency)
    partner = get_visible(rules.visible_partners(request.viewer), agency=found, pk=key)
    form = PartnerForm(request.POST if request.method == "POST" else None, instance=partner)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.edit_partner(by=request.viewer, partner_id=partner.pk, record=form.record(), at=timezone.now())
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("agencies:partner-list", found.slug)
    return render(request, "agencies/partner_form.html", {"agency": found, "form": form, "partner": partner})
