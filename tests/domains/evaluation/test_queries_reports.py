from datetime import timedelta

import pytest

from lecen.domains.engagement.models import Plan
from lecen.domains.evaluation import queries
from lecen.domains.evaluation.choices import Known, Stage
from lecen.domains.evaluation.logic import Agreement, Amount
from lecen.domains.evaluation.queries.people import People
from lecen.domains.evaluation.queries.pulse import Pulse
from lecen.domains.surveys import services as surveys
from lecen.kernel.errors import NotAllowed
from lecen.kernel.translated import TranslatedText
from tests.domains.evaluation.conftest import START, WEEK_AFTER, Past
from tests.factories import (
    EventConditionFactory,
    EventFactory,
    EventPartnerFactory,
    PlanFactory,
    PlanRoleFactory,
    PlanTaskFactory,
    RegistrationFactory,
    UserFactory,
)

NOT_TRUST = "this cannot show that the event changed trust."


@pytest.fixture
def plan(past) -> Plan:
    past.event.plan = PlanFactory(agency=past.event.agency)
    past.event.save(update_fields=["plan"])
    return past.event.plan


# --- The first line, from rows -----------------------------------------------------------------------------------------
def test_a_release_and_a_count_make_the_first_line(past):
    past.answer(34, equal_status="5")
    past.count(41)
    past.count(19)
    past.close()

    assert past.report().first_line == f"34 of about 60 people answered; {NOT_TRUST}"


@pytest.mark.parametrize("answers", [0, 1, 9])
def test_few_answers_are_told_alike_whether_nobody_or_nine_answered(past, answers):
    past.answer(answers, equal_status="5")
    past.count(60)
    past.close()
    report = past.report()

    assert report.first_line == f"Fewer than 10 of about 60 people answered; {NOT_TRUST}"
    assert (report.pulse.answered, report.pulse.statements) == (Amount(Known.FEW), ())


@pytest.mark.parametrize("people", [1, 9])
def test_few_people_present_are_not_counted_out(past, people):
    past.count(people, age_band="adult")
    report = past.report()

    assert report.first_line == f"Fewer than 10 people were counted and nobody was asked; {NOT_TRUST}"
    assert (report.people.present, report.people.breakdowns, report.people.entries) == (Amount(Known.FEW), (), 0)


def test_an_entry_taken_back_counts_as_few_and_not_as_nobody(past):
    past.count(12, is_undone=True)

    assert past.report().people.present == Amount(Known.FEW)


def test_an_event_without_pulse_and_count_says_so(past):
    assert past.report().first_line == f"Nobody was counted and nobody was asked; {NOT_TRUST}"


def test_an_open_pulse_shows_nothing_of_what_came_in(past):
    past.answer(34, equal_status="5")
    report = past.report()

    assert report.first_line.startswith("Answers are still coming in.")
    assert (report.pulse.answered, report.pulse.statements) == (Amount(Known.PENDING), ())


def test_an_early_release_is_shown_while_the_pulse_is_open(past, organizer):
    past.answer(12, equal_status="5")
    surveys.release_results(by=organizer, collector_id=past.pulse.pk, at=START)
    past.answer(7, equal_status="1")  # would show if anything but the release were read
    report = past.report()

    assert (report.pulse.answered, report.pulse.is_open) == (Amount.of(12), True)


# --- An event that did not take place ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "at", "stage"),
    [
        ({"canceled": True}, WEEK_AFTER, Stage.CANCELED),
        ({}, WEEK_AFTER, Stage.DRAFT),
        ({"published": True}, START + timedelta(hours=1), Stage.AHEAD),
    ],
)
def test_without_an_event_there_are_no_figures(past, state, at, stage):
    past = Past(EventFactory(agency=past.event.agency, starts_at=START, **state), past.reader)
    past.count(40)
    past.answer(34, equal_status="5")
    report = past.report(at=at)

    assert (report.stage, report.people, report.pulse) == (stage, People(), Pulse(Amount(Known.ABSENT)))
    assert "nothing" in report.first_line.lower()


# --- Who came ----------------------------------------------------------------------------------------------------------
def test_groups_are_protected(past):
    past.count(40, age_band="adult", origin="here")
    past.count(25, age_band="teen", origin="elsewhere")
    past.count(3, age_band="child", origin="here")
    age, first_time, origin = past.report().people.breakdowns

    assert {group.label: group.value for group in age.groups}["Adult"] is None  # hidden beside the three children
    assert [group.value for group in first_time.groups] == [None, None, None]  # all are “not noted”
    assert 3 not in [group.value for table in (age, origin) for group in table.groups]


def test_seats_are_told_where_people_could_register(past):
    past.event.takes_registrations = True
    past.event.save(update_fields=["takes_registrations"])
    RegistrationFactory(event=past.event, seats=9)
    few = past.report().people.seats
    RegistrationFactory(event=past.event, seats=4)
    RegistrationFactory(event=past.event, seats=5, state="canceled")

    assert (few, past.report().people.seats) == (Amount(Known.FEW), Amount.of(13))


def test_seats_are_not_mentioned_where_nobody_could_register(past):
    RegistrationFactory(event=past.event, seats=9)  # registration was closed later

    assert past.report().people.seats is None


