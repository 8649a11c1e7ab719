from datetime import timedelta

import pytest

from lecen.domains.surveys import demo, queries, services
from lecen.domains.surveys.models import Questionnaire, Response
from lecen.kernel.errors import Refused
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, AgencyFactory, CollectorFactory


def pulse_at(agency):
    demo.load(at=NOON)
    pulse = Questionnaire.objects.get(instrument="pulse")
    return CollectorFactory(agency=agency, questionnaire=pulse, closes_at=NOON + timedelta(hours=1))


def test_a_demonstration_fills_a_pulse_once_and_its_results_can_be_shown(db):
    collector = pulse_at(AgencyFactory(is_fictional=True))
    for _time in range(2):
        services.answer_as_demonstration(by=SYSTEM, collector=collector, at=NOON)
    services.release_results(by=SYSTEM, collector_id=collector.pk, at=NOON)
    told = {question.key: question for question in queries.released_results(collector=collector).questions}

    assert Response.objects.count() == 46
    assert set(Response.objects.values_list("language", flat=True)) == {"en", "es"}
    assert [key for key, question in told.items() if question.is_shown] == list(told)


def test_an_agency_that_exists_gets_no_made_up_answers(agency):
    with pytest.raises(Refused):
        services.answer_as_demonstration(by=SYSTEM, collector=pulse_at(agency), at=NOON)

    assert Response.objects.count() == 0
