"""What the tests of engagement share."""

from collections.abc import Callable

import pytest

from lecen.domains.engagement import changes
from lecen.kernel.changes import Change, Reaction
from lecen.kernel.models import Delivery

# Every change of the area once, to see what was published; what follows from it is tested where it stands.
REACTIONS = tuple(
    Reaction(on=change, do="tests.domains.engagement.conftest.nothing")
    for change in vars(changes).values()
    if isinstance(change, type) and issubclass(change, Change) and change is not Change
)


@pytest.fixture
def published_changes(settings, db) -> Callable[[], list[tuple[str, dict]]]:
    """The names and contents of the changes published so far, in order."""
    settings.LECEN_REACTIONS = "tests.domains.engagement.conftest.REACTIONS"

    def published() -> list[tuple[str, dict]]:
        rows = Delivery.objects.order_by("pk").values_list("change", "payload")
        return [(name.rpartition(".")[2], payload) for name, payload in rows]

    return published
