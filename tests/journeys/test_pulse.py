"""The pulse on a phone: in both languages, without JavaScript, in at most seven taps from the code on the table."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from lecen.domains.surveys import services
from lecen.domains.surveys.models import Answer, Response
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM
from tests.factories import AgencyFactory
from tests.journeys.conftest import PHONE

SMALLEST_TARGET = 44
AXE_TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

pytestmark = pytest.mark.browser


@pytest.fixture
def collector(network):
    """Open now, of an agency of its own, so that nothing else answers it."""
    now = timezone.now()
    return services.open_collector(
        by=SYSTEM,
        agency=AgencyFactory(),
        title=TranslatedText.of(en="Supper at Saint Brigid", es="Cena en Saint Brigid"),
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        at=now,
    )


@pytest.fixture
def phone(person):
    return person(PHONE, javascript=False)


@pytest.mark.parametrize(
    ("path", "words", "thanks"),
    [
        ("/answer/{}/?c=qr", "Strongly agree", "Thank you. Your answers are in."),
        ("/es/answer/{}/?c=qr", "Muy de acuerdo", "Gracias. Ya recibimos sus respuestas."),
    ],
)
def test_a_pulse_takes_at_most_seven_taps(phone, collector, path, words, thanks):
    phone.opens(path.format(collector.slug))
    for question in phone.page.locator(".form > fieldset").all():
        question.get_by_text(words, exact=True).click()
        phone.actions += 1
    phone.page.locator("button.button--big").click()
    phone.actions += 1

    assert phone.sees(thanks)
    assert phone.actions == 6
    assert list(Response.objects.filter(collector=collector).values_list("channel", "language", "is_complete")) == [
        ("qr", "es" if path.startswith("/es") else "en", True)
    ]
    assert list(Answer.objects.filter(response__collector=collector).values_list("value", flat=True)) == ["5"] * 5


def test_the_language_is_one_tap_away_and_keeps_the_channel(phone, collector):
    phone.opens(f"/answer/{collector.slug}/?c=qr")
    phone.clicks("Español")

    assert phone.sees("¿Cómo le fue?")
    assert phone.path == f"/es/answer/{collector.slug}/?c=qr"


def test_every_tile_is_large_enough_for_a_thumb_and_nothing_scrolls_sideways(phone, collector):
    for prefix in ("", "/es"):
        phone.opens(f"{prefix}/answer/{collector.slug}/")
        phone.page.locator("details.answer__more summary").click()
        boxes = [tile.bounding_box() for tile in phone.page.locator(".choice--tile").all()]

        assert len(boxes) == 5 * 5 + 11 + 2 + 2
        assert min(min(box["width"], box["height"]) for box in boxes) >= SMALLEST_TARGET
        assert phone.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_answers_saved_on_the_way_come_back_by_code(phone, collector):
    phone.opens(f"/answer/{collector.slug}/")
    phone.page.locator(".form > fieldset").first.get_by_text("Agree", exact=True).click()
    phone.presses("Save and finish later")
    code = phone.page.locator(".resume-code").inner_text()
    phone.opens(f"/answer/{collector.slug}/resume/")
    phone.types("Your code", code.lower())
    phone.presses("Show my answers")
    assert phone.page.locator("#id_equal_status_3").is_checked()

    phone.presses("Send my answers")
    answers = Answer.objects.filter(response__collector=collector)
    assert list(answers.values_list("question__key", "value")) == [("equal_status", "4")]


def test_the_next_person_at_the_tablet_sees_nothing_of_the_one_before(person, collector):
    tablet = person({"width": 768, "height": 1024})
    tablet.opens(f"/answer/{collector.slug}/kiosk/")
    tablet.page.locator(".form > fieldset").first.get_by_text("Agree", exact=True).click()
    tablet.presses("Send my answers")
    tablet.page.wait_for_url("**/thanks/")
    tablet.page.go_back()
    assert tablet.page.locator("input:checked").count() == 0

    tablet.opens(f"/answer/{collector.slug}/kiosk/thanks/")
    tablet.clicks("Next person")
    assert tablet.page.locator("input:checked").count() == 0


@pytest.mark.parametrize("page", ["", "thanks/", "resume/", "kiosk/", "kiosk/thanks/"])
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_axe_finds_nothing(person, collector, prefix, page):
    phone = person(PHONE)
    phone.opens(f"{prefix}/answer/{collector.slug}/{page}")
    found = Axe().run(phone.page, options=AXE_TAGS).response["violations"]

    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
