from lecen.domains.surveys import demo
from lecen.domains.surveys.models import Questionnaire
from tests.factories import NOON


def test_the_demonstration_loads_the_pulse_once(db):
    for _time in range(2):
        demo.load(at=NOON)

    assert list(Questionnaire.objects.values_list("instrument", "is_current")) == [("pulse", True)]
