"""Programs: begun, changed, ended. What was done under one stays with it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import ProgramState
from lecen.domains.engagement.models import Program
from lecen.kernel import audit
from lecen.kernel.errors import Refused
from lecen.kernel.ids import uuid7
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class ProgramDraft:
    """A program as somebody wrote it. `program_id` is drawn by the form: sent twice, it makes one program."""

    agency: Agency
    name: TranslatedText
    purpose: TranslatedText
    started_on: date
    program_id: UUID | None = None


def start_program(*, by: Viewer, draft: ProgramDraft, at: datetime) -> Program:
    """A new program of an agency. The same draft a second time gives the program of the first."""
    with transaction.atomic():
        require(rules.can_organize, by, draft.agency)
        # The parent is locked, so that a form sent twice at once waits here and then finds the first one's program.
        Agency.objects.select_for_update().get(pk=draft.agency.pk)
        key = draft.program_id or uuid7()
        existing = Program.objects.filter(pk=key, agency=draft.agency).first()
        if existing is not None:
            return existing
        program = Program(
            pk=key, agency=draft.agency, name=draft.name, purpose=draft.purpose, started_on=draft.started_on
        )
        program.full_clean(exclude=["agency"])
        program.save(force_insert=True)
        audit.record(by=by, act="program.started", on=program, at=at)
    return program


def change_program(*, by: Viewer, program_id: UUID, draft: ProgramDraft, at: datetime) -> Program:
    """Write name, purpose and beginning anew; the agency stays."""
    with transaction.atomic():
        program = _lock(by, program_id)
        program.name, program.purpose = program.name.revised(draft.name), program.purpose.revised(draft.purpose)
        program.started_on = draft.started_on
        program.full_clean(exclude=["agency"])
        program.save(update_fields=["name", "purpose", "started_on"])
        audit.record(by=by, act="program.changed", on=program, at=at)
    return program


def end_program(*, by: Viewer, program_id: UUID, at: datetime) -> Program:
    """No new plan begins under it; its plans and events stay where they are."""
    return _set_state(by, program_id, ProgramState.ENDED, "program.ended", at)


def resume_program(*, by: Viewer, program_id: UUID, at: datetime) -> Program:
    return _set_state(by, program_id, ProgramState.ACTIVE, "program.resumed", at)


def require_open(*, by: Viewer, program: Program | None, agency: Agency) -> None:
    """Refuse a program under which `by` cannot begin a plan of `agency`."""
    if program is None:
        return
    require(rules.can_view_program, by, program)
    if program.agency_id != agency.pk:
        raise Refused(_("Choose a program of the same agency."), field="program")
    if program.state != ProgramState.ACTIVE:
        raise Refused(_("This program has ended. Choose another or none."), field="program")


def _set_state(by: Viewer, program_id: UUID, state: ProgramState, act: str, at: datetime) -> Program:
    with transaction.atomic():
        program = _lock(by, program_id)
        if program.state != state:
            program.state = state
            program.save(update_fields=["state"])
            audit.record(by=by, act=act, on=program, at=at)
    return program


def _lock(by: Viewer, program_id: UUID) -> Program:
    program = Program.objects.select_for_update(of=("self",)).select_related("agency").get(pk=program_id)
    require(rules.can_organize_program, by, program)
    return program
