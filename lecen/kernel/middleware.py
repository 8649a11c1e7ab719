"""Between the server and the views: who is looking, what may be kept in caches, and how a no is said."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.features import features, load
from lecen.kernel.viewer import ANONYMOUS, Viewer, ViewerKind

PUBLIC_FOR_SECONDS = 60
GetResponse = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """Sets `request.viewer`: the signed-in person with the grants that every area names, or nobody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = viewer_of(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", status=403)
        if isinstance(exception, Refused):
            return render(request, "409.html", {"message": exception.message}, status=409)
        return None


def viewer_of(request: HttpRequest) -> Viewer:
    """Reads the session only where a cookie names one, so that a public page stays cacheable."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ANONYMOUS
    now = timezone.now()
    grants = frozenset(
        grant
        for feature in features()
        if feature.grants
        for grant in load(feature.grants)(user_id=request.user.pk, at=now)
    )
    return Viewer(ViewerKind.PERSON, user_id=request.user.pk, grants=grants, name=str(request.user))


class CachePolicyMiddleware:
    """Anonymous public pages may be kept for a minute and carry an ETag; everything else is private."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        public = (
            request.method in {"GET", "HEAD"}
            and response.status_code == 200  # noqa: PLR2004
            and not response.cookies  # a page with a form sets the CSRF cookie
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        )
        if not public:
            response["Cache-Control"] = "private, no-store"
            return response
        response["Cache-Control"] = f"public, max-age={PUBLIC_FOR_SECONDS}"
        patch_vary_headers(response, ["Cookie"])
        if response.streaming or response.has_header("ETag"):
            return response
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def problem(status: int, title: str, detail: str = "", **more: object) -> JsonResponse:
    """An error of the API in the form of RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail} | more
    return JsonResponse(body, status=status, content_type="application/problem+json")
