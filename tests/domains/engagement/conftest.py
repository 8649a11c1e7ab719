"""What the tests of engagement share."""

from collections.abc import Callable
from datetime import date, time
from uuid import uuid4

import pytest
from django.conf import settings as django_settings

from lecen.domains.engagement import changes
from lecen.domains.engagement.models import Plan
from lecen.domains.engagement.services import plans
from lecen.domains.library import exchange
from lecen.domains.library.models import Playbook
from lecen.domains.library.services import publish_playbook
from lecen.kernel.changes import Change, Reaction
from lecen.kernel.models import Delivery
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON

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


# --- Plans ---
DAY = date(2026, 7, 27)  # eight weeks after NOON, a Monday: every task of the playbook has its time


@pytest.fixture
def playbook(db) -> Playbook:
    """Faith and blue: 18 tasks from 56 days before to 90 days after, 6 roles, 6 safeguards."""
    content = exchange.read_playbook(django_settings.CONTENT_DIR / "playbooks" / "faith-and-blue.yaml")
    publish_playbook(by=SYSTEM, content=content)
    return Playbook.objects.get(slug="faith-and-blue")


def plan_draft(agency, playbook, **changed) -> plans.PlanDraft:
    given = {"agency": agency, "playbook": playbook, "title": playbook.name, "day": DAY, "request_key": uuid4()}
    return plans.PlanDraft(**given | changed)


@pytest.fixture
def plan(agency, playbook, organizer) -> Plan:
    return plans.start_plan(by=organizer, draft=plan_draft(agency, playbook), at=NOON)


@pytest.fixture
def plan_with_event(agency, playbook, organizer) -> Plan:
    draft = plan_draft(agency, playbook, starts=time(10), minutes=120, place="Lincoln Park")
    return plans.start_plan(by=organizer, draft=draft, at=NOON)


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    """People of these tests have none; that one is asked for is tested with accounts."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]
