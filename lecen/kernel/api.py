"""The JSON API's ground: one router with every answer declared, one form of error (RFC 9457), one way to be known."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.middleware import problem

PROBLEM_TYPE = "application/problem+json"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Problem(Schema):
    """RFC 9457: what went wrong, for a person (`title`, `detail`) and for a program (`status`, `errors`)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] | None = None


PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


class ApiRouter(Router):
    """A router whose every operation declares the problems it may answer with."""

    def add_api_operation(
        self, path: str, methods: Any, view_func: Any, *, response: Any = None, **options: Any
    ) -> Any:
        declared = response if isinstance(response, dict) else {200: response}
        options["url_name"] = options.get("url_name") or view_func.__name__.replace("_", "-")
        return super().add_api_operation(path, methods, view_func, response=declared | PROBLEMS, **options)


class PlatformAPI(NinjaAPI):
    """A `NinjaAPI` whose document says that problems come as what they are: `application/problem+json`."""

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) in PROBLEMS and "application/json" in answer.get("content", {}):
                        answer["content"] = {PROBLEM_TYPE: answer["content"].pop("application/json")}
        return schema


def person_or_public(request: HttpRequest) -> object:
    """Everybody may ask; a signed-in browser that writes must also carry the CSRF token."""
    if request.viewer.is_person and request.method not in SAFE_METHODS:
        refusal = CsrfViewMiddleware(lambda _request: HttpResponse()).process_view(request, HttpResponse, (), {})
        if refusal is not None:
            raise HttpError(403, _("The request carries no valid CSRF token."))
    return request.viewer


def person_only(request: HttpRequest) -> object:
    """For what belongs to the signed-in person; without one the answer is 401."""
    return person_or_public(request) if request.viewer.is_person else None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What stands at no address: a page for people, a problem document for programs."""
    if request.path.startswith("/api/"):
        return problem(404, _("Not found"))
    return page_not_found(request, exception)


def answer_problems(api: NinjaAPI) -> None:
    """Turn every error of the platform into a problem document."""

    @api.exception_handler(Http404)
    def nothing_there(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return problem(404, _("Not found"))

    @api.exception_handler(NotAllowed)
    def not_allowed(_request: HttpRequest, _error: NotAllowed) -> HttpResponse:
        return problem(403, _("Not allowed"))

    @api.exception_handler(AuthenticationError)
    def not_signed_in(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return problem(401, _("Sign in first"))

    @api.exception_handler(Refused)
    def refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
        errors = [{"field": refusal.field, "message": str(refusal.message)}] if refusal.field else None
        return problem(409, _("That cannot be done"), str(refusal.message), errors=errors)

    @api.exception_handler(ValidationError)
    def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"field": ".".join(map(str, item["loc"])), "message": item["msg"]} for item in error.errors]
        return problem(422, _("The request has errors"), errors=errors)

    @api.exception_handler(HttpError)
    def http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))
