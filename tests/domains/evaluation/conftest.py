"""An event that is over: how many came, what they answered, what its report says."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from uuid import uuid4

import pytest

from lecen.domains.engagement.models import Event
from lecen.domains.evaluation import queries
from lecen.domains.evaluation.queries import EventReport
from lecen.domains.surveys import services as surveys
from lecen.domains.surveys.models import Answer, Collector, Questionnaire, Response
from lecen.kernel.viewer import SYSTEM, Viewer
from tests.factories import CheckInFactory, CollectorFactory, EventFactory

START = datetime(2024, 6, 8, 17, tzinfo=UTC)  # long ago, so that pages find it over whatever their clock says
WEEK_AFTER = START + timedelta(days=7)


class Past:
    """An event that took place at `START`; `reader` is a member of its agency."""

    def __init__(self, event: Event, reader: Viewer) -> None:
        self.event = event
        self.reader = reader

    @cached_property
    def pulse(self) -> Collector:
        """The real pulse, open at the event."""
        surveys.load_instruments(by=SYSTEM, at=START)
        self.event.collector = CollectorFactory(
            agency=self.event.agency,
            questionnaire=Questionnaire.objects.get(instrument="pulse"),
            opens_at=START,
            closes_at=START + timedelta(days=1),
        )
        self.event.save(update_fields=["collector"])
        return self.event.collector

    def answer(self, people: int, **values: str) -> None:
        """So many people answer alike: `past.answer(12, equal_status="5")`."""
        questions = {question.key: question for question in self.pulse.questionnaire.questions.all()}
        responses = [
            Response(
                id=uuid4(), collector=self.pulse, channel="link", language="en", day=START.date(), is_complete=True
            )
            for _person in range(people)
        ]
        Response.objects.bulk_create(responses)
        Answer.objects.bulk_create(
            Answer(response=response, question=questions[key], value=value)
            for response in responses
            for key, value in values.items()
        )

    def close(self) -> None:
        surveys.close_collector(by=SYSTEM, collector_id=self.pulse.pk, at=WEEK_AFTER)

    def count(self, people: int, **traits: str) -> None:
        """One entry at the door: `past.count(12, age_band="adult")`."""
        CheckInFactory(event=self.event, people=people, day=START.date(), **traits)

    def report(self, *, at: datetime = WEEK_AFTER) -> EventReport:
        return report_of(self.event, self.reader, at=at)

    def address(self, name: str = "report/") -> str:
        return f"/events/{self.event.pk}/{name}"


def report_of(event: Event, viewer: Viewer, *, at: datetime = WEEK_AFTER) -> EventReport:
    """The report as `viewer` reads it a week after the event."""
    found = queries.reported_events(viewer=viewer).get(pk=event.pk)
    return queries.event_report(viewer=viewer, event=found, at=at)


@pytest.fixture
def past(agency, member) -> Past:
    return Past(EventFactory(agency=agency, published=True, starts_at=START), member)
