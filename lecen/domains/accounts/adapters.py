"""Where the sign-in library asks what this platform wants."""

import time
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from lecen.domains.accounts import logic
from lecen.domains.accounts.models import User
from lecen.kernel import secrets
from lecen.kernel.context import page
from lecen.kernel.limiter import network_address
from lecen.kernel.middleware import viewer_of


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """People are known by their address; there is no user name."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a proxy the sender, not the proxy: else ten wrong passwords would keep everybody from signing in."""
        return network_address(request) or super().get_client_ip(request)

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> Any:
        """Every page's context is there for the mail's frame too."""
        return super().render_mail(template_prefix, email, page(self.request) | context, headers)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Who has just signed in and has no second factor yet sets one up without giving the password again."""
        required = super().is_reauthentication_required(app=app, **options)
        person = cast("User", self.request.user)
        return required and (is_mfa_enabled(person) or not self._signed_in_just_now(person))

    def _signed_in_just_now(self, person: User) -> bool:
        since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return any(record["at"] > since for record in get_authentication_records(self.request, person))

    def format_email_subject(self, subject: str) -> str:
        return subject


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are kept encrypted, and who needs one cannot take it off."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        needed = authenticator.type != Authenticator.Type.RECOVERY_CODES and logic.needs_second_factor(
            viewer_of(self.request).grants, is_staff=authenticator.user.is_staff
        )
        return not needed

    def _get_site_name(self) -> str:
        return "LECEN"
