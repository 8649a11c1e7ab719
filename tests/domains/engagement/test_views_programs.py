from uuid import uuid4

import pytest
from django.urls import reverse

from lecen.domains.engagement.choices import ProgramState
from lecen.domains.engagement.models import Program
from tests.factories import EventFactory, PlanFactory, ProgramFactory

FORM = {"name_en": "Coffee", "name_es": "", "purpose_en": "To talk.", "purpose_es": "", "started_on": "2026-01-01"}


def url(name, *keys):
    return reverse(f"engagement:{name}", args=keys)


@pytest.fixture
def program(agency):
    return ProgramFactory(agency=agency)


def test_anybody_reads_a_public_program_and_its_published_events(program, agency, signed_in, resident, member):
    plan = PlanFactory(program=program, agency=agency)
    draft = EventFactory(agency=agency, plan=plan)
    published = EventFactory(agency=agency, plan=PlanFactory(program=program, agency=agency), published=True)

    seen = signed_in(resident).get(program.get_absolute_url())
    assert (list(seen.context["events"]), list(seen.context["plans"]), seen.cookies) == ([published], [], {})
    seen = signed_in(member).get(program.get_absolute_url())
    assert (set(seen.context["events"]), len(seen.context["plans"])) == ({published, draft}, 2)


def test_a_program_of_a_closed_agency_is_for_its_members(program, agency, signed_in, resident, member):
    agency.is_public = False
    agency.save()

    assert [signed_in(viewer).get(program.get_absolute_url()).status_code for viewer in (resident, member)] == [
        404,
        200,
    ]


def test_a_program_is_started_once_changed_ended_and_resumed(agency, signed_in, organizer):
    browser = signed_in(organizer)
    for _twice in range(2):
        browser.post(url("program-start"), FORM | {"agency": agency.pk, "program_id": (key := "0" * 32)})
    program = Program.objects.get()
    assert (str(program.name), program.pk.hex) == ("Coffee", key)

    browser.post(url("program-edit", program.pk), FORM | {"name_en": "Tea"})
    browser.post(url("program-end", program.pk))
    program.refresh_from_db()
    assert (str(program.name), program.state) == ("Tea", ProgramState.ENDED)
    browser.post(url("program-resume", program.pk))
    program.refresh_from_db()
    assert program.state == ProgramState.ACTIVE


def test_only_organizers_write(program, signed_in, resident, member, stranger_organizer):
    form = FORM | {"agency": program.agency_id, "program_id": uuid4()}
    viewers = (resident, member, stranger_organizer)

    assert [signed_in(viewer).post(url("program-start"), form).status_code for viewer in viewers] == [302, 403, 200]
    for name in ("program-edit", "program-end"):
        answers = [signed_in(viewer).post(url(name, program.pk), FORM).status_code for viewer in viewers]
        assert answers == [403, 403, 403]
    assert Program.objects.count() == 1


def test_the_list_says_how_to_fill_it(signed_in, member, program):
    browser = signed_in(member)
    assert list(browser.get(url("program-list")).context["page"]) == [program]

    program.delete()
    assert "No programs yet" in browser.get(url("program-list")).content.decode()
