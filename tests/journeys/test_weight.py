"""What a first visit costs a phone: measured as a server sends it, compressed, and nothing kept from before."""

import gzip

import pytest
from django.utils import timezone

from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event
from tests.journeys.conftest import PHONE, Person

pytestmark = pytest.mark.browser

KILOBYTE = 1000
MOST, MOST_JAVASCRIPT = 70 * KILOBYTE, 30 * KILOBYTE
COMPRESSED_ALREADY = ("font/", "image/")


def first_visit(visitor: Person, path: str) -> dict[str, tuple[str, int]]:
    """Address → kind and bytes of all that the browser fetches; text is counted as gzip packs it."""
    fetched = []
    visitor.page.on("response", lambda answer: fetched.append(answer))  # noqa: PLW0108  Playwright marks it
    visitor.page.goto(visitor.base + path, wait_until="networkidle")
    sizes = {}
    for answer in fetched:
        kind, body = answer.header_value("content-type") or "", answer.body()
        packed = len(body) if kind.startswith(COMPRESSED_ALREADY) else len(gzip.compress(body, 6))
        sizes[answer.url.removeprefix(visitor.base)] = (kind, packed)
    return sizes


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_first_visit_of_an_event_is_light(person, prefix):
    event = Event.objects.get(state=EventState.PUBLISHED, starts_at__gt=timezone.now())
    sizes = first_visit(person(PHONE), f"{prefix}/events/{event.pk}/")
    without_images = {url: size for url, (kind, size) in sizes.items() if not kind.startswith("image/")}
    scripts = sum(size for kind, size in sizes.values() if "javascript" in kind)

    assert len(sizes) > 3  # page, style, letters, script: it was measured
    assert sum(without_images.values()) <= MOST, without_images
    assert scripts <= MOST_JAVASCRIPT
