"""What the sign-in library asks this platform."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from lecen.domains.accounts import demo
from lecen.domains.accounts.adapters import AccountAdapter
from tests.factories import NOON


@pytest.mark.parametrize(
    ("proxy", "address"), [(None, "192.0.2.1"), (("HTTP_X_FORWARDED_PROTO", "https"), "203.0.113.9")]
)
def test_tries_to_sign_in_are_counted_by_sender_behind_a_proxy_too(rf, settings, proxy, address):
    settings.SECURE_PROXY_SSL_HEADER = proxy
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}

    assert AccountAdapter().get_client_ip(rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == address


@pytest.fixture
def just_signed_in(client):
    demo.load(at=NOON)
    Authenticator.objects.all().delete()
    client.post(reverse("account_login"), {"login": "chaplain@riverbend.example", "password": demo.PASSWORD})
    return client


@pytest.mark.django_db
def test_who_has_just_signed_in_sets_up_a_second_factor_without_the_password_again(just_signed_in):
    assert just_signed_in.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.django_db
def test_password_is_asked_again_later(just_signed_in):
    session = just_signed_in.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()

    answer = just_signed_in.get(reverse("mfa_activate_totp"))

    assert answer["Location"].split("?")[0] == reverse("account_reauthenticate")
