"""The API answers only what it declares, and never with a fault of its own: to anybody and to a signed-in organizer.

Schemathesis makes up the requests. Made-up keys find nothing, so each is asked once more about what really is there.
"""

import pytest
import schemathesis
from django.conf import settings as platform
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from lecen.config.api import API
from lecen.config.wsgi import application
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event, Plan
from tests.journeys.conftest import CHAPLAIN, session_of

pytestmark = pytest.mark.browser

CSRF_TOKEN = "a" * 32
EXAMPLES = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def there(network):
    """Path → parameters of something that exists."""
    event = Event.objects.filter(state=EventState.PUBLISHED, starts_at__gt=timezone.now()).get()
    past = Event.objects.filter(state=EventState.PUBLISHED, ends_at__lt=timezone.now()).latest("ends_at")
    plan = Plan.objects.get(event__state=EventState.DRAFT)
    parts = {"event_id": str(event.pk), "plan_id": str(plan.pk), "collector_id": str(past.collector_id)}
    slugs = {"agencies": "riverbend", "playbooks": "faith-and-blue", "surveys": event.collector.slug}

    def found(path):
        area = path.removeprefix("/api/v1").strip("/").split("/")[0]
        return parts | {"slug": slugs.get(area, "")} | ({"event_id": str(past.pk)} if "report" in path else {})

    return found


@pytest.fixture(scope="module")
def organizer(network):
    """Cookies and headers of a browser in which the chaplain is signed in."""
    session = session_of(CHAPLAIN)
    cookies = {session["name"]: session["value"], platform.CSRF_COOKIE_NAME: CSRF_TOKEN}
    return {"cookies": cookies, "headers": PLAIN | {"X-CSRFToken": CSRF_TOKEN}}


# In-process answers are not unpacked.
PLAIN = {"Host": "localhost", "Accept-Encoding": "identity"}
ANYBODY = {"headers": PLAIN}
# Read from the code and not over the network, so that each operation is a test of its own.
schema = schemathesis.openapi.from_dict(API.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application
# To read `false` as 0 or to pass over a word in the address that nobody knows is no undeclared answer.
MAY_BE_KIND = [negative_data_rejection]


def ask(case, there, asker):
    case.call_and_validate(**asker, excluded_checks=MAY_BE_KIND)
    if case.path_parameters:
        known = there(case.operation.path)
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
        case.call_and_validate(**asker, excluded_checks=MAY_BE_KIND)


@schema.parametrize()
@EXAMPLES
def test_anybody_gets_only_declared_answers(case, there):
    ask(case, there, ANYBODY)


@schema.parametrize()
@EXAMPLES
def test_an_organizer_gets_only_declared_answers(case, there, organizer):
    ask(case, there, organizer)
