"""A browser at the demonstration network, and a count of what a person does in it.

The network is loaded once a module: the tests of a module are people who use it one after the other, so each looks for
what it made itself. Whoever needs the real clock to move changes the event, not the clock: see `begins_now`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as platform
from django.contrib.auth import SESSION_KEY, get_user_model
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from lecen.domains.accounts import demo as people
from lecen.domains.accounts.middleware import KNOWN
from lecen.domains.engagement.models import Event
from lecen.kernel.changes import deliver_due
from lecen.kernel.features import features, load
from lecen.kernel.notify import send_due

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
CHAPLAIN, CHIEF, LEAD, OFFICER, OPERATOR = (email for email, *_rest in people.PEOPLE)
MOST_TABS = 150
PATIENCE = 20_000  # milliseconds: a first page compiles its templates
expect.set_options(timeout=PATIENCE)


class Person:
    """Somebody at a page. Every click, tap, tick and Enter is counted; reaching a box by Tab and typing are not."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.actions = page, base, 0

    # --- Where they are ---
    def opens(self, path: str) -> None:
        """By a link in a message, a code on paper or an address they know."""
        self.page.goto(path if path.startswith("http") else self.base + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def sees(self, text: str) -> bool:
        """Waits for it, as a person would."""
        try:
            expect(self.page.get_by_text(text).first).to_be_visible()
        except AssertionError:
            return False
        return True

    # --- What they do ---
    def clicks(self, words: str, *, role: str = "link", within: str = "body", nth: int = 0, **options: Any) -> None:
        self.acts_on(self.page.locator(within).get_by_role(role, name=words, **options).nth(nth))

    def presses(self, words: str, **options: Any) -> None:
        self.clicks(words, role="button", **options)

    def picks(self, words: str, *, within: str = "main") -> None:
        """Tap what is labeled so: a tile, a box."""
        self.acts_on(self.page.locator(within).locator("label").filter(has_text=words).first)

    def unfolds(self, words: str) -> None:
        self.acts_on(self.page.locator("main summary").filter(has_text=words).first)

    def chooses(self, label: str, option: str) -> None:
        """From a drop-down list: it takes two clicks."""
        self.page.get_by_label(label).select_option(option)
        self.actions += 2

    def types(self, label: str, text: str, *, nth: int = 0) -> None:
        """Into a box that they reach with the Tab key."""
        box = self.page.locator("main").get_by_label(label).nth(nth)
        self._tabs_to(box)
        box.fill(text)

    def presses_enter(self) -> None:
        self.page.keyboard.press("Enter")
        self.actions += 1

    def signs_in(self, email: str) -> None:
        self.types("Email", email)
        self.types("Password", people.PASSWORD)
        self.presses_enter()
        if people.has_second_factor(email):
            self.page.wait_for_url("**/second-factor/authenticate/")
            self.types("code", people.current_code())
            self.presses_enter()
        self.page.wait_for_url("**/desk/")

    def acts_on(self, thing: Locator) -> None:
        thing.click()
        self.actions += 1

    def _tabs_to(self, box: Locator) -> None:
        for _tab in range(MOST_TABS):
            if box.evaluate("box => box === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The Tab key does not reach {box}")


def begins_now(event: Event) -> None:
    """The day has come: `event` started half an hour ago and its pulse is open."""
    now = timezone.now()
    starts, ends = now - timedelta(minutes=30), now + timedelta(hours=2)
    Event.objects.filter(pk=event.pk).update(starts_at=starts, ends_at=ends)
    if event.collector:
        type(event.collector).objects.filter(pk=event.collector_id).update(opens_at=starts)


def link_in_message_to(address: str) -> str:
    """Where the newest message leads that the worker delivers to `address`."""
    now = timezone.now()
    deliver_due(at=now)
    send_due(at=now)
    body = [message.body for message in mail.outbox if message.to == [address]][-1]
    return re.search(r"http[^\s)]+/invitations/[^\s)]+", body)[0]


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of one module of journeys, emptied after the module and not, as pytest-django's own, after a test."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)
        connections.close_all()


@pytest.fixture(scope="module")
def network(transactional_db: None) -> None:
    """The demonstration network, as `make run` opens it."""
    now = timezone.now()
    for feature in features():
        if feature.demo:
            load(feature.demo)(at=now)


def session_of(email: str) -> dict[str, str]:
    """The cookie of somebody who signed in before, second factor and all."""
    client = Client()
    client.force_login(get_user_model().objects.get(email=email), "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    assert session[SESSION_KEY]
    session[KNOWN] = True
    session.save()
    return {"name": platform.SESSION_COOKIE_NAME, "value": client.cookies[platform.SESSION_COOKIE_NAME].value}


@pytest.fixture
def person(network: None, live_server: LiveServer, browser: Browser, settings: Any) -> Iterator[Callable[..., Person]]:
    """`person(PHONE, javascript=False)` opens a fresh browser; `who=CHAPLAIN` is signed in already.

    The test fails if any page complains to the console: a script error, a blocked style, a missing file.
    """
    settings.BASE_URL = live_server.url  # where the links in messages lead
    cache.clear()  # tries and used codes of the test before
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_answer = message.text.startswith("Failed to load resource") and message.location["url"] == message.page.url
        is_icon = message.location["url"].endswith("/favicon.ico")  # asked for beside a PDF, which names none
        is_cut = "Failed to load resource: net::" in message.text  # a connection that the test itself took away
        if message.type == "error" and not (is_answer or is_icon or is_cut):
            complaints.append(f"{message.page.url}: {message.text} {message.location['url']}")

    def open_browser(
        viewport: dict[str, int] = DESKTOP, *, javascript: bool = True, who: str = "", **options: Any
    ) -> Person:
        context = browser.new_context(viewport=viewport, java_script_enabled=javascript, **options)
        context.set_default_timeout(PATIENCE)
        context.on("console", hear)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if who:
            context.add_cookies([session_of(who) | {"url": live_server.url}])
        contexts.append(context)
        return Person(context.new_page(), live_server.url)

    yield open_browser
    for context in contexts:
        context.close()
    assert complaints == []
