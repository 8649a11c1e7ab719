import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from lecen.domains.engagement.choices import PlanState, TaskState
from lecen.domains.engagement.models import Event, Plan
from lecen.domains.engagement.services import plans
from lecen.kernel.translated import TranslatedText
from tests.domains.engagement.conftest import plan_draft
from tests.factories import PlanTaskFactory, ProgramFactory


@pytest.fixture
def people(request):
    """Browsers by name, each with its person signed in."""
    sign_in = request.getfixturevalue("signed_in")
    names = ("resident", "stranger_organizer", "member", "organizer", "operator")
    return {name: sign_in(request.getfixturevalue(name)) for name in names}


@pytest.fixture
def plan(agency, playbook, organizer) -> Plan:
    """Eight weeks ahead of the real clock, which the pages ask."""
    at = timezone.now()
    return plans.start_plan(by=organizer, draft=plan_draft(agency, playbook, day=at.date() + timedelta(60)), at=at)


def start_form(agency, **changed):
    given = {"request_key": uuid4(), "agency": agency.pk, "day": timezone.localdate() + timedelta(60)}
    given |= {"time": "10:00", "minutes": "120", "place": "", "title_en": "Packing day", "title_es": "Día de empaque"}
    return given | changed


def url(name, *keys):
    return reverse(f"engagement:{name}", args=keys)


def test_the_board_is_for_members_and_for_nobody_else(plan, people):
    answers = {name: browser.get(plan.get_absolute_url()) for name, browser in people.items()}

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "resident": 404,
        "stranger_organizer": 404,
        "member": 200,
        "organizer": 200,
        "operator": 200,
    }
    assert {answer["Cache-Control"] for answer in answers.values()} == {"private, no-store"}


def test_a_member_reads_the_board_and_finds_no_button_for_it(plan, signed_in, member, organizer):
    reads, runs = (signed_in(viewer).get(plan.get_absolute_url()).content.decode() for viewer in (member, organizer))

    assert ("task-row__check" in reads, "task-row__check" in runs) == (False, True)
    assert (url("plan-move", plan.pk) in reads, url("plan-move", plan.pk) in runs) == (False, True)


@pytest.mark.parametrize("name", ["plan-event", "plan-move", "plan-end", "task-add", "follow-up-add"])
def test_the_forms_are_for_organizers(plan, people, name):
    answers = {who: browser.get(url(name, plan.pk)).status_code for who, browser in people.items()}

    assert answers == {"resident": 404, "stranger_organizer": 404, "member": 403, "organizer": 200, "operator": 200}


def test_a_plan_is_started_from_a_playbook_with_the_draft_of_its_event(signed_in, organizer, agency, playbook):
    browser, form = signed_in(organizer), start_form(agency, place="Lincoln Park")
    for _twice in range(2):
        answer = browser.post(url("plan-start", playbook.slug), form)

    plan = Plan.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, plan.get_absolute_url())
    assert plan.title == TranslatedText.of(en="Packing day", es="Día de empaque")
    assert Event.objects.get().place == "Lincoln Park"


def test_the_title_is_offered_in_both_languages_and_one_agency_is_not_asked_for(signed_in, organizer, playbook):
    form = signed_in(organizer).get(url("plan-start", playbook.slug)).context["form"]

    assert (form["title"].initial, form["agency"].is_hidden, "program" in form.fields) == (playbook.name, True, False)


