"""Every page of every role, looked at as people with a small screen, a keyboard or a screen reader meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver

from lecen.domains.accounts import demo as people
from tests.journeys.conftest import CHAPLAIN, DESKTOP, LEAD, OFFICER, OPERATOR, PHONE, Person
from tests.journeys.pages import NOBODY, NOT_PAGES, ON_THE_WAY, PAGES, keys, path_of

pytestmark = pytest.mark.browser

AXE_TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LOOKING = Path(__file__).with_name("looking.js").read_text()
CHUNK = 14


def chunks() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The pages of a role, a handful a test."""
    for who, lines in PAGES.items():
        for start in range(0, len(lines), CHUNK):
            yield who, lines[start : start + CHUNK]


@pytest.fixture(scope="module")
def known(network):
    return keys()


def faults_of(looker: Person) -> list[str]:
    """What is wrong with the page that is open, at both widths and with letters of twice the size."""
    faults = []
    looker.page.evaluate(LOOKING)
    for size in (DESKTOP, PHONE):
        looker.page.set_viewport_size(size)
        found = Axe().run(looker.page, options=AXE_TAGS).response["violations"]
        faults += [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]
        for look in ("widerThanScreen", "smallTargets", "hiddenFocus"):
            faults += [f"{size['width']}: {fault}" for fault in looker.page.evaluate(f"looking.{look}()")]
    looker.page.set_viewport_size(DESKTOP)
    looker.page.evaluate("document.documentElement.style.fontSize = '200%'")
    return faults + [f"twice the text: {fault}" for fault in looker.page.evaluate("looking.widerThanScreen()")]


@pytest.mark.parametrize(("who", "lines"), list(chunks()))
def test_nothing_stands_in_anybodys_way(person, known, who, lines):
    looker = person(who=who)
    faults = {}
    for line in lines:
        answer = looker.page.goto(looker.base + path_of(line, known))
        assert answer.status < 500, line
        faults[line] = faults_of(looker)

    assert {line: found for line, found in faults.items() if found} == {}


def names(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*namespaces, pattern.name or ""))
        elif pattern.app_name not in {"admin", "ninja"}:
            yield from names(pattern, (*namespaces, *([pattern.namespace] if pattern.namespace else [])))


def test_no_page_is_forgotten():
    visited = {line.split()[0] for lines in PAGES.values() for line in lines}
    everything = {name for name in names(get_resolver()) if name != "short-link"}

    assert everything - visited == NOT_PAGES | ON_THE_WAY


# --- Forms with mistakes in them ---
MISTAKES: dict[str, tuple[str, ...]] = {
    NOBODY: (
        "engagement:registration",
        "engagement:invitation token",
        "surveys:resume collector",
        "account_login",
        "account_signup",
        "account_reset_password",
        "agencies:neighborhood-find agency",
    ),
    CHAPLAIN: (
        "engagement:plan-start playbook",
        "engagement:event-new agency",
        "engagement:event-partners draft",
        "engagement:event-cancel event",
        "engagement:task-add plan",
        "engagement:program-start",
        "surveys:paper survey",
    ),
    LEAD: (
        "agencies:agency-edit agency",
        "agencies:assignment-give agency neighborhood",
        "agencies:import-upload agency",
        "agencies:position-give agency",
        "agencies:partner-create agency",
    ),
    OPERATOR: ("agencies:agency-create",),
}
EMPTY_AND_SEND = """() => {
  const form = document.querySelector("main form.form") || document.querySelector("main form[method=post]");
  form.noValidate = true;
  for (const box of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (["radio", "checkbox"].includes(box.type)) { box.checked = false; } else { box.value = ""; }
  }
  (form.querySelector("[type=submit], button:not([type])")).click();
}"""


@pytest.mark.parametrize("who", list(MISTAKES))
def test_mistakes_are_told_where_they_are(person, known, who):
    looker = person(who=who)
    faults = {}
    for line in MISTAKES[who]:
        looker.opens(path_of(line, known))
        with looker.page.expect_navigation():
            looker.page.evaluate(EMPTY_AND_SEND)
        said = looker.page.locator(".error-summary, .field__error, .errorlist, [role=alert]").count()
        faults[line] = faults_of(looker) + ([] if said else ["no error is said"])

    assert {line: found for line, found in faults.items() if found} == {}


# --- Pages that tell that something is not there, not allowed or broken ---
def test_error_pages_are_pages_too(person, known, rf):
    visitor = person()
    faults = {}
    broken = {"400.html": 400, "403_csrf.html": 403, "429.html": 429, "500.html": 500}
    answers = {
        name: {"status": status, "content_type": "text/html", "body": render_to_string(name, {}, request=rf.get("/"))}
        for name, status in broken.items()
    }
    visitor.page.route("**/*.html", lambda route: route.fulfill(**answers[route.request.url.rpartition("/")[2]]))
    for name in broken:
        visitor.opens(f"/{name}")
        faults[name] = faults_of(visitor)
    expired = path_of("engagement:invitation token", known)[:-9] + "/"
    for path, status in (("/nothing/here/", 404), ("/es/nothing/here/", 404), (expired, 409)):
        assert visitor.page.goto(visitor.base + path).status == status
        faults[path] = faults_of(visitor)
    member = person(who=OFFICER)
    forbidden = path_of("engagement:event-edit draft", known)
    assert member.page.goto(member.base + forbidden).status == 403
    faults[forbidden] = faults_of(member)

    assert {page: found for page, found in faults.items() if found} == {}


# --- Signing in: nothing to remember, copy or solve (WCAG 3.3.8) ---
PASTE = """box => {
  const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
  return box.dispatchEvent(event);
}"""
SIGN_IN_BOXES = {
    "/account/login/": {"login": "email", "password": "current-password"},
    "/account/signup/": {"email": "email", "password1": "new-password", "password2": "new-password"},
    "/account/password/reset/": {"email": "email"},
}


def test_a_password_manager_can_sign_in(person):
    visitor = person(PHONE)
    for path, boxes in SIGN_IN_BOXES.items():
        visitor.opens(path)
        for name, kind in boxes.items():
            box = visitor.page.locator(f"main [name={name}]")
            assert (name, box.get_attribute("autocomplete")) == (name, kind)
            assert box.evaluate(PASTE), f"{path} refuses to paste into {name}"
        assert visitor.page.locator("main :is(img, canvas, iframe)").count() == 0  # nothing to solve


def test_the_second_factor_is_set_up_and_given_without_riddles(person):
    newcomer = person(PHONE)
    newcomer.opens("/account/login/")
    newcomer.signs_in(OFFICER)
    newcomer.opens("/account/second-factor/totp/activate/")
    newcomer.page.wait_for_url("**/totp/activate/")  # who has just signed in is not asked for the password again
    assert faults_of(newcomer) == []
    assert newcomer.page.locator("main [name=code]").get_attribute("autocomplete") == "one-time-code"

    chaplain = person(PHONE)
    chaplain.opens("/account/login/")
    chaplain.types("Email", CHAPLAIN)
    chaplain.types("Password", people.PASSWORD)
    chaplain.presses_enter()
    chaplain.page.wait_for_url("**/second-factor/authenticate/")
    assert faults_of(chaplain) == []
    box = chaplain.page.locator("main [name=code]").first
    assert box.get_attribute("autocomplete") == "one-time-code"
    assert box.evaluate(PASTE)
