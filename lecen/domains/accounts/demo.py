"""The people of the demonstration network: fictional, with one password and one second factor for all."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from lecen.domains.accounts.models import User

PASSWORD = "demonstration-network-only"  # noqa: S105  fictional people only, loaded only where LECEN_DEMO is set
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  the same

# address, name, language, needs a second factor
PEOPLE = (
    ("chaplain@riverbend.example", "Ruth Okafor", "en", True),
    ("chief@riverbend.example", "Daniel Whitfield", "en", True),
    ("lead@riverbend.example", "Maria Santos", "es", True),
    ("officer@riverbend.example", "Tom Lindqvist", "en", False),
    ("operator@network.example", "Grace Adeyemi", "en", True),
)


def load(*, at: datetime) -> None:  # noqa: ARG001  every loader takes the time
    for email, name, language, second_factor in PEOPLE:
        if User.objects.filter(email=email).exists():
            continue
        user = User.objects.create_user(email, PASSWORD, name=name, language=language)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        if second_factor:
            TOTP.activate(user, SECRET)


def current_code() -> str:
    """The six digits that the demonstration people's authenticator would show now."""
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def has_second_factor(email: str) -> bool:
    return Authenticator.objects.filter(user__email=email, type=Authenticator.Type.TOTP).exists()
