import pytest

from lecen.domains.engagement import rules
from lecen.domains.engagement.models import Plan, PlanTask, Program
from tests.factories import AgencyFactory, PlanFactory, PlanTaskFactory, ProgramFactory

VIEWERS = ("resident", "member", "organizer", "lead", "head", "operator", "stranger_organizer")


@pytest.fixture
def viewers(request):
    return {name: request.getfixturevalue(name) for name in VIEWERS}


def allowed(rule, viewers, subject):
    return {name for name, viewer in viewers.items() if rule(viewer, subject)}


def test_members_see_the_plans_of_their_agency_and_organizers_run_them(viewers, agency):
    plan = PlanFactory(agency=agency)

    assert allowed(rules.can_view_plan, viewers, plan) == {"member", "organizer", "lead", "head", "operator"}
    assert allowed(rules.can_organize_plan, viewers, plan) == {"organizer", "lead", "operator"}
    assert allowed(rules.can_organize, viewers, agency) == {"organizer", "lead", "operator"}


@pytest.mark.parametrize(
    ("twins", "model"),
    [
        ((rules.visible_plans, rules.can_view_plan), Plan),
        ((rules.organized_plans, rules.can_organize_plan), Plan),
        ((rules.checkable_tasks, rules.can_check_off), PlanTask),
        ((rules.visible_programs, rules.can_view_program), Program),
        ((rules.organized_programs, rules.can_organize_program), Program),
    ],
)
def test_the_twins_agree(viewers, agency, other_agency, twins, model):
    visible, can = twins
    for owner in (agency, other_agency, AgencyFactory(is_public=False)):
        ProgramFactory(agency=owner)
        PlanTaskFactory(plan__agency=owner)
        PlanTaskFactory(plan__agency=owner, owner_id=viewers["member"].user_id)
        task = PlanTaskFactory(plan__agency=owner, role__holder_id=viewers["head"].user_id)
        PlanTaskFactory(plan=task.plan, role=task.role, owner_id=viewers["member"].user_id)

    for name, viewer in viewers.items():
        assert set(visible(viewer)) == {each for each in model.objects.all() if can(viewer, each)}, name


def test_whoever_has_a_task_may_check_it_off(viewers, agency):
    task = PlanTaskFactory(plan__agency=agency, owner_id=viewers["member"].user_id)

    assert allowed(rules.can_check_off, viewers, task) == {"member", "organizer", "lead", "operator"}


def test_a_task_given_to_a_stranger_is_no_way_in(viewers, agency):
    task = PlanTaskFactory(plan__agency=agency, owner_id=viewers["stranger_organizer"].user_id)

    assert allowed(rules.can_check_off, viewers, task) == {"organizer", "lead", "operator"}


def test_a_program_is_as_public_as_its_agency(viewers, agency):
    program = ProgramFactory(agency=agency)
    assert allowed(rules.can_view_program, viewers, program) == set(VIEWERS)

    agency.is_public = False
    assert allowed(rules.can_view_program, viewers, program) == {"member", "organizer", "lead", "head", "operator"}


def test_the_desk_knows_who_belongs_to_an_agency(viewers):
    assert {name for name, viewer in viewers.items() if rules.is_member_anywhere(viewer)} == {
        "member",
        "organizer",
        "lead",
        "head",
        "stranger_organizer",
    }
    assert {name for name, viewer in viewers.items() if rules.organizes_anywhere(viewer)} == {
        "organizer",
        "lead",
        "stranger_organizer",
    }
