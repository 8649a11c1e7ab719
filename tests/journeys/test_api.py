"""The API answers only what it declares, and never with a fault of its own."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from lecen.config.wsgi import application


@pytest.fixture
def api(network):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


schema = schemathesis.pytest.from_fixture("api")


@pytest.mark.browser
@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_api_answers_what_it_declares(case):
    case.call_and_validate(headers={"Host": "localhost"})
