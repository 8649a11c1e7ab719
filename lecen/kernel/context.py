"""What every page shows: who is signed in, the menu, the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language

from lecen.kernel.features import MenuItem, features, load
from lecen.kernel.viewer import ANONYMOUS, Viewer


def page(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", ANONYMOUS)
    return {
        "viewer": viewer,
        "menu": menu(viewer, "main", request.path),
        "header_links": menu(viewer, "header", request.path),
        "desk_menu": menu(viewer, "desk", request.path),
        "footer_links": menu(viewer, "footer", request.path),
        "languages": languages(request),
        "network": {"name": "LECEN", "base_url": settings.BASE_URL, "demo": settings.DEMO},
    }


def menu(viewer: Viewer, place: str, path: str) -> list[dict[str, Any]]:
    """The items of one menu that `viewer` is offered, in reading order."""
    return [_entry(item, path) for feature in features() for item in feature.menu if _offered(item, viewer, place)]


def _offered(item: MenuItem, viewer: Viewer, place: str) -> bool:
    return item.place == place and (not item.shown_to or load(item.shown_to)(viewer))


def _entry(item: MenuItem, path: str) -> dict[str, Any]:
    name, _colon, argument = item.url_name.partition(" ")
    url = reverse(name, args=[argument] if argument else None)
    return {"label": item.label, "url": url, "current": path == url}


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language; the query goes along."""
    names = {"en": "English", "es": "Español"}
    path = request.get_full_path()
    current = get_language()
    found = []
    for code, _label in settings.LANGUAGES:
        try:
            url = translate_url(path, code)
        except NoReverseMatch:
            url = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
        found.append({"code": code, "label": names.get(code, code), "url": url, "current": code == current})
    return found
