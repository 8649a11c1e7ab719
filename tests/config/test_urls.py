"""Whatever somebody sends to whatever page they can reach, the answer is a page or a refusal, never a breakdown."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone

from lecen.domains.accounts import demo as people
from lecen.domains.accounts.middleware import KNOWN
from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency
from lecen.domains.surveys.models import Collector
from lecen.kernel.features import features, load
from tests.factories import PositionFactory

# One bad value for each kind of box, beside the null sign that PostgreSQL refuses to keep.
FAR = {"date": "9999-12-31", "number": "9" * 400, "time": "25:61"}
NUL = "a\x00b"
BAD_QUERIES = (
    "?q=%00&after=%00&kind=%00&language=%00&state=%00&agency=%00&code=%00&next=%00",
    "?q=%ff%fe&before=%ff&kind=%ff",
    f"?after={'W' * 5_000}",
)
BAD_PATHS = ("/invitations/%00/", "/invitations/a%00b:c/", "/e/%00/", "/e/%ff/", "/answer/zzz/", "/pages/%00/")
API = ("events", "agencies", "playbooks")


@dataclass
class Sheet:
    """A form on a page: what a browser would send, and the kinds of its boxes."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class Reader(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, url: str, text: str) -> None:
        super().__init__()
        self.url, self.links, self.sheets = url, [], []
        self.inside = self.chooses = self.writes = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name, value = told.get("name"), told.get("value") or ""
        if tag == "a" and told.get("href"):
            self.links.append(urljoin(self.url, told["href"]))
        elif tag == "form":
            action = urljoin(self.url, told.get("action") or self.url)
            self.inside = Sheet(action, (told.get("method") or "get").lower())
            self.sheets.append(self.inside)
        elif tag == "option" and self.chooses and "selected" in told:
            self.inside.values.setdefault(self.chooses, []).append(value)
        elif self.inside and name and told.get("type") != "file":
            self._box(tag, name, value, told)

    def _box(self, tag, name, value, told):
        kind = told.get("type", "text") if tag == "input" else tag
        self.inside.kinds[name] = kind
        if tag == "select":
            self.chooses = name
            return
        self.writes = name if tag == "textarea" else None
        if kind not in {"checkbox", "radio"} or "checked" in told:
            self.inside.values.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self.writes:
            self.inside.values[self.writes][-1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        self.chooses = None if tag == "select" else self.chooses
        self.writes = None if tag == "textarea" else self.writes


class Visitor:
    """Goes everywhere that links and forms lead, once a kind of page, and leaves nothing behind."""

    def __init__(self, client: Client) -> None:
        self.client, self.seen, self.broken = client, set(), []
        client.raise_request_exception = False

    def ask(self, method, url, data=None):
        cache.clear()  # nobody runs out of tries
        cookies = deepcopy(self.client.cookies)  # one of the forms signs out
        undo = transaction.savepoint()
        answer = getattr(self.client, method)(url, data or {})
        transaction.get_connection().needs_rollback = False
        transaction.savepoint_rollback(undo)
        self.client.cookies = cookies
        if answer.status_code >= 500:
            self.broken.append((method, url, data, answer.status_code))
        return answer

    def goes_around(self, *starts):
        waiting = [*starts]
        while waiting:
            url = waiting.pop(0)
            if (name := self._new(url)) is None:
                continue
            self.seen.add(name)
            answer = self.ask("get", url)
            for query in BAD_QUERIES:
                self.ask("get", urlsplit(url).path + query)
            waiting += self._onward(url, answer)
        return self

    def _new(self, url):
        parts = urlsplit(url)
        try:
            name = resolve(parts.path).view_name
        except Resolver404:
            return None
        outside = parts.netloc or parts.path.startswith(("/es/", "/administration/"))
        return None if outside or name in self.seen else name

    def _onward(self, url, answer) -> Iterator[str]:
        if "Location" in answer:
            yield urljoin(url, answer["Location"])
        elif answer.get("Content-Type", "").startswith("text/html"):
            page = Reader(url, answer.text)
            yield from page.links
            for sheet in page.sheets:
                yield sheet.action
                self._misuse(sheet)

    def _misuse(self, sheet):
        """Send the form with one box wrong at a time, once for forms that are alike."""
        alike = (resolve(urlsplit(sheet.action).path).view_name, frozenset(sheet.kinds))
        if alike in self.seen:
            return
        self.seen.add(alike)
        for name, kind in sheet.kinds.items():
            for value in {NUL, FAR.get(kind, NUL)}:
                self.ask(sheet.method, sheet.action, sheet.values | {name: [value]})


@pytest.fixture
def network(db) -> Agency:
    """The demonstration, where every page has something to show."""
    for feature in features():
        if feature.demo:
            load(feature.demo)(at=timezone.now())
    return Agency.objects.get(slug="riverbend")


def test_no_page_breaks_down_for_a_visitor(network):
    answers = [f"/answer/{collector.slug}/" for collector in Collector.objects.all()]
    api = [f"/api/v1/{path}?after=%00&agency=%00&q=%00&before=%ff" for path in API]
    visitor = Visitor(Client()).goes_around("/", "/account/signup/", *answers, *BAD_PATHS, *api)

    assert visitor.broken == []
    assert {"engagement:register", "surveys:answer", "agencies:neighborhood-find", "site:search"} <= visitor.seen


def test_no_page_breaks_down_for_people_with_every_position(network):
    user = get_user_model().objects.get(email=people.PEOPLE[0][0])
    for role in (Role.LEAD, Role.HEAD):  # and an organizer already
        PositionFactory(user=user, role=role, agency=network)
    PositionFactory(user=user, role=Role.OPERATOR, agency=None)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[KNOWN] = True
    session.save()

    visitor = Visitor(client).goes_around("/desk/", "/", "/account/")

    assert visitor.broken == []
    assert {"engagement:event-edit", "engagement:plan-move", "agencies:agency-edit", "surveys:paper"} <= visitor.seen


def test_what_stands_at_no_address_is_a_page_for_people_and_a_problem_for_programs(client, db):
    said = {path: client.get(path) for path in ("/nothing/", "/api/v1/events/no-key/", "/api/v1/nothing/")}

    assert {(path, answer.status_code, answer["Content-Type"]) for path, answer in said.items()} == {
        ("/nothing/", 404, "text/html; charset=utf-8"),
        ("/api/v1/events/no-key/", 404, "application/problem+json"),
        ("/api/v1/nothing/", 404, "application/problem+json"),
    }
