from lecen.domains.evaluation import demo
from tests.domains.evaluation.conftest import WEEK_AFTER


def test_the_past_event_of_the_demonstration_has_a_release(past):
    past.event.agency.is_fictional = True
    past.event.agency.save()
    assert past.pulse.state == "open"

    demo.load(at=WEEK_AFTER)
    first = past.report().pulse
    demo.load(at=WEEK_AFTER)

    assert (first.answered.value, first.is_open) == (46, False)
    assert past.report().pulse == first


def test_no_answers_are_made_up_for_a_real_agency(past):
    past.answer(1, equal_status="5")
    demo.load(at=WEEK_AFTER)

    assert (past.pulse.responses.count(), past.report().pulse.is_open) == (1, True)
