import pytest

from lecen.domains.library import services
from lecen.domains.library.feature import FEATURE
from lecen.domains.library.models import EvidenceCard, Playbook
from lecen.domains.library.services import Outcome
from lecen.kernel import search
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry, SearchEntry
from lecen.kernel.viewer import SYSTEM
from tests.factories import PlanFactory


def versions():
    return list(Playbook.objects.order_by("version").values_list("version", "is_current", "lead_time_days"))


def test_a_file_becomes_a_playbook_with_its_evidence(playbook, content):
    assert (str(playbook), playbook.outline.tasks[0].days, playbook.tags) == ("Park day", -28, content["good_for"])
    assert EvidenceCard.objects.filter(playbook=playbook).count() == 4
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["playbook.published"]


def test_the_same_file_again_changes_nothing(playbook, content):
    assert services.publish_playbook(by=SYSTEM, content=content) == Outcome.SAME
    assert AuditEntry.objects.count() == 1


def test_a_changed_file_that_no_plan_uses_is_corrected_in_place(playbook, content):
    assert services.publish_playbook(by=SYSTEM, content=content | {"lead_time_days": 30}) == Outcome.CHANGED
    assert versions() == [(1, True, 30)]


def test_a_changed_file_is_refused_once_a_plan_uses_its_version(playbook, content):
    PlanFactory(playbook=playbook)

    with pytest.raises(Refused, match="park-day: the file has changed, and a plan already uses version 1"):
        services.publish_playbook(by=SYSTEM, content=content | {"lead_time_days": 30})
    assert versions() == [(1, True, 28)]


def test_a_raised_version_stands_beside_the_old_one(playbook, content):
    PlanFactory(playbook=playbook)

    assert services.publish_playbook(by=SYSTEM, content=content | {"version": 2, "lead_time_days": 30}) == (
        Outcome.CHANGED
    )
    assert versions() == [(1, False, 28), (2, True, 30)]


def test_an_older_version_is_refused(content, playbook):
    services.publish_playbook(by=SYSTEM, content=content | {"version": 3})

    with pytest.raises(Refused, match="version 3 is already here"):
        services.publish_playbook(by=SYSTEM, content=content | {"version": 2})


def test_an_organizer_may_not_publish(organizer, content):
    with pytest.raises(NotAllowed):
        services.publish_playbook(by=organizer, content=content)
    assert Playbook.objects.count() == 0


def test_a_playbook_is_found_by_its_words_and_an_old_version_no_more(playbook, content, resident):
    services.publish_playbook(by=SYSTEM, content=content | {"version": 2})

    found = search.find("neighbors park", sources=FEATURE.search, viewer=resident)
    assert [hit.object for hit in found.hits] == [Playbook.objects.get(version=2)]
    assert SearchEntry.objects.count() == 1