def test_a_program_can_be_chosen(signed_in, organizer, agency, playbook):
    program = ProgramFactory(agency=agency)
    signed_in(organizer).post(url("plan-start", playbook.slug), start_form(agency, program=program.pk))

    assert Plan.objects.get().program == program


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"day": "2020-01-01"}, "day"),
        ({"title_en": "", "title_es": ""}, "title"),
        ({"day": "2030-03-10", "time": "02:30"}, "time"),
        ({"day": "9999-12-31"}, "day"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(people, agency, playbook, changed, field):
    answer = people["organizer"].post(url("plan-start", playbook.slug), start_form(agency, **changed))

    assert (answer.status_code, list(answer.context["form"].errors), Plan.objects.count()) == (200, [field], 0)


def test_the_start_sends_visitors_to_sign_in_and_members_away(signed_in, resident, member, playbook):
    address = url("plan-start", playbook.slug)

    assert [signed_in(viewer).get(address).status_code for viewer in (resident, member)] == [302, 403]


def test_a_task_is_checked_off_and_the_page_offers_to_undo_it(plan, signed_in, organizer):
    browser, task = signed_in(organizer), plan.tasks.get(days=-56)
    answer = browser.post(url("task-check-off", plan.pk, task.pk) + "?mine=1", follow=True)

    task.refresh_from_db()
    assert (task.state, answer.context["mine"], answer.context["changed"].task) == (TaskState.DONE, True, task)
    assert url("task-reopen", plan.pk, task.pk) in answer.content.decode()

    browser.post(url("task-reopen", plan.pk, task.pk))
    task.refresh_from_db()
    assert task.state == TaskState.OPEN


@pytest.mark.parametrize(
    ("origin", "leads_away"), [("/desk/", False), ("https://evil.example/", True), ("//evil", True)]
)
def test_one_comes_back_to_the_page_of_ours_that_one_left(plan, signed_in, organizer, origin, leads_away):
    task = plan.tasks.get(days=-56)
    answer = signed_in(organizer).post(url("task-check-off", plan.pk, task.pk) + f"?next={origin}")

    assert answer["Location"] == (f"{plan.get_absolute_url()}?changed={task.pk}" if leads_away else origin)


def test_a_task_of_another_plan_is_not_found(plan, signed_in, organizer):
    assert signed_in(organizer).post(url("task-check-off", plan.pk, PlanTaskFactory().pk)).status_code == 404


def test_a_follow_up_without_owner_is_sent_back(plan, signed_in, organizer):
    form = {"task_id": uuid4(), "title": "Repair the lamp", "due_on": plan.day + timedelta(9), "owner": ""}
    address = url("follow-up-add", plan.pk)
    answer = signed_in(organizer).post(address, form)
    assert list(answer.context["form"].errors) == ["owner"]

    answer = signed_in(organizer).post(address, form | {"owner": organizer.user_id})
    assert (answer.status_code, plan.tasks.filter(is_follow_up=True).count()) == (302, 5)


def test_a_task_is_changed_and_left_out(plan, signed_in, organizer):
    browser, task = signed_in(organizer), plan.tasks.get(days=-40)
    address = url("task-edit", plan.pk, task.pk)
    form = browser.get(address).context["form"]
    given = {name: value or "" for name, value in form.initial.items()}
    assert browser.post(address, given | {"title": "Ask the program"}).status_code == 302
    browser.post(url("task-drop", plan.pk, task.pk))

    task.refresh_from_db()
    assert (str(task.title), task.days, task.state) == ("Ask the program", -40, TaskState.DROPPED)


def test_the_day_is_moved_and_one_is_told_what_moved(plan, signed_in, organizer):
    form = {"day": timezone.localdate() + timedelta(21)}
    page = signed_in(organizer).post(url("plan-move", plan.pk), form, follow=True).content.decode()

    assert "18 open tasks moved along." in page
    assert "would be due before today" in page


def test_a_role_is_assigned_and_a_safeguard_confirmed(plan, signed_in, organizer):
    browser, role, safeguard = signed_in(organizer), plan.roles.get(key="lead"), plan.safeguards.get(key="photos")
    browser.post(url("role-assign", plan.pk, role.pk), {"holder": organizer.user_id, "holder_name": ""})
    browser.post(url("safeguard-confirm", plan.pk, safeguard.pk))
    role.refresh_from_db()
    safeguard.refresh_from_db()
    assert (role.holder_id, safeguard.confirmed_by_id) == (organizer.user_id, organizer.user_id)

    browser.post(url("safeguard-withdraw", plan.pk, safeguard.pk))
    safeguard.refresh_from_db()
    assert safeguard.confirmed_at is None


def test_a_plan_is_closed_and_taken_up_again(plan, signed_in, organizer):
    browser = signed_in(organizer)
    page = browser.post(url("plan-end", plan.pk), {"act": "finish"}, follow=True).content.decode()
    assert "This plan is done" in page

    browser.post(url("plan-resume", plan.pk))
    plan.refresh_from_db()
    assert plan.state == PlanState.ACTIVE


def test_the_tasks_are_a_table_that_no_spreadsheet_runs(plan, signed_in, member):
    PlanTaskFactory(plan=plan, role=None, title=TranslatedText.of(en="=HYPERLINK(1)"), due_on=plan.day)
    answer = signed_in(member).get(url("plan-tasks-file", plan.pk))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert rows[0] == ["Due", "Task", "How", "Who", "Role", "State", "Follow-up", "Done"]
    assert len(rows) == 20
    assert [row[1] for row in rows if "HYPERLINK" in row[1]] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("name", ["plan", "plan-print"])
def test_the_queries_of_a_plan_are_constant(plan, signed_in, organizer, name, django_assert_num_queries):
    browser = signed_in(organizer)
    for more in (0, 5):
        PlanTaskFactory.create_batch(more, plan=plan, role=plan.roles.first(), owner_id=organizer.user_id)
        with django_assert_num_queries(7):
            browser.get(url(name, plan.pk))


def test_the_list_shows_what_is_under_way_and_what_ended(plan, people, organizer):
    assert people["resident"].get(url("plan-list")).status_code == 302
    browser = people["member"]
    assert list(browser.get(url("plan-list")).context["page"]) == [plan]

    plans.finish_plan(by=organizer, plan_id=plan.pk, at=timezone.now())
    assert "No plan is under way" in browser.get(url("plan-list")).content.decode()
    assert list(browser.get(url("plan-list") + "?state=ended").context["page"]) == [plan]


def test_a_plan_without_an_event_gets_its_draft_once(plan, people):
    address, form = url("plan-event", plan.pk), {"time": "18:30", "minutes": "90", "place": "Town hall"}
    assert address in people["organizer"].get(plan.get_absolute_url()).content.decode()

    answers = [people["organizer"].post(address, form)["Location"] for _twice in range(2)]
    event = Event.objects.get(plan=plan)
    assert answers == [url("event-manage", event.pk)] * 2
    assert url("event-manage", event.pk) in people["member"].get(plan.get_absolute_url()).content.decode()


def test_the_name_of_a_check_is_words_and_no_link(plan, people):
    page = people["organizer"].get(plan.get_absolute_url()).content.decode()

    assert '<span class="sr-only">Done: Agree on two co-leads</span>' in page