# --- What was planned and said -----------------------------------------------------------------------------------------
def test_a_statement_stands_beside_the_condition_that_was_planned(past):
    EventConditionFactory(event=past.event, condition="institutional_support", rating="strong")
    past.answer(40, leaders_support="2")
    past.answer(20, leaders_support="4")
    past.close()
    report = past.report()
    rated = {item.key: item for item in report.pulse.statements}

    assert [(key, item.planned.name) for key, item in rated.items() if item.planned] == [
        ("leaders_support", "Leaders' support")
    ]
    assert rated["leaders_support"].agreed == Agreement(60, 0, 60, strongly=True)


def test_a_strong_plan_that_was_rated_low_gets_a_sentence_and_the_next_step(past):
    EventConditionFactory(event=past.event, condition="cooperation", rating="strong")
    for step, people in zip("12345", (20, 20, 30, 14, 16), strict=True):
        past.answer(people, cooperation=step)
    past.close()
    report = past.report()
    cooperation = {item.key: item for item in report.pulse.statements}["cooperation"]

    assert (cooperation.share, cooperation.said) == (30, "30 % agreed")
    assert cooperation.note.startswith("Planned as strong, but fewer than half of those who answered agreed.")
    assert "residents and officers worked together." in report.next_step


def test_planned_conditions_stand_also_where_nobody_was_asked(past):
    EventConditionFactory(event=past.event, condition="common_goal", rating="medium")

    assert [(each.name, each.rating) for each in past.report().pulse.planned] == [("Common goal", "medium")]


# --- Partners and follow-ups -------------------------------------------------------------------------------------------
def test_only_partners_who_accepted_stand_in_the_report(past):
    EventPartnerFactory(event=past.event, organization__name="Saint Brigid Parish", state="accepted", role="co_host")
    EventPartnerFactory(event=past.event, organization__name="New Hope Baptist Church", state="accepted")
    for state in ("invited", "declined", "withdrawn"):
        EventPartnerFactory(event=past.event, state=state)

    assert past.report().hosts == ("Saint Brigid Parish (co-host)", "New Hope Baptist Church")


def test_follow_ups_have_an_owner_a_date_and_a_state(past, plan):
    due = WEEK_AFTER.date()
    role = PlanRoleFactory(plan=plan, name=TranslatedText.of(en="Lead partner"))
    PlanTaskFactory(plan=plan, is_follow_up=True, due_on=due - timedelta(days=2), owner=UserFactory(name="Ruth Okafor"))
    PlanTaskFactory(
        plan=plan, is_follow_up=True, due_on=due - timedelta(days=1), state="done", done_at=WEEK_AFTER, role=role
    )
    PlanTaskFactory(plan=plan, is_follow_up=True, due_on=due, role=None, owner=None)
    PlanTaskFactory(plan=plan, is_follow_up=True, due_on=due, state="dropped")
    PlanTaskFactory(plan=plan, is_follow_up=False, due_on=due)
    report = past.report()

    assert [(each.owner, each.state, each.done_on) for each in report.follow_ups] == [
        ("Ruth Okafor", "late", None),
        ("Lead partner", "done", due),
        ("", "open", None),
    ]
    assert report.next_step.startswith("1 follow-up is late.")


# --- Sources -----------------------------------------------------------------------------------------------------------
def test_each_figure_is_traced_to_its_rows(past):
    past.answer(34, equal_status="5")
    past.count(41)
    past.count(19)
    past.count(5, is_undone=True)
    past.close()
    sources = {source.key: (source.origin, source.rows) for source in past.report().sources}

    assert sources == {
        "present": ("2 entries made at the door, June 8, 2024", f"check-ins of event {past.event.pk}"),
        "groups": (
            "The same entries, by what was noted; small groups are not shown",
            f"check-ins of event {past.event.pk}",
        ),
        "answers": (
            "Released with n = 34: Saturday, June 15, 2024, 12:00 p.m. CDT",
            f"release n=34 of collector {past.pulse.pk}",
        ),
    }


def test_sources_of_few_people_do_not_tell_how_many_taps_there_were(past):
    for _person in range(7):
        past.count(1)
    past.close()
    origins = [source.origin for source in past.report().sources]

    assert origins == [
        "Entries made at the door; too few people to say more",
        "The pulse is closed; too few answers to release",
    ]


# --- Who, how many, how fast -------------------------------------------------------------------------------------------
def test_a_report_is_refused_to_whoever_may_not_read_it(past, operator, stranger_organizer, resident):
    for viewer in (operator, stranger_organizer, resident):
        with pytest.raises(NotAllowed):
            queries.event_report(viewer=viewer, event=past.event, at=WEEK_AFTER)


def test_recent_reports_are_of_events_that_took_place_the_latest_first(agency, other_agency, member):
    def event(days, **values):
        return EventFactory(agency=agency, starts_at=START - timedelta(days=days), **values)

    older, newer = event(9, published=True), event(2, published=True)
    event(3)
    event(4, canceled=True)
    EventFactory(agency=other_agency, published=True, starts_at=START)
    EventFactory(agency=agency, published=True, starts_at=WEEK_AFTER)

    assert list(queries.recent_reports(viewer=member, at=WEEK_AFTER)) == [newer, older]


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_do_not_grow_with_rows(past, plan, django_assert_num_queries, rows):
    for condition in ("equal_status", "common_goal", "cooperation", "institutional_support")[:rows]:
        EventConditionFactory(event=past.event, condition=condition)
    for _row in range(rows):
        EventPartnerFactory(event=past.event, state="accepted")
        PlanTaskFactory(plan=plan, is_follow_up=True, owner=UserFactory())
        RegistrationFactory(event=past.event)
        past.answer(12, equal_status="5")
        past.count(12)
    past.close()

    with django_assert_num_queries(9):
        past.report()
