from uuid import uuid4

import pytest

from lecen.domains.surveys import services
from lecen.domains.surveys.models import Collector
from lecen.kernel.viewer import ANONYMOUS
from tests.factories import NOON, CollectorFactory, QuestionFactory, QuestionnaireFactory


@pytest.fixture
def collector(agency) -> Collector:
    """Asks two scales and one thing in own words."""
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, position=1, key="equal")
    QuestionFactory(questionnaire=questionnaire, position=2, key="heard")
    QuestionFactory(questionnaire=questionnaire, position=3, key="words", kind="text", options=[])
    return CollectorFactory(agency=agency, questionnaire=questionnaire, slug="supper42")


@pytest.fixture
def send(collector):
    """Send one person's answers in: `send(equal="4")`."""

    def record(*, at=NOON, by=ANONYMOUS, channel="link", response_id=None, **answers):
        return services.record_response(
            by=by,
            collector=collector,
            answers=answers,
            channel=channel,
            language="en",
            response_id=response_id or uuid4(),
            at=at,
        )

    return record
