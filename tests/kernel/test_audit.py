import pytest

from lecen.kernel import audit
from lecen.kernel.models import AnonymousAct, AuditBatch, AuditEntry, AuditReason
from lecen.kernel.viewer import ANONYMOUS, SYSTEM
from tests.factories import NOON


@pytest.fixture
def sealed(agency, organizer):
    audit.record(by=organizer, act="agency.changed", on=agency, why="A typing error", at=NOON)
    audit.record(by=SYSTEM, act="agency.renamed", on=agency, at=NOON)
    audit.seal(at=NOON)
    audit.record(by=organizer, act="agency.changed", on=agency, at=NOON)
    audit.seal(at=NOON)


def test_record_keeps_who_did_what_to_which_and_why(agency, organizer):
    audit.record(by=organizer, act="agency.changed", on=agency, why="A typing error", at=NOON)

    entry = AuditEntry.objects.get()
    assert (entry.user_id, entry.act, entry.on_type, entry.on_id) == (
        organizer.user_id,
        "agency.changed",
        "agencies.agency",
        str(agency.pk),
    )
    assert entry.reason.text == "A typing error"


def test_seal_counts_anonymous_acts_and_forgets_their_rows(agency):
    for _ in range(10):
        audit.record(by=ANONYMOUS, act="event.registered", on=agency)

    audit.seal(at=NOON)

    assert AuditBatch.objects.get().anonymous_acts == {"event.registered": 10}
    assert not AnonymousAct.objects.exists()
    assert not AuditEntry.objects.exists()


def test_fewer_than_ten_anonymous_acts_of_a_kind_wait_for_more(agency):
    for _ in range(9):
        audit.record(by=ANONYMOUS, act="event.registered", on=agency)

    assert (audit.seal(at=NOON), AnonymousAct.objects.count()) == (0, 9)


def test_seal_without_rows_makes_no_batch(db):
    assert (audit.seal(at=NOON), AuditBatch.objects.count()) == (0, 0)


def test_untouched_chain_is_whole(sealed):
    verdict = audit.verify(witnessed_head=AuditBatch.objects.get(number=1).hash)

    assert (verdict.whole, verdict.batches) == (True, 2)


def test_changed_row_is_found(sealed):
    AuditEntry.objects.filter(act="agency.renamed").update(act="agency.deleted")

    assert audit.verify().faults == ("rows of batch 1 were changed",)


def test_deleted_row_is_found(sealed):
    AuditEntry.objects.filter(act="agency.renamed").delete()

    assert audit.verify().faults == ("rows of batch 1 were changed",)


def test_removed_batch_is_found(sealed):
    first = AuditBatch.objects.get(number=1)
    first.entries.all().delete()
    first.delete()

    assert audit.verify().faults == ("batch 1 is missing", "batch 2 does not follow the one before it")


def test_history_written_anew_does_not_hold_the_witnessed_head(sealed):
    head = audit.verify().head
    AuditEntry.objects.all().delete()
    AuditBatch.objects.all().delete()

    assert audit.verify(witnessed_head=head).faults == ("the witnessed head is not in the chain",)


def test_erased_reason_leaves_the_chain_whole(sealed):
    AuditReason.objects.all().delete()

    assert audit.verify().whole
