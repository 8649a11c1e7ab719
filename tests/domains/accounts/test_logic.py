import pytest

from lecen.domains.accounts import logic
from lecen.kernel.viewer import Grant


@pytest.mark.parametrize(
    ("roles", "needed"), [([], False), (["member"], False), (["organizer", "member"], True), (["operator"], True)]
)
def test_needs_second_factor_above_member(roles, needed):
    assert logic.needs_second_factor([Grant(role, "agencies.agency") for role in roles]) is needed


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.0", "curl/8.0"),
    ],
)
def test_browser_name_in_words(agent, name):
    assert logic.browser_name(agent) == name
