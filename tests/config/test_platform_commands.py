import stat

import pytest

from lecen.config.command import main
from lecen.kernel import audit
from lecen.kernel.models import AuditEntry, DueRun
from tests.factories import NOON


def test_keys_are_made_once_for_their_owner_alone(tmp_path, capsys):
    file = tmp_path / "var" / "keys.env"

    assert main(["keys", "make", "--file", str(file)]) == 0
    first = file.read_text()
    assert main(["keys", "make", "--file", str(file)]) == 0

    assert file.read_text() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [line.partition("=")[0] for line in first.splitlines()] == [
        "LECEN_SECRET_KEY",
        "LECEN_FIELD_KEYS",
        "LECEN_CODE_KEY",
    ]


def test_audit_verify_fails_on_a_rewritten_chain(agency, organizer, capsys):
    audit.record(by=organizer, act="agency.changed", on=agency)
    audit.seal(at=NOON)
    assert main(["audit", "verify"]) == 0

    AuditEntry.objects.update(act="nothing.happened")

    assert main(["audit", "verify"]) == 1
    assert "rows of batch 1 were changed" in capsys.readouterr().err


@pytest.mark.django_db
def test_tick_hands_due_work_to_the_worker(capsys):
    assert main(["tick", "--once"]) == 0
    assert not DueRun.objects.filter(finished_at=None).exists()


def test_demonstration_is_refused_where_it_was_not_asked_for(db, capsys):
    assert main(["demo", "load"]) == 2
