from datetime import timedelta

import pytest

from lecen.domains.surveys import services
from lecen.domains.surveys.models import Collector
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry
from lecen.kernel.translated import TranslatedText
from tests.factories import NOON, CollectorFactory, QuestionnaireFactory

TITLE = TranslatedText.of(en="Supper", es="Cena")


def open_one(by, agency, **changed):
    given = {"opens_at": NOON, "closes_at": NOON + timedelta(days=2), "at": NOON} | changed
    return services.open_collector(by=by, agency=agency, title=TITLE, **given)


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_collector_opens_on_the_current_version_under_a_short_name(organizer, agency):
    QuestionnaireFactory(instrument="pulse", version=1, is_current=False)
    current = QuestionnaireFactory(instrument="pulse", version=2)
    first, second = open_one(organizer, agency), open_one(organizer, agency)

    assert (first.questionnaire, first.agency, first.state, len(first.slug)) == (current, agency, "open", 8)
    assert first.slug != second.slug
    assert acts() == ["collector.opened"] * 2


def test_a_collector_may_ask_a_named_version(organizer, agency):
    older = QuestionnaireFactory(instrument="pulse", version=1, is_current=False)

    assert open_one(organizer, agency, questionnaire_id=older.pk).questionnaire == older


def test_only_organizers_of_the_agency_open_and_close(agency, stranger_organizer, member, head, resident):
    QuestionnaireFactory(instrument="pulse")
    collector = CollectorFactory(agency=agency)
    for viewer in (stranger_organizer, member, head, resident):
        with pytest.raises(NotAllowed):
            open_one(viewer, agency)
        with pytest.raises(NotAllowed):
            services.close_collector(by=viewer, collector_id=collector.pk, at=NOON)

    assert list(Collector.objects.values_list("pk", "state")) == [(collector.pk, "open")]


@pytest.mark.parametrize(
    "times",
    [{"closes_at": NOON}, {"opens_at": NOON - timedelta(days=2), "closes_at": NOON}],
    ids=["closes as it opens", "over already"],
)
def test_times_that_make_no_sense_are_refused(organizer, agency, times):
    QuestionnaireFactory(instrument="pulse")
    with pytest.raises(Refused) as refusal:
        open_one(organizer, agency, **times)

    assert refusal.value.field == "closes_at"


def test_an_unknown_instrument_is_refused(organizer, agency):
    with pytest.raises(Refused, match="pulse"):
        open_one(organizer, agency)


def test_a_collector_moves_with_its_occasion_until_it_has_closed(organizer, agency):
    collector = CollectorFactory(agency=agency)
    times = {"opens_at": NOON + timedelta(days=7), "closes_at": NOON + timedelta(days=9), "at": NOON}
    moved = services.reschedule_collector(by=organizer, collector_id=collector.pk, **times)
    assert (moved.opens_at, moved.closes_at) == (times["opens_at"], times["closes_at"])

    services.close_collector(by=organizer, collector_id=collector.pk, at=NOON)
    with pytest.raises(Refused):
        services.reschedule_collector(by=organizer, collector_id=collector.pk, **times)


def test_collectors_close_by_themselves_once_after_their_time(agency):
    CollectorFactory(agency=agency, closes_at=NOON - timedelta(minutes=10))
    CollectorFactory(agency=agency, closes_at=NOON - timedelta(minutes=9))

    assert services.close_ended_collectors(at=NOON) == 1
    assert services.close_ended_collectors(at=NOON) == 0
    assert acts() == ["collector.closed"]
