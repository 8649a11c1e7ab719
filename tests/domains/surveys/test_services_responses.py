from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from lecen.domains.surveys import queries, services
from lecen.domains.surveys.models import Answer, Collector, Response
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AnonymousAct, AuditEntry
from lecen.kernel.viewer import ANONYMOUS
from tests.factories import NOON, CollectorFactory


def kept():
    return sorted(Answer.objects.values_list("question__key", "value", "text"))


def test_answers_are_kept_by_question_with_the_day_alone(send):
    response = send(equal="4", heard="", words=" More of this ")

    assert kept() == [("equal", "4", ""), ("words", "", "More of this")]
    assert (response.is_complete, response.day, response.resume_hash) == (True, date(2026, 6, 1), "")


def test_the_day_is_that_of_the_agency(send, collector):
    late = datetime(2026, 6, 2, 3, 30, tzinfo=UTC)  # half past ten in the evening of June 1 in Chicago

    assert send(equal="4", at=late).day == date(2026, 6, 1)


def test_a_form_sent_twice_counts_once_and_keeps_the_first_answers(send):
    key = uuid4()
    send(response_id=key, equal="4")
    send(response_id=key, equal="1")

    assert (Response.objects.count(), kept()) == (1, [("equal", "4", "")])


def test_who_answered_is_on_no_record(send, organizer):
    send(equal="4", by=organizer)

    assert AuditEntry.objects.count() == 0
    assert list(AnonymousAct.objects.values_list("act", flat=True)) == ["response.recorded"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, None),
        ({"equal": " "}, None),
        ({"equal": "6"}, "equal"),
        ({"age": "30"}, "age"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_nothing_marked_and_what_is_not_asked_are_refused_and_leave_nothing(send, answers, field):
    with pytest.raises(Refused) as refusal:
        send(**answers)

    assert (refusal.value.field, Response.objects.count()) == (field, 0)


def test_answers_begun_in_time_are_taken_for_ten_minutes_more(send, collector):
    send(equal="4", at=collector.closes_at + timedelta(minutes=9))
    with pytest.raises(Refused):
        send(equal="4", at=collector.closes_at + timedelta(minutes=10))

    assert Response.objects.count() == 1


def test_a_survey_closed_while_somebody_answers_refuses_kindly(send, collector, organizer):
    services.close_collector(by=organizer, collector_id=collector.pk, at=NOON)
    with pytest.raises(Refused, match="has closed"):
        send(equal="4")

    assert Response.objects.count() == 0


def test_a_survey_that_has_not_opened_refuses(send, collector):
    with pytest.raises(Refused, match="not opened"):
        send(equal="4", at=collector.opens_at - timedelta(seconds=1))


def test_a_key_of_another_survey_is_refused(send, collector):
    key = send(equal="4").pk
    other = CollectorFactory(questionnaire=collector.questionnaire)
    with pytest.raises(Refused):
        services.record_response(
            by=ANONYMOUS,
            collector=other,
            answers={"equal": "1"},
            channel="link",
            language="en",
            response_id=key,
            at=NOON,
        )


def test_paper_is_entered_by_organizers_of_the_agency_alone(send, organizer, stranger_organizer, member):
    send(equal="4", channel="paper", by=organizer)
    for viewer in (stranger_organizer, member, ANONYMOUS):
        with pytest.raises(NotAllowed):
            send(equal="4", channel="paper", by=viewer)

    assert Response.objects.count() == 1


# --- Save and finish later --------------------------------------------------------------------------------------------
@pytest.fixture
def save(collector):
    def save_for_later(key, **answers):
        return services.save_for_later(
            by=ANONYMOUS, collector=collector, answers=answers, channel="qr", language="en", response_id=key, at=NOON
        )

    return save_for_later


def test_saved_answers_come_back_by_their_code_and_are_sent_once(save, send, collector):
    key = uuid4()
    code = save(key, equal="2")
    begun = queries.begun_response(collector=collector, code=code.lower())

    assert (begun.pk, begun.is_complete) == (key, False)
    assert queries.begun_answers(response=begun) == {"equal": "2"}

    send(response_id=key, equal="5", heard="4")
    assert kept() == [("equal", "5", ""), ("heard", "4", "")]
    assert queries.begun_response(collector=collector, code=code) is None


def test_a_code_opens_nothing_at_another_survey_and_none_opens_nothing(save, send, collector):
    code = save(uuid4(), equal="2")
    send(equal="4")
    other = CollectorFactory(questionnaire=collector.questionnaire)

    assert queries.begun_response(collector=other, code=code) is None
    assert queries.begun_response(collector=collector, code="") is None
    assert queries.begun_response(collector=collector, code="4F7QK-92XM-TB6R") is None


def test_the_code_itself_is_not_stored(save):
    code = save(uuid4(), equal="2")

    assert code not in str(list(Response.objects.values()))


def test_what_was_sent_cannot_be_saved_for_later(save, send):
    key = send(equal="4").pk
    with pytest.raises(Refused):
        save(key, equal="1")


def test_closing_forgets_what_was_begun_and_never_sent(save, send, collector, organizer):
    save(uuid4(), equal="2")
    send(equal="4")
    services.close_collector(by=organizer, collector_id=collector.pk, at=NOON)

    assert list(Response.objects.values_list("is_complete", flat=True)) == [True]
    assert Collector.objects.get().state == "closed"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_the_same_moment_counts_once(collector, send):
    key, meeting = uuid4(), Barrier(2)

    def post(step):
        meeting.wait()
        try:
            send(response_id=key, equal=step)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(post, ["4", "5"]))

    assert (Response.objects.count(), Answer.objects.count()) == (1, 1)
