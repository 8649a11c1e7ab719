import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from lecen.domains.accounts.middleware import KNOWN
from lecen.domains.accounts.models import User
from tests.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "a long enough secret"


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def without_factor(client, organizer):
    person = User.objects.get(pk=organizer.user_id)
    person.set_password(PASSWORD)
    person.save()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_position_above_member_is_led_to_the_second_factor(without_factor):
    answer = without_factor.get(reverse("site:desk"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


def test_own_account_stays_open_without_a_second_factor(without_factor):
    assert without_factor.get(reverse("accounts:devices")).status_code == 200


def test_api_says_that_a_second_factor_is_missing(without_factor):
    answer = without_factor.get("/api/v1/agencies/")

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_session_that_knows_only_the_password_is_asked_for_the_second_factor(without_factor, organizer):
    TOTP.activate(User.objects.get(pk=organizer.user_id), SECRET)  # meanwhile, on another device

    desk = without_factor.get(reverse("site:desk"))
    assert (desk.status_code, desk["Location"]) == (302, f"{reverse('mfa_reauthenticate')}?next={reverse('site:desk')}")
    assert without_factor.get("/api/v1/plans/").status_code == 403

    shown = without_factor.post(desk["Location"], {"code": code_now()})
    assert (shown.status_code, shown["Location"]) == (302, reverse("site:desk"))
    assert without_factor.get(reverse("site:desk")).status_code == 200
    assert without_factor.session[KNOWN] is True


def test_whoever_sets_it_up_has_shown_it(without_factor):
    address = reverse("mfa_activate_totp")
    confirm = without_factor.get(address)
    if confirm.status_code == 302:  # who signed in long ago gives the password again
        without_factor.post(confirm["Location"], {"password": PASSWORD})
        without_factor.get(address)
    secret = without_factor.session["mfa.totp.secret"]

    without_factor.post(address, {"code": code_now(secret)})

    assert without_factor.get(reverse("site:desk")).status_code == 200


def test_password_and_code_lead_to_the_desk(client, organizer):
    person = User.objects.get(pk=organizer.user_id)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    TOTP.activate(person, SECRET)

    first = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(first["Location"], {"code": code_now()})

    assert client.get(reverse("site:desk")).status_code == 200


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
    person.set_password(PASSWORD)
    person.save()
    return person


def test_reading_the_administration_needs_a_second_factor_without_any_position(client, staff):
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get("/administration/accounts/user/")

    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


def test_the_administration_has_no_way_in_past_the_second_factor(client, staff):
    TOTP.activate(staff, SECRET)

    answer = client.post("/administration/login/", {"username": staff.email, "password": PASSWORD})

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session
