from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import EventFactory, EventPartnerFactory

SOON = timezone.now().replace(microsecond=0) + timedelta(days=5)
LIST = "/api/v1/events/"


def test_published_events_are_listed_soonest_first(client, agency):
    second = EventFactory(agency=agency, published=True, starts_at=SOON + timedelta(days=1))
    first = EventFactory(agency=agency, published=True, starts_at=SOON)
    EventFactory(agency=agency, starts_at=SOON)
    EventFactory(agency__is_public=False, published=True, starts_at=SOON)
    EventFactory(agency=agency, published=True, starts_at=SOON - timedelta(days=30))

    answer = client.get(LIST).json()

    assert [item["id"] for item in answer["items"]] == [str(first.pk), str(second.pk)]
    assert answer["items"][0]["title"] == {"en": "Work day at the park", "es": "Día de trabajo en el parque"}
    assert answer["items"][0]["starts_at"] == first.local_start.isoformat()
    assert answer["next_cursor"] == ""


def test_the_list_goes_on_where_it_ended(client, agency):
    events = [EventFactory(agency=agency, published=True, starts_at=SOON) for _number in range(30)]

    first = client.get(LIST).json()
    second = client.get(LIST, {"after": first["next_cursor"]}).json()

    assert [item["id"] for item in first["items"] + second["items"]] == [str(event.pk) for event in events]


@pytest.mark.parametrize("chosen", [{"agency": "riverbend"}, {"kind": "social"}, {"language": "vi"}])
def test_the_list_can_be_narrowed(client, agency, chosen):
    wanted = EventFactory(agency=agency, published=True, starts_at=SOON, kind="social", languages=["en", "vi"])
    EventFactory(published=True, starts_at=SOON, kind="faith", languages=["en"])

    assert [item["id"] for item in client.get(LIST, chosen).json()["items"]] == [str(wanted.pk)]


def test_a_null_sign_finds_nothing(client, db):
    assert client.get(LIST, {"agency": "a\x00"}).json()["items"] == []


def test_one_event_shows_partners_who_accepted(client, agency):
    event = EventFactory(agency=agency, published=True, starts_at=SOON)
    EventPartnerFactory(event=event, state="accepted", organization__name="Saint Brigid")
    EventPartnerFactory(event=event, state="declined")

    answer = client.get(f"{LIST}{event.pk}/").json()

    assert (answer["partners"], answer["purpose"]["es"]) == (["Saint Brigid"], "Trabajar hombro con hombro.")


def test_a_draft_does_not_exist_for_outsiders(client, signed_in, member, agency):
    path = f"{LIST}{EventFactory(agency=agency, starts_at=SOON).pk}/"

    assert client.get(path).status_code == 404
    assert client.get(path)["Content-Type"] == "application/problem+json"
    assert signed_in(member).get(path).status_code == 200
