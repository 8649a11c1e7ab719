from datetime import timedelta

import pytest

from lecen.domains.surveys import queries, services
from lecen.domains.surveys.models import ResultRelease
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry
from tests.factories import NOON


@pytest.fixture
def send_many(send):
    def record(count, **answers):
        for _person in range(count):
            send(**answers)

    return record


@pytest.fixture
def release(organizer, collector):
    def release_results(by=organizer):
        return services.release_results(by=by, collector_id=collector.pk, at=NOON)

    return release_results


def results(collector):
    return {question.key: question for question in queries.released_results(collector=collector).questions}


def test_fewer_than_ten_are_not_released(send_many, release, collector):
    send_many(9, equal="5")
    with pytest.raises(Refused, match="at least 10 people"):
        release()

    assert queries.released_results(collector=collector) is None


def test_a_release_tells_each_question_with_its_own_n(send_many, release, collector):
    send_many(12, equal="5")
    send_many(11, equal="4", heard="5")
    release()

    told = queries.released_results(collector=collector)
    equal, heard = results(collector)["equal"], results(collector)["heard"]
    assert (told.n, equal.n, heard.n) == (23, 23, 11)
    assert [(cell.name, cell.count) for cell in equal.cells] == [("most", 12), ("less", 11)]
    assert [cell.count for cell in heard.cells] == [None, None]


def test_the_words_of_the_groups_are_in_the_readers_language(send_many, release, collector):
    send_many(10, equal="5")
    send_many(10, equal="1")
    release()

    assert [str(cell.label) for cell in results(collector)["equal"].cells] == ["Step 5", "Less than “Step 5”"]


def test_ten_more_are_needed_before_results_change(send_many, release, collector):
    send_many(10, equal="5")
    send_many(10, equal="1")
    release()
    send_many(9, equal="5")
    with pytest.raises(Refused, match="10 more people"):
        release()
    assert queries.released_results(collector=collector).n == 20

    send_many(1, equal="1")
    release()
    assert queries.released_results(collector=collector).n == 30


def test_the_difference_of_two_releases_shows_no_small_group(send_many, release, collector):
    send_many(12, equal="5")
    send_many(12, equal="1")
    release()
    send_many(11, equal="5")
    send_many(1, equal="1")
    release()

    equal = results(collector)["equal"]
    assert (equal.n, [cell.count for cell in equal.cells]) == (36, [None, None])


def test_begun_answers_are_not_counted(send_many, collector, release):
    send_many(9, equal="5")
    collector.responses.create(channel="link", language="en", day=NOON.date())
    with pytest.raises(Refused):
        release()


def test_closing_releases_by_itself_once(send_many, collector):
    send_many(10, equal="5")
    send_many(10, equal="1")
    for _tick in range(2):
        services.close_ended_collectors(at=collector.closes_at + timedelta(hours=1))

    collector.refresh_from_db()
    told = queries.released_results(collector=collector)
    assert (told.n, told.is_final) == (20, True)
    assert ResultRelease.objects.count() == 1
    assert list(AuditEntry.objects.order_by("pk").values_list("act", flat=True)) == [
        "collector.closed",
        "results.released",
    ]


def test_closing_with_fewer_than_ten_releases_nothing(send_many, collector, organizer):
    send_many(9, equal="5")
    services.close_collector(by=organizer, collector_id=collector.pk, at=NOON)

    assert ResultRelease.objects.count() == 0


@pytest.mark.parametrize("name", ["member", "head", "stranger_organizer", "resident"])
def test_only_organizers_of_the_agency_release(request, send_many, release, name):
    send_many(10, equal="5")
    with pytest.raises(NotAllowed):
        release(by=request.getfixturevalue(name))

    assert ResultRelease.objects.count() == 0


def test_own_words_are_told_from_ten_on_and_in_steps_of_ten(send, send_many, release, collector):
    send_many(10, equal="5")
    for word in "ihgfedcba":
        send(words=word)
    release()
    assert queries.released_texts(collector=collector) == []

    for word in "srqponmlkj":
        send(words=word)
    release()
    (told,) = queries.released_texts(collector=collector)
    assert told[1] == list("abcdefghijklmnopqrs")


def test_the_count_so_far_moves_in_steps_of_ten(send_many, collector):
    seen = []
    for _answer in range(20):
        send_many(1, equal="5")
        seen.append(queries.answers_so_far(collector=collector))

    assert seen == [0] * 9 + [10] * 10 + [20]
