"""What the sign-in library asks this platform."""

import pytest

from lecen.domains.accounts.adapters import AccountAdapter


@pytest.mark.parametrize(
    ("proxy", "address"), [(None, "192.0.2.1"), (("HTTP_X_FORWARDED_PROTO", "https"), "203.0.113.9")]
)
def test_tries_to_sign_in_are_counted_by_sender_behind_a_proxy_too(rf, settings, proxy, address):
    settings.SECURE_PROXY_SSL_HEADER = proxy
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}

    assert AccountAdapter().get_client_ip(rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == address
