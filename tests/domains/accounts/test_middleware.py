import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from lecen.domains.accounts.middleware import KNOWN
from lecen.domains.accounts.models import User
from tests.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def without_factor(signed_in, organizer):
    client = signed_in(organizer)
    session = client.session
    del session[KNOWN]
    session.save()
    return client


def test_position_above_member_is_led_to_the_second_factor(without_factor):
    answer = without_factor.get(reverse("site:desk"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


def test_own_account_stays_open_without_a_second_factor(without_factor):
    assert without_factor.get(reverse("accounts:devices")).status_code == 200


def test_api_says_that_a_second_factor_is_missing(without_factor):
    answer = without_factor.get("/api/v1/agencies/")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_second_factor_opens_the_desk_and_is_asked_for_once(without_factor, organizer, django_assert_num_queries):
    TOTP.activate(User.objects.get(pk=organizer.user_id), SECRET)

    assert without_factor.get(reverse("site:desk")).status_code == 200
    assert without_factor.session[KNOWN] is True


def test_member_needs_no_second_factor(signed_in, member):
    client = signed_in(member)
    session = client.session
    del session[KNOWN]
    session.save()

    assert client.get(reverse("site:desk")).status_code == 200


def test_secret_is_kept_encrypted(organizer):
    TOTP.activate(User.objects.get(pk=organizer.user_id), SECRET)

    kept = Authenticator.objects.get(user_id=organizer.user_id).data["secret"]

    assert SECRET not in kept


@pytest.fixture
def staff(db):
    person = UserFactory(is_staff=True)
    person.set_password("a long enough secret")
    person.save()
    return person


def test_reading_the_administration_needs_a_second_factor_without_any_position(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get("/administration/accounts/user/")

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


def test_the_administration_has_no_way_in_past_the_second_factor(client, staff):
    TOTP.activate(staff, SECRET)

    answer = client.post("/administration/login/", {"username": staff.email, "password": "a long enough secret"})

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session
