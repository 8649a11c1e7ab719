import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from lecen.kernel.translated import TranslatedText
from tests.factories import EventFactory, EventPartnerFactory, NeighborhoodFactory

SOON = timezone.now().replace(microsecond=0) + timedelta(days=5)


@pytest.fixture
def event(agency):
    return EventFactory(agency=agency, published=True, starts_at=SOON, languages=["en", "es"], access=["step_free"])


def test_the_page_answers_a_resident_without_cookie_and_from_the_cache(client, event):
    answer = client.get(event.get_absolute_url())

    assert (answer.status_code, answer.cookies, answer["Cache-Control"]) == (200, {}, "public, max-age=60")
    assert client.get(event.get_absolute_url(), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    for words in ("Work day at the park", event.when, "Lincoln Park", "English, Spanish", "call 911"):
        assert words in answer.content.decode()


def test_the_page_in_spanish_shows_what_is_written_in_spanish(client, event):
    page = client.get(f"/es/events/{event.pk}/").content.decode()

    assert '<html lang="es">' in page
    assert "Día de trabajo en el parque" in page
    assert f'<link rel="canonical" href="http://localhost:8000/es/events/{event.pk}/">' in page
    assert f'hreflang="en" href="http://localhost:8000/events/{event.pk}/"' in page


def test_only_partners_who_accepted_are_shown(client, event):
    EventPartnerFactory(event=event, state="accepted", organization__name="Saint Brigid Parish", promise="The hall")
    EventPartnerFactory(event=event, state="invited", organization__name="Asked")
    EventPartnerFactory(event=event, state="declined", organization__name="Said no")

    page = client.get(event.get_absolute_url()).content.decode()

    assert [name in page for name in ("Saint Brigid Parish", "The hall", "Asked", "Said no")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("name", ["event", "event-calendar", "event-flyer"])
@pytest.mark.parametrize(("actor", "status"), [("resident", 404), ("stranger_organizer", 404), ("member", 200)])
def test_a_draft_does_not_exist_for_outsiders(request, agency, name, actor, status):
    browser = request.getfixturevalue("signed_in")(request.getfixturevalue(actor))

    path = reverse(f"engagement:{name}", args=[EventFactory(agency=agency, starts_at=SOON).pk])

    assert browser.get(path).status_code == status


def test_a_canceled_event_keeps_its_page_and_says_why(client, agency):
    event = EventFactory(agency=agency, canceled=True, starts_at=SOON, sequence=2)

    page = client.get(event.get_absolute_url()).content.decode()
    calendar = Calendar.from_ical(client.get(reverse("engagement:event-calendar", args=[event.pk])).content)

    assert "This event is canceled" in page
    assert "Storm warning." in page
    assert "https://schema.org/EventCancelled" in page
    [entry] = calendar.walk("VEVENT")
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 2)
    assert client.get(reverse("engagement:event-flyer", args=[event.pk])).status_code == 409


def test_the_calendar_file_names_the_zone_and_the_place(client, event):
    answer = client.get(f"/es/events/{event.pk}/calendar.ics")

    calendar = Calendar.from_ical(answer.content)
    [entry] = calendar.walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/Chicago"]
    assert (entry["UID"], entry["SUMMARY"]) == (f"{event.pk}@localhost", "Día de trabajo en el parque")
    assert entry["LOCATION"] == "Lincoln Park, 12 Park Street, Riverbend, IL"
    assert (entry.start, entry.end) == (event.starts_at, event.ends_at)


def test_the_flyer_is_one_page_in_both_languages_however_long(client, agency):
    title = TranslatedText.of(en="Long " * 24, es="Largo " * 20)
    purpose = TranslatedText.of(en="Why we meet. " * 30, es="Para qué. " * 40)
    languages = ["en", "es", "ase", "pl", "vi"]
    access = ["step_free", "restroom", "sign_language", "interpreter", "child_care", "transit", "parking"]
    event = EventFactory(
        agency=agency, published=True, starts_at=SOON, title=title, purpose=purpose, languages=languages, access=access
    )
    for number in range(6):
        EventPartnerFactory(event=event, state="accepted", organization__name=f"Congregation number {number}")

    pdf = PdfReader(BytesIO(client.get(reverse("engagement:event-flyer", args=[event.pk])).content))

    assert len(pdf.pages) == 1
    text = pdf.pages[0].extract_text()
    assert ["Why we meet." in text, "Para qué." in text, "Congregation number 5" in text] == [True] * 3


def test_structured_data_cannot_leave_its_element(client, agency):
    event = EventFactory(
        agency=agency,
        published=True,
        starts_at=SOON,
        latitude=41.2,
        longitude=-89.4,
        title=TranslatedText.of(en="</script><script>alert(1)</script> & more"),
    )

    page = client.get(event.get_absolute_url()).content.decode()

    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described = json.loads(data)
    assert described["name"] == "</script><script>alert(1)</script> & more"
    assert described["startDate"] == event.local_start.isoformat()
    assert described["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 41.2, "longitude": -89.4}
    assert "<script>alert" not in page


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_costs_the_same_however_much_it_shows(client, event, rows, django_assert_max_num_queries):
    for _row in range(rows):
        EventPartnerFactory(event=event, state="accepted")
        event.neighborhoods.add(NeighborhoodFactory(agency=event.agency))

    with django_assert_max_num_queries(3):
        client.get(event.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_costs_the_same_however_many_events(client, agency, rows, django_assert_max_num_queries):
    for _row in range(rows):
        EventFactory(agency=agency, published=True, starts_at=SOON)

    with django_assert_max_num_queries(3):
        client.get(reverse("engagement:event-list", args=[agency.slug]))


def listed(client, agency, **chosen) -> list:
    return list(client.get(reverse("engagement:event-list", args=[agency.slug]), chosen).context["page"])


def test_the_list_can_be_narrowed(client, agency):
    park = NeighborhoodFactory(agency=agency, slug="park")
    here = EventFactory(agency=agency, published=True, starts_at=SOON, languages=["es"], kind="social")
    here.neighborhoods.add(park)
    there = EventFactory(agency=agency, published=True, starts_at=SOON, languages=["en", "vi"], kind="faith")
    EventFactory(published=True, starts_at=SOON)
    EventFactory(agency=agency, starts_at=SOON)
    agency.languages = ["en", "es", "vi"]
    agency.save()

    assert listed(client, agency) == [here, there]
    assert listed(client, agency, neighborhood="park") == [here]
    assert listed(client, agency, kind="faith") == [there]
    assert listed(client, agency, language="vi") == [there]
    assert listed(client, agency, kind="nonsense", neighborhood="nowhere") == [here, there]


def test_past_events_stand_on_their_own_page(client, agency):
    past = EventFactory(agency=agency, published=True, starts_at=SOON - timedelta(days=30))
    EventFactory(agency=agency, canceled=True, starts_at=SOON - timedelta(days=20))
    coming = EventFactory(agency=agency, published=True, starts_at=SOON)

    assert listed(client, agency) == [coming]
    assert listed(client, agency, time="past") == [past]


def test_an_empty_list_says_what_to_do(client, agency):
    assert "No events are planned right now" in client.get(f"/events/of/{agency.slug}/").content.decode()
    assert "No event fits" in client.get(f"/events/of/{agency.slug}/?kind=faith").content.decode()


def test_the_page_is_shown_without_decrypting_how_partners_are_reached(client, agency, settings):
    event = EventFactory(agency=agency, published=True)
    EventPartnerFactory(event=event, state="accepted", organization__contact_email="office@example.org")
    settings.FIELD_KEYS = []  # whatever is encrypted cannot be read

    assert client.get(event.get_absolute_url()).status_code == 200
