import pytest

from lecen.kernel.errors import NotAllowed
from lecen.kernel.rules import require
from lecen.kernel.viewer import ANONYMOUS, SYSTEM


def test_require_lets_through_who_may_and_the_platform_itself():
    require(lambda _viewer: True, ANONYMOUS)
    require(lambda _viewer: False, SYSTEM)


def test_require_stops_everybody_else():
    with pytest.raises(NotAllowed):
        require(lambda _viewer, subject: subject == "mine", ANONYMOUS, "yours")
