"""The chaplain's way: from a playbook to a published event, through its day, to the report that the chief opens."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.exchange.door import door_address
from lecen.domains.engagement.models import Event
from lecen.domains.surveys.services import answer_as_demonstration
from lecen.kernel.viewer import SYSTEM
from tests.journeys.conftest import CHAPLAIN, CHIEF, PHONE, Person, begins_now, link_in_message_to

pytestmark = pytest.mark.browser

PLACE = "New Hope fellowship hall"
WALK_INS, COUNTED, REGISTERED = 3, 60, 2
OTHERS_WHO_ANSWERED = 46


# --- From sign-in to published ---
def plans_from_the_playbook(chaplain: Person) -> None:
    chaplain.clicks("Playbooks")
    chaplain.clicks("Faith & Blue weekend event")
    chaplain.clicks("Start a plan")
    chaplain.types("Day of the event", str(timezone.localdate() + timedelta(weeks=9)))
    chaplain.presses_enter()
    chaplain.page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}/$"))
    assert chaplain.sees("0 of 18 tasks done")


def takes_the_lead(chaplain: Person) -> None:
    chaplain.clicks("Assign : Agency co-lead")
    chaplain.chooses("Person of your agency", "Ruth Okafor")
    chaplain.presses("Save")


def confirms_safeguards(chaplain: Person) -> None:
    for confirmed in range(6):
        assert chaplain.sees(f"{confirmed} of 6 confirmed")
        chaplain.presses("Done:", within="#safeguards", pressed=False)
    assert chaplain.sees("6 of 6 confirmed")


def invites_two_congregations(chaplain: Person) -> None:
    chaplain.clicks("Invite partners and look after invitations")
    chaplain.picks("Saint Brigid Parish")
    chaplain.picks("New Hope Baptist Church")
    chaplain.presses("Send the invitation")
    chaplain.clicks("Back to the event")


def fills_what_is_missing(chaplain: Person) -> None:
    assert chaplain.sees("Say where the event is.")
    chaplain.clicks("Change the event", nth=0)
    chaplain.types("Place", PLACE)
    chaplain.presses_enter()


def accepts_by_link(partner: Person, link: str) -> None:
    """On a phone, without an account."""
    partner.opens(link)
    partner.picks("Sí, participamos")
    partner.presses("Enviar la respuesta")
    assert partner.sees("¡Gracias por participar!")


def test_from_sign_in_to_published_in_two_languages(person):
    chaplain = person()
    chaplain.opens("/account/login/")
    chaplain.signs_in(CHAPLAIN)
    plans_from_the_playbook(chaplain)
    takes_the_lead(chaplain)
    confirms_safeguards(chaplain)
    chaplain.clicks("Prepare and publish the event")
    invites_two_congregations(chaplain)
    fills_what_is_missing(chaplain)
    chaplain.clicks("Publish", exact=True)
    chaplain.presses("Publish the event")
    assert chaplain.sees("The event is published.")

    assert chaplain.actions == 26  # of at most 40

    event = Event.objects.get(place=PLACE)
    accepts_by_link(person(PHONE), link_in_message_to("office@saintbrigid.example"))
    visitor = person(PHONE)
    visitor.opens(f"/events/{event.pk}/")
    assert visitor.page.locator("h1").inner_text() == "Faith & Blue weekend event"
    assert visitor.page.locator("#hosts li").count() == 2
    visitor.opens(f"/es/events/{event.pk}/")
    assert visitor.page.locator("h1").inner_text() == "Encuentro de fin de semana Faith & Blue"
    assert visitor.page.locator("#hosts").get_by_text("Saint Brigid Parish").is_visible()


# --- The day, and what is told of it ---
def counts_at_the_door(door: Person, event: Event) -> None:
    registration = event.registrations.get(seats=REGISTERED)
    door.opens(f"/events/{event.pk}/check-in/")
    for band in ("Adult", "Adult", "Child"):
        door.presses(band, within=".door__taps")
    assert door.sees("Everything is sent")
    door.unfolds("Headcount by group")
    door.types("Adult", str(COUNTED))
    door.presses("Add the headcount")
    door.opens(door_address(registration))  # what the camera reads off the visitor's code
    door.presses("Check in", within=".door__scanned")
    door.page.wait_for_url(f"**/events/{event.pk}/check-in/")
    assert door.page.locator("#door-total").inner_text() == str(WALK_INS + COUNTED + REGISTERED)


def answers_the_pulse(visitor: Person, path: str, words: str) -> None:
    visitor.opens(path)
    for question in visitor.page.locator(".form > fieldset").all():
        visitor.acts_on(question.get_by_text(words, exact=True))
    visitor.acts_on(visitor.page.locator("button.button--big"))
    visitor.page.wait_for_url("**/thanks/")
    assert visitor.actions == 6  # of at most 7


def text_of(document: bytes) -> str:
    [page] = PdfReader(io.BytesIO(document)).pages  # one page is promised
    return " ".join(page.extract_text().split())


def test_the_day_and_its_report(person):
    event = Event.objects.filter(state=EventState.PUBLISHED, takes_registrations=True, starts_at__gt=timezone.now())
    event = event.exclude(place=PLACE).get()
    begins_now(event)
    counts_at_the_door(person(PHONE, who=CHAPLAIN), event)
    answers_the_pulse(person(PHONE), f"/answer/{event.collector.slug}/?c=qr", "Strongly agree")
    answers_the_pulse(person(PHONE), f"/es/answer/{event.collector.slug}/?c=qr", "Muy de acuerdo")
    answer_as_demonstration(by=SYSTEM, collector=event.collector, at=timezone.now())
    Event.objects.filter(pk=event.pk).update(ends_at=timezone.now())

    chaplain = person(who=CHAPLAIN)
    chaplain.opens(f"/events/{event.pk}/report/")
    chaplain.clicks("Close the pulse and show results")
    chaplain.presses("Close the pulse")
    told = f"{OTHERS_WHO_ANSWERED + 2} of about {WALK_INS + COUNTED + REGISTERED} people answered"
    assert chaplain.sees(told)

    chief = person()
    chief.opens("/account/login/")
    chief.signs_in(CHIEF)
    chief.actions = 0
    chief.clicks(str(event.title), within="#reports")
    assert chief.sees(told)
    with chief.page.expect_response("**/report.pdf") as shown:
        chief.clicks("One page (PDF)")
    assert chief.actions == 2
    assert told in text_of(chief.page.context.request.get(shown.value.url).body())
