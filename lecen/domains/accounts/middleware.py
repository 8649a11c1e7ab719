"""A position above member, and reading the administration, need a second factor before anything else."""

from collections.abc import Callable
from typing import cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lecen.domains.accounts import logic
from lecen.domains.accounts.models import User
from lecen.kernel.middleware import problem

KNOWN = "second_factor_shown"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """Leads people who need a second factor to setting it up, or to showing it where they signed in without.

    That the factor exists is not enough: a session begun before it was set up knew no more than the password.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_setting_it_up(request):
            return self._set_up(request)
        if not _is_needed(request) or _is_shown(request) or _is_open(request):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return problem(403, _("Set up your second factor first"))
        if _has_one(request):
            return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        messages.info(request, _("Your position needs a second factor. Set it up now; it takes a minute."))
        return redirect("mfa_activate_totp")

    def _set_up(self, request: HttpRequest) -> HttpResponse:
        """Whoever sets it up shows it in doing so."""
        had_one = _has_one(request)
        response = self.get_response(request)
        if not had_one and _has_one(request):
            request.session[KNOWN] = True
        return response


def _is_needed(request: HttpRequest) -> bool:
    if not request.viewer.is_person:
        return False
    return logic.needs_second_factor(request.viewer.grants, is_staff=_person(request).is_staff)


def _has_one(request: HttpRequest) -> bool:
    return is_mfa_enabled(_person(request), types=FACTORS)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _is_setting_it_up(request: HttpRequest) -> bool:
    return request.method == "POST" and request.viewer.is_person and request.path == reverse("mfa_activate_totp")


def _is_shown(request: HttpRequest) -> bool:
    """Whether this session showed the second factor; the answer is kept in it."""
    if not request.session.get(KNOWN):
        records = get_authentication_records(request, _person(request))
        if not _has_one(request) or not any(row["method"] == "mfa" for row in records):
            return False
        request.session[KNOWN] = True
    return True


def _is_open(request: HttpRequest) -> bool:
    """The account's own pages stay open, or nobody could set anything up."""
    return request.path.startswith(reverse("accounts:account"))
