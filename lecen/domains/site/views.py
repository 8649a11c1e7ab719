from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lecen.domains.site import queries, rules
from lecen.kernel import search as words
from lecen.kernel.features import features
from lecen.kernel.panels import Panel
from lecen.kernel.viewer import Viewer
from lecen.kernel.web import sign_in_required


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    front = queries.front_page(language=queries.current_language())
    doors = [door | {"url": reverse(where_to(door["key"], request.viewer))} for door in front["doors"]]
    return render(request, "site/home.html", {"front": front, "doors": doors})


def where_to(door: str, viewer: Viewer) -> str:
    """The page behind one of the front page's doors."""
    if door == "member":
        return "site:desk" if viewer.is_person else "account_login"
    return "agencies:agency-list"


@sign_in_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "site/desk.html")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What may be found is decided by each source's own rule; nothing else is counted or hinted at."""
    query = request.GET.get("q", "").strip()
    sources = [source for feature in features() for source in feature.search]
    found = words.find(query, sources=sources, viewer=request.viewer)
    return render(request, "site/search.html", {"query": query, "found": found})


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Help and legal pages."""
    written = queries.written_page(name=name, language=queries.current_language())
    if written is None:
        raise Http404
    return render(request, "site/page.html", {"page": written, "others": queries.PAGE_NAMES})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "site/robots.txt", content_type="text/plain")


def operations_panel(viewer: Viewer, _subject: object) -> Panel | None:
    """For operators' desks: what went wrong behind the pages."""
    if not rules.can_operate(viewer):
        return None
    return Panel("site/_panel_operations.html", {"operations": queries.operations(at=timezone.now())})
