import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache, caches
from django.http import HttpResponse

from lecen.kernel.limiter import hit, limited, seconds_left, sender_of
from lecen.kernel.viewer import ANONYMOUS, Viewer, ViewerKind

NOON = datetime(2026, 6, 6, 12, tzinfo=UTC)
PERSON = Viewer(ViewerKind.PERSON, user_id=UUID(int=7))


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


def tries(count, *, key="sender", scope="concern", at=NOON) -> list[bool]:
    return [hit(scope=scope, key=key, limit=3, per_seconds=60, at=at) for _try in range(count)]


@pytest.fixture
def ask(rf):
    """Ask a view that may be used twice a minute."""

    @limited(scope="view", limit=2, per_seconds=60)
    def view(_request):
        return HttpResponse("ok")

    def send(method="post", path="/", viewer=ANONYMOUS, **meta):
        request = getattr(rf, method)(path, **meta)
        request.viewer = viewer
        return view(request)

    return send


def test_hit_counts_to_the_limit():
    assert tries(5) == [True, True, True, False, False]


def test_hit_begins_anew_in_the_next_window():
    assert tries(4) == [True, True, True, False]
    assert tries(1, at=NOON + timedelta(seconds=60)) == [True]


def test_hit_counts_each_key_and_scope_by_itself():
    tries(3)

    assert tries(1, key="another") == tries(1, scope="another") == [True]


def test_hit_is_exact_when_tries_cross():
    with ThreadPoolExecutor(16) as pool:
        allowed = list(pool.map(lambda _try: hit(scope="s", key="k", limit=50, per_seconds=60, at=NOON), range(200)))

    assert allowed.count(True) == 50


def test_hit_never_keeps_the_key_in_clear():
    tries(1, key="203.0.113.9")

    assert [name for name in caches["default"]._cache if "203.0.113.9" in name] == []


def test_seconds_left_counts_down_to_the_end_of_the_window():
    assert seconds_left(per_seconds=60, at=NOON + timedelta(seconds=45)) == 15


@pytest.mark.parametrize(
    ("address", "sender"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", "unknown")],
)
def test_sender_of_an_anonymous_request_is_its_network_address(rf, address, sender):
    request = rf.get("/", REMOTE_ADDR=address, headers={"X-Forwarded-For": "198.51.100.1"})
    request.viewer = ANONYMOUS

    assert sender_of(request) == sender


def test_sender_of_trusts_only_the_last_word_of_a_proxy(rf, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    request.viewer = ANONYMOUS

    assert sender_of(request) == "203.0.113.9"


def test_sender_of_a_person_is_the_person(rf):
    request = rf.get("/")
    request.viewer = PERSON

    assert sender_of(request) == f"user:{PERSON.user_id}"


def test_limited_answers_with_a_page_and_when_to_come_back(ask):
    answers = [ask() for _try in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert "Too many tries" in answers[2].content.decode()


def test_limited_answers_a_program_with_a_problem_document(ask):
    answer = [ask(path="/api/v1/concerns") for _try in range(3)][2]

    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 429


def test_limited_counts_senders_apart_and_lets_reading_through(ask):
    [ask() for _try in range(3)]

    assert [ask(viewer=PERSON).status_code, ask("get").status_code] == [200, 200]
