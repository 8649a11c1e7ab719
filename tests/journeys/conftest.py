"""A browser at the demonstration network, and a count of what a person does in it."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from lecen.domains.accounts import demo as people
from lecen.kernel.features import features, load

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}


class Person:
    """Somebody at a page. Every click, tap and Enter is counted; typing text is not."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.actions = page, base, 0

    def opens(self, path: str) -> None:
        self.page.goto(self.base + path)

    def clicks(self, words: str, *, role: str = "link", exact: bool = False, nth: int = 0) -> None:
        self.page.get_by_role(role, name=words, exact=exact).nth(nth).click()
        self.actions += 1

    def presses(self, words: str, **options: object) -> None:
        self.clicks(words, role="button", **options)

    def ticks(self, words: str) -> None:
        self.page.get_by_label(words).first.check(force=True)
        self.actions += 1

    def types(self, label: str, text: str, *, nth: int = 0) -> None:
        """Into a box reached by one click or tab."""
        self.page.get_by_label(label).nth(nth).fill(text)
        self.actions += 1

    def sees(self, text: str) -> bool:
        return self.page.get_by_text(text).first.is_visible()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base)

    def signs_in(self, email: str) -> None:
        self.opens("/account/login/")
        self.types("Email", email)
        self.types("Password", people.PASSWORD)
        self.presses("Sign In")
        if people.has_second_factor(email):
            self.types("Authenticator code", people.current_code())
            self.presses("Sign In")


@pytest.fixture
def network(transactional_db: None) -> None:
    """The demonstration network, as `make run` opens it."""
    now = timezone.now()
    for feature in features():
        if feature.demo:
            load(feature.demo)(at=now)


@pytest.fixture
def person(network: None, live_server: object, browser: Browser) -> Callable[..., Person]:
    """`person(PHONE, javascript=False)` opens a fresh browser."""

    def open_browser(viewport: dict[str, int] = DESKTOP, *, javascript: bool = True) -> Person:
        context = browser.new_context(viewport=viewport, java_script_enabled=javascript)
        context.set_default_timeout(5_000)
        return Person(context.new_page(), live_server.url)

    return open_browser
