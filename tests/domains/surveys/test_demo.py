from datetime import timedelta

from lecen.domains.surveys import demo, queries, services
from lecen.domains.surveys.models import Questionnaire, Response
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, CollectorFactory


def test_the_demonstration_fills_a_pulse_once_and_its_results_can_be_shown(agency):
    demo.load(at=NOON)
    pulse = Questionnaire.objects.get(instrument="pulse")
    collector = CollectorFactory(agency=agency, questionnaire=pulse, closes_at=NOON + timedelta(hours=1))
    for _time in range(2):
        demo.fill(collector=collector, at=NOON)
    services.release_results(by=SYSTEM, collector_id=collector.pk, at=NOON)
    told = {question.key: question for question in queries.released_results(collector=collector).questions}

    assert Response.objects.count() == 46
    assert set(Response.objects.values_list("language", flat=True)) == {"en", "es"}
    assert [key for key, question in told.items() if question.is_shown] == list(told)
