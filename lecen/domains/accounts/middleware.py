"""A position above member, and reading the administration, need a second factor before anything else."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lecen.domains.accounts import logic
from lecen.kernel.middleware import problem

KNOWN = "second_factor_set"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """Leads people who need a second factor to setting it up; the answer is cached in their session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_needed(request) or _is_set(request) or _is_open(request):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return problem(403, _("Set up your second factor first"))
        messages.info(request, _("Your position needs a second factor. Set it up now; it takes a minute."))
        return redirect("mfa_activate_totp")


def _is_needed(request: HttpRequest) -> bool:
    if not request.viewer.is_person:
        return False
    return logic.needs_second_factor(request.viewer.grants, is_staff=request.user.is_staff)


def _is_set(request: HttpRequest) -> bool:
    if not request.session.get(KNOWN):
        if request.user.is_anonymous or not is_mfa_enabled(request.user, types=FACTORS):
            return False
        request.session[KNOWN] = True
    return True


def _is_open(request: HttpRequest) -> bool:
    """The account's own pages stay open, or nobody could set anything up."""
    return request.path.startswith(reverse("accounts:account"))
