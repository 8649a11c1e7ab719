"""“Who serves my neighborhood?” A place is asked by POST, answered at once, and neither logged nor kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lecen.domains.agencies.forms.neighborhoods import FindForm
from lecen.domains.agencies.logic import say_distance
from lecen.domains.agencies.models import Agency
from lecen.domains.agencies.queries.neighborhoods import Answer, neighborhoods_at
from lecen.domains.agencies.queries.positions import day_of
from lecen.domains.agencies.views.agencies import visible_agency
from lecen.domains.agencies.views.contacts import serving

NOT_KEPT = "private, no-store"


@sensitive_post_parameters("longitude", "latitude", "neighborhood")
@require_http_methods(["GET", "POST"])
def neighborhood_find(request: HttpRequest, agency: str) -> HttpResponse:
    found = visible_agency(request, agency)
    form = FindForm(request.POST if request.method == "POST" else None, viewer=request.viewer, agency=found)
    context = {"agency": found, "form": form}
    if request.method == "POST" and form.is_valid():
        answer = _answer(request, form, found)
        areas = answer.neighborhoods or ((answer.nearest.neighborhood,) if answer.nearest else ())
        # A fresh form: the place goes nowhere again, not even back into the page.
        context["form"] = FindForm(viewer=request.viewer, agency=found)
        context |= {"answer": answer, "served": serving(areas, day_of(found, timezone.now()))}
        if answer.nearest:
            context["distance"] = say_distance(answer.nearest.meters)
    response = render(request, "agencies/neighborhood_find.html", context)
    response["Cache-Control"] = NOT_KEPT
    return response


def _answer(request: HttpRequest, form: FindForm, agency: Agency) -> Answer:
    """A place goes before the list: whoever clicked on the map may have the list still open."""
    place = form.place()
    if place is None:
        return Answer((form.cleaned_data["neighborhood"],))
    return neighborhoods_at(viewer=request.viewer, agency=agency, place=place)
