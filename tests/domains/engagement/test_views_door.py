"""The list for the door is for organizers: names only where given, as a page that prints and as a table."""

import pytest
from django.urls import reverse

from tests.factories import EventFactory, RegistrationFactory


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, takes_registrations=True)


@pytest.fixture
def address(event):
    RegistrationFactory(event=event, seats=2, name="=Ana", needs="A ramp", email="ana@example.org")
    return reverse("engagement:registration-list", args=[event.pk])


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        ("resident", 404),
        ("member", 403),
        ("head", 403),
        ("organizer", 200),
        ("lead", 200),
        ("operator", 200),
        ("stranger_organizer", 404),
    ],
)
def test_only_organizers_read_the_list(request, signed_in, address, actor, status):
    assert signed_in(request.getfixturevalue(actor)).get(address).status_code == status


def test_the_list_shows_what_people_gave(signed_in, organizer, address):
    shown = signed_in(organizer).get(address).content.decode()

    assert "=Ana" in shown
    assert "A ramp" in shown


def test_the_table_runs_no_cell(signed_in, organizer, address):
    answer = signed_in(organizer).get(address, {"format": "csv"})

    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Name,People,E-mail,What would help,Language,Registered on",
        "'=Ana,2,ana@example.org,A ramp,English,2026-06-01",
    ]


def test_an_empty_list_says_how_it_fills(signed_in, organizer, event):
    shown = signed_in(organizer).get(reverse("engagement:registration-list", args=[event.pk])).content.decode()

    assert "Nobody has registered yet" in shown


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_takes_the_same_queries_for_many(signed_in, organizer, event, rows, django_assert_num_queries):
    RegistrationFactory.create_batch(rows, event=event)
    client = signed_in(organizer)

    with django_assert_num_queries(9):
        client.get(reverse("engagement:registration-list", args=[event.pk]))
