"""Positions at an agency: who holds which, given, renewed and ended by its leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lecen.domains.agencies.forms.positions import PositionForm, ReasonForm
from lecen.domains.agencies.models import Agency, Position
from lecen.domains.agencies.queries.positions import day_of, positions_at
from lecen.domains.agencies.services import positions as services
from lecen.domains.agencies.services.positions import NewPosition
from lecen.domains.agencies.views.agencies import led_agency
from lecen.kernel.web import get_visible, paginate, refusals_on, sign_in_required


@require_GET
@sign_in_required
def position_list(request: HttpRequest, agency: str) -> HttpResponse:
    found = led_agency(request, agency)
    page = paginate(request, positions_at(viewer=request.viewer, agency=found))
    context = {"agency": found, "page": page, "today": day_of(found, timezone.now())}
    return render(request, "agencies/position_list.html", context)


@require_http_methods(["GET", "POST"])
@sign_in_required
def position_give(request: HttpRequest, agency: str) -> HttpResponse:
    found = led_agency(request, agency)
    form = PositionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            position = NewPosition(agency_id=found.pk, **form.cleaned_data)
            given = services.give_position(by=request.viewer, position=position, at=timezone.now())
            messages.success(request, _("%(name)s now holds this position.") % {"name": given.user})
            return redirect("agencies:position-list", found.slug)
    return render(request, "agencies/position_form.html", {"agency": found, "form": form})


def _position(request: HttpRequest, agency: Agency, key: object) -> Position:
    return get_visible(positions_at(viewer=request.viewer, agency=agency), pk=key)


@require_POST
@sign_in_required
def position_renew(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    found = led_agency(request, agency)
    position = _position(request, found, key)
    services.renew_position(by=request.viewer, position_id=position.pk, at=timezone.now())
    messages.success(request, _("The position of %(name)s is renewed for a year.") % {"name": position.user})
    return redirect("agencies:position-list", found.slug)


@require_http_methods(["GET", "POST"])
@sign_in_required
def position_end(request: HttpRequest, agency: str, key: object) -> HttpResponse:
    found = led_agency(request, agency)
    position = _position(request, found, key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            services.end_position(
                by=request.viewer, position_id=position.pk, reason=form.cleaned_data["reason"], at=timezone.now()
            )
            messages.success(request, _("The position of %(name)s has ended.") % {"name": position.user})
            return redirect("agencies:position-list", found.slug)
    return render(request, "agencies/position_end.html", {"agency": found, "position": position, "form": form})
