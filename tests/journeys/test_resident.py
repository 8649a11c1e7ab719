"""A resident's way: a small phone, in Spanish, without JavaScript and without an account."""

import pytest
from django.utils import timezone

from lecen.domains.engagement.choices import EventState, RegistrationState
from lecen.domains.engagement.models import Event
from lecen.domains.surveys.models import Response
from tests.journeys.conftest import PHONE, Person, begins_now

pytestmark = pytest.mark.browser

PARTY = 3


def sideways(resident: Person) -> int:
    """How many pixels the page is wider than the phone."""
    return resident.page.evaluate("document.documentElement.scrollWidth") - PHONE["width"]


def finds_who_serves_the_neighborhood(resident: Person) -> None:
    resident.opens("/es/")
    resident.clicks("Vivo aquí")
    resident.clicks("Riverbend Police Department", within="main")
    resident.clicks("¿Quién sirve en mi vecindario?")
    resident.chooses("Su vecindario", "Riverside")
    resident.presses("Ver quién sirve ahí")
    assert resident.page.locator("#neighborhood-1 h2").inner_text() == "Riverside"
    assert resident.page.locator("#neighborhood-1 a[href^=tel]").inner_text() == "309-555-0111"
    assert sideways(resident) == 0


def registers(resident: Person) -> str:
    """For the next event on the agency's page; returns the code that is shown once."""
    resident.clicks("Riverbend Police Department", within="main", nth=0)
    resident.clicks("Café con los oficiales de Old Town")
    resident.clicks("Inscribirse", within="#places")
    resident.chooses("Cuántas personas vienen", f"{PARTY} personas")
    resident.presses("Inscribirse")
    assert resident.sees("Su inscripción está lista")
    assert sideways(resident) == 0
    return resident.page.locator(".pass__code").inner_text()


def comes_back_with_one_more(resident: Person, code: str) -> None:
    resident.opens("/es/registration/")
    resident.types("Su código", code.lower().replace("-", " "))
    resident.presses_enter()
    resident.page.wait_for_selector(".pass__code")
    resident.chooses("Cuántas personas vienen", f"{PARTY + 1} personas")
    resident.presses("Guardar")
    assert resident.sees(f"{PARTY + 1} personas")
    assert code not in resident.page.url
    assert sideways(resident) == 0


def answers_the_pulse(resident: Person, event: Event) -> None:
    resident.opens(f"/es/answer/{event.collector.slug}/?c=qr")
    for question in resident.page.locator(".form > fieldset").all():
        resident.acts_on(question.get_by_text("De acuerdo", exact=True))
    resident.acts_on(resident.page.locator("button.button--big"))
    assert resident.sees("Gracias. Ya recibimos sus respuestas.")
    assert sideways(resident) == 0


def test_from_the_front_page_to_the_pulse(person):
    resident = person(PHONE, javascript=False)
    finds_who_serves_the_neighborhood(resident)
    code = registers(resident)
    event = Event.objects.get(state=EventState.PUBLISHED, starts_at__gt=timezone.now())
    comes_back_with_one_more(resident, code)
    assert event.registrations.filter(seats=PARTY + 1, state=RegistrationState.CONFIRMED, language="es").count() == 1

    begins_now(event)
    answers_the_pulse(resident, event)
    answered = Response.objects.filter(collector=event.collector)
    assert list(answered.values_list("channel", "language", "is_complete")) == [("qr", "es", True)]
    assert [cookie["name"] for cookie in resident.page.context.cookies()] == ["csrftoken"]  # nobody is followed
