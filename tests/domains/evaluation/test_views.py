import pytest
from django.urls import reverse

from lecen.domains.engagement.models import Event
from lecen.domains.surveys.choices import CollectorState
from tests.domains.evaluation.conftest import Past
from tests.factories import EventConditionFactory, EventFactory

SURFACES = ["report/", "report.pdf", "report.csv"]
FIRST_LINE = "34 of about 60 people answered; this cannot show that the event changed trust."


@pytest.fixture
def told(past) -> Past:
    past.answer(20, equal_status="5")
    past.answer(14, equal_status="2")
    past.count(60)
    past.close()
    return past


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_the_first_thing_the_page_says_is_the_first_line(told, signed_in, prefix):
    page = signed_in(told.reader).get(prefix + told.address()).content.decode()

    if not prefix:
        assert FIRST_LINE in page
    assert page.index("34") < page.index('id="answers"') < page.index('id="sources"')


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("member", 200),
        ("organizer", 200),
        ("lead", 200),
        ("head", 200),
        ("resident", 404),
        ("operator", 404),
        ("stranger_organizer", 404),
    ],
)
def test_reports_are_for_the_agency(told, signed_in, request, actor, status, name):  # noqa: PLR0917  fixtures
    answer = signed_in(request.getfixturevalue(actor)).get(told.address(name))

    assert answer.status_code == status


@pytest.mark.parametrize("name", SURFACES)
def test_a_report_of_no_event_is_the_same_404(told, signed_in, name):
    gone = signed_in(told.reader).get(f"/events/00000000-0000-7000-8000-000000000000/{name}")

    assert gone.status_code == 404


@pytest.mark.parametrize("name", SURFACES)
def test_reports_are_kept_by_nobody(told, signed_in, name):
    assert signed_in(told.reader).get(told.address(name))["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("state", [{}, {"canceled": True}])
@pytest.mark.parametrize("name", SURFACES)
def test_an_event_that_did_not_take_place_has_a_report_too(told, signed_in, name, state):
    other = EventFactory(agency=told.event.agency, **state)

    assert signed_in(told.reader).get(f"/events/{other.pk}/{name}").status_code == 200


def test_a_planned_condition_stands_where_nobody_was_asked(past, signed_in):
    EventConditionFactory(event=past.event, condition="cooperation", rating="strong")

    assert "Cooperation: Strong" in signed_in(past.reader).get(past.address()).content.decode()


def test_queries_of_the_page_do_not_grow_with_events(told, signed_in, django_assert_max_num_queries):
    client = signed_in(told.reader)
    with django_assert_max_num_queries(16):
        client.get(told.address())


# --- The end of the pulse ----------------------------------------------------------------------------------------------
def test_an_organizer_is_offered_to_close_an_open_pulse_and_a_member_is_not(past, organizer, signed_in):
    past.answer(34, equal_status="5")
    words = "Close the pulse and show results"

    assert words in signed_in(organizer).get(past.address()).content.decode()
    assert words not in signed_in(past.reader).get(past.address()).content.decode()


def test_closing_asks_first_and_then_shows_the_results(past, organizer, signed_in):
    past.answer(34, equal_status="5")
    past.count(60)
    client, address = signed_in(organizer), past.address("report/close/")
    asked = client.get(address)
    still_open = Event.objects.get().collector.state
    page = client.post(address, follow=True)

    assert (asked.status_code, still_open) == (200, CollectorState.OPEN)
    assert FIRST_LINE in page.content.decode()
    assert client.post(address).status_code == 302  # sent twice, closed once


@pytest.mark.parametrize(
    ("actor", "status"), [("member", 403), ("resident", 404), ("operator", 404), ("stranger_organizer", 404)]
)
def test_only_organizers_close_the_pulse(past, signed_in, request, actor, status):
    past.answer(34, equal_status="5")

    assert signed_in(request.getfixturevalue(actor)).post(past.address("report/close/")).status_code == status
    assert Event.objects.get().collector.state == CollectorState.OPEN


def test_there_is_no_pulse_to_close_where_none_was_set_up(past, organizer, signed_in):
    assert signed_in(organizer).get(past.address("report/close/")).status_code == 404


# --- Where reports are found -------------------------------------------------------------------------------------------
def test_the_head_reaches_a_report_from_the_desk(told, head, signed_in):
    desk = signed_in(head).get(reverse("site:desk")).content.decode()

    assert f'href="{told.address()}"' in desk


def test_a_desk_without_an_agency_has_no_reports(told, operator, signed_in):
    assert 'id="reports"' not in signed_in(operator).get(reverse("site:desk")).content.decode()


def test_the_page_of_an_event_leads_to_its_report(told, organizer, signed_in):
    page = signed_in(organizer).get(reverse("engagement:event-manage", args=[told.event.pk])).content.decode()

    assert f'href="{told.address()}"' in page
