"""A resident keeps seats on a phone, in Spanish and without JavaScript; an officer counts at the door, connection or not."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, Route

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.models import Event, Registration
from lecen.domains.engagement.queries.attendance import attendance_of
from tests.factories import EventFactory
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser
AXE_TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
OFFICER = "officer@riverbend.example"


@pytest.fixture
def event(network) -> Event:
    start = timezone.now() + timedelta(minutes=10)
    agency = Agency.objects.get(slug="riverbend")
    return EventFactory(agency=agency, published=True, takes_registrations=True, capacity=30, starts_at=start)


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE_TAGS).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [fault["id"] for fault in found] + (["wider than the screen"] if wide else [])


@pytest.fixture
def door(person, event) -> Iterator[Page]:
    officer = person(PHONE)
    officer.opens("/account/login/")
    officer.signs_in(OFFICER)
    officer.opens(f"/events/{event.pk}/check-in/")
    yield officer.page
    officer.page.context.set_offline(False)


def tap(page: Page, band: str) -> None:
    page.locator(f".door__buttons button[value={band}]").click()


def test_a_resident_registers_and_comes_back_by_code(person, event):
    phone = person(PHONE, javascript=False)
    phone.page.set_default_timeout(20_000)  # the first page of all compiles the templates
    phone.opens(f"/es/events/{event.pk}/register/")
    phone.page.locator("[name=seats]").select_option("3")
    phone.page.locator("main form button").click()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4}", phone.page.inner_text("main")).group()
    phone.opens("/es/registration/")
    phone.page.locator("[name=code]").fill(code.lower())
    phone.page.locator("main form button").click()

    assert code in phone.page.inner_text("main")
    assert list(Registration.objects.filter(event=event).values_list("seats", "language")) == [(3, "es")]
    assert [cookie["name"] for cookie in phone.page.context.cookies()] == ["csrftoken"]


def test_taps_wait_for_the_connection_and_count_once(door, event):
    tap(door, "adult")
    door.get_by_text("Everything is sent").wait_for()
    door.context.set_offline(True)
    for _child in range(3):
        tap(door, "child")
    door.get_by_text("3 taps are waiting to be sent").wait_for()
    door.locator("#door-last button").first.click()
    assert door.inner_text("#door-total") == "3"

    door.context.set_offline(False)
    door.get_by_text("Everything is sent").wait_for()

    assert attendance_of(event=event).by_age_band["child"] == 2
    assert attendance_of(event=event).people == 3


def test_a_tap_whose_answer_was_lost_survives_a_reload_and_counts_once(door, event):
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    door.route("**/check-ins/", lose_the_answer, times=1)
    tap(door, "senior")
    door.get_by_text("1 tap is waiting to be sent").wait_for()
    door.reload()
    door.get_by_text("Everything is sent").wait_for()

    assert attendance_of(event=event).people == 1


def test_without_javascript_each_button_counts(person, event):
    officer = person(PHONE, javascript=False)
    officer.opens("/account/login/")
    officer.signs_in(OFFICER)
    officer.opens(f"/events/{event.pk}/check-in/")
    tap(officer.page, "adult")
    tap(officer.page, "teen")
    officer.page.locator("#door-last button").first.click()

    assert officer.page.inner_text("#door-total") == "1"
    assert attendance_of(event=event).by_age_band["adult"] == 1


def test_the_pages_are_open_to_everybody_and_fit_the_smallest_phone(door, person, event):
    for summary in door.locator("summary").all():
        summary.click()
    sizes = [box for button in door.locator("button").all() if (box := button.bounding_box())]
    assert min(box["height"] for box in sizes) >= 44
    assert faults(door) == []

    phone = person(PHONE)
    for path in (f"/events/{event.pk}/register/", f"/es/events/{event.pk}/register/", "/registration/"):
        phone.opens(path)
        assert (path, faults(phone.page)) == (path, [])
