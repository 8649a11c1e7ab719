from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from lecen.kernel.errors import Refused
from lecen.kernel.links import read_link, sign_link

NOON = datetime(2026, 6, 6, 12, tzinfo=UTC)
EXPIRED = "This link has expired. Ask the person who sent it for a new one."
BROKEN = "This link is not complete. Open it again from the message, or ask for a new one."


def refusal(**arguments) -> str:
    with override("en"), pytest.raises(Refused) as refused:
        read_link(**arguments)
    return refused.value.message


def invitation() -> str:
    return sign_link(purpose="invitation", payload={"partner": 7}, expires_at=NOON)


def test_read_link_returns_the_payload_until_it_expires():
    assert read_link(purpose="invitation", token=invitation(), at=NOON - timedelta(seconds=1)) == {"partner": 7}


def test_read_link_refuses_an_expired_link():
    assert refusal(purpose="invitation", token=invitation(), at=NOON) == EXPIRED


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "A" + t, lambda t: t.split(".")[0], lambda _t: ""])
def test_read_link_refuses_a_changed_or_shortened_link(change):
    assert refusal(purpose="invitation", token=change(invitation()), at=NOON - timedelta(days=1)) == BROKEN


def test_read_link_refuses_a_link_made_for_another_purpose():
    assert refusal(purpose="receipt", token=invitation(), at=NOON - timedelta(days=1)) == BROKEN


def test_sign_link_needs_no_escaping_in_an_address():
    token = sign_link(purpose="invitation", payload={"name": "Señora Núñez & hijos / ñ?"}, expires_at=NOON)

    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
