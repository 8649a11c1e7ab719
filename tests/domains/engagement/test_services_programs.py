from datetime import date
from uuid import uuid4

import pytest

from lecen.domains.engagement.choices import ProgramState
from lecen.domains.engagement.models import Program
from lecen.domains.engagement.services import programs
from lecen.domains.engagement.services.programs import ProgramDraft
from lecen.kernel.errors import NotAllowed
from lecen.kernel.models import AuditEntry
from lecen.kernel.translated import TranslatedText
from tests.factories import NOON, ProgramFactory


def draft(agency, **changed):
    given = {"agency": agency, "started_on": date(2026, 1, 1), "program_id": uuid4()}
    given |= {"name": TranslatedText.of(en="Coffee"), "purpose": TranslatedText.of(en="To talk.")}
    return ProgramDraft(**given | changed)


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_program_sent_twice_is_started_once(organizer, agency):
    given = draft(agency)
    for _twice in range(2):
        program = programs.start_program(by=organizer, draft=given, at=NOON)

    assert (str(program), Program.objects.count(), acts()) == ("Coffee", 1, ["program.started"])


def test_a_program_is_changed_ended_once_and_resumed(organizer, agency):
    program = ProgramFactory(agency=agency)
    changed = programs.change_program(by=organizer, program_id=program.pk, draft=draft(agency), at=NOON)
    assert (str(changed.name), changed.started_on) == ("Coffee", date(2026, 1, 1))

    for _twice in range(2):
        assert programs.end_program(by=organizer, program_id=program.pk, at=NOON).state == ProgramState.ENDED
    assert programs.resume_program(by=organizer, program_id=program.pk, at=NOON).state == ProgramState.ACTIVE
    assert acts() == ["program.changed", "program.ended", "program.resumed"]


@pytest.mark.parametrize("viewer", ["resident", "member", "head", "stranger_organizer"])
def test_only_organizers_of_the_agency_write(request, viewer, agency):
    program, by = ProgramFactory(agency=agency), request.getfixturevalue(viewer)
    for write in (
        lambda: programs.start_program(by=by, draft=draft(agency), at=NOON),
        lambda: programs.change_program(by=by, program_id=program.pk, draft=draft(agency), at=NOON),
        lambda: programs.end_program(by=by, program_id=program.pk, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert acts() == []
