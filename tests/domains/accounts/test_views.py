import re

import pytest
from django.core import mail
from django.urls import reverse

from lecen.domains.accounts import demo
from lecen.domains.accounts.models import User
from lecen.kernel.viewer import ANONYMOUS
from tests.factories import NOON

PASSWORD = "a long enough sentence"


def sign_up(client, email="ana@example.org"):
    return client.post(
        reverse("account_signup"), {"email": email, "name": "Ana Ruiz", "password1": PASSWORD, "password2": PASSWORD}
    )


@pytest.mark.django_db
def test_sign_up_sends_a_link_that_confirms_by_post(client):
    sign_up(client)
    path = re.search(r"http://testserver(\S+confirm\S+)", mail.outbox[0].body)[1]

    assert client.get(path).status_code == 200
    assert not User.objects.get().emailaddress_set.get().verified
    client.post(path)
    assert User.objects.get().emailaddress_set.get().verified


@pytest.mark.django_db
def test_sign_up_with_a_known_address_looks_the_same(client):
    first = sign_up(client)
    second = sign_up(client, "ANA@example.org")

    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_demonstration_person_signs_in_with_password_and_code(client):
    demo.load(at=NOON)
    address = {"login": "chaplain@riverbend.example", "password": demo.PASSWORD}

    first = client.post(reverse("account_login"), address)
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    second = client.post(reverse("mfa_authenticate"), {"code": demo.current_code()})

    assert (second.status_code, second["Location"]) == (302, reverse("site:desk"))


def test_account_is_saved_through_the_page(signed_in, member):
    answer = signed_in(member).post(reverse("accounts:account"), {"name": "Ana Ruiz", "language": "es"})

    assert (answer.status_code, User.objects.get(pk=member.user_id).name) == (302, "Ana Ruiz")


@pytest.mark.parametrize("name", ["account", "notices", "devices"])
def test_account_pages_are_private_and_ask_to_sign_in(signed_in, member, name):
    own = signed_in(member).get(reverse(f"accounts:{name}"))
    public = signed_in(ANONYMOUS).get(reverse(f"accounts:{name}"))

    assert (own.status_code, own["Cache-Control"]) == (200, "private, no-store")
    assert (public.status_code, public["Location"].split("?")[0]) == (302, reverse("account_login"))
