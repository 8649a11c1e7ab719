"""Pages of the library: public, without a cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lecen.domains.library import queries, rules
from lecen.domains.library.forms import PlaybookFilter
from lecen.kernel.web import get_visible


@require_safe
def playbook_list(request: HttpRequest) -> HttpResponse:
    form = PlaybookFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.playbooks(
        viewer=request.viewer,
        kind=chosen.get("kind", ""),
        tag=chosen.get("tag", ""),
        lead_time=int(chosen["lead_time"]) if chosen.get("lead_time") else None,
        words=chosen.get("q", ""),
    )
    context = {"form": form, "playbooks": found, "is_filtered": any(chosen.values())}
    return render(request, "library/playbook_list.html", context)


@require_safe
def playbook(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_visible(rules.visible_playbooks(request.viewer), slug=slug)
    context = {"playbook": found, "outline": found.outline, "evidence": queries.evidence_of(playbook=found)}
    return render(request, "library/playbook.html", context)
