import logging
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.utils.safestring import SafeString

from lecen.kernel.charts import Bar, bar_chart_spec, chart_image, chart_key, draw_chart, draw_due
from lecen.kernel.models import ChartImage

NOON = datetime(2026, 6, 6, 12, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"
BARS = [Bar("Strongly agree", 12), Bar("Agree & more", 30, said="30 of 50"), Bar("Disagree", None, said="fewer than 5")]


def spec(**changes):
    return bar_chart_spec(BARS, title="I was listened to", description="50 people answered.") | changes


@pytest.fixture(scope="module")
def drawing():
    return ET.fromstring(draw_chart(spec()))


def test_draw_chart_names_and_describes_the_whole(drawing):
    title, description = drawing[0], drawing[1]

    assert (title.tag, title.text) == (f"{SVG}title", "I was listened to")
    assert (description.tag, description.text) == (f"{SVG}desc", "50 people answered.")
    assert (drawing.get("role"), drawing.get("aria-labelledby"), drawing.get("aria-describedby")) == (
        "img",
        title.get("id"),
        description.get("id"),
    )


def test_draw_chart_leaves_no_inner_speech_and_no_inline_style(drawing):
    names = {name for element in drawing.iter() if element is not drawing for name in element.attrib}

    assert names & {"role", "aria-label", "aria-roledescription", "aria-hidden", "style"} == set()
    assert list(drawing.iter(f"{SVG}style")) == []


def test_draw_chart_writes_labels_and_numbers_in_order(drawing):
    texts = [element.text for element in drawing.iter(f"{SVG}text")]

    assert [text for text in texts if text in {bar.label for bar in BARS}] == [bar.label for bar in BARS]
    assert {"12", "30 of 50", "fewer than 5"} <= set(texts)


def test_draw_chart_gives_each_chart_its_own_ids(drawing):
    other = ET.fromstring(draw_chart(spec(description="51 people answered.")))
    ids = [{element.get("id") for element in chart.iter() if element.get("id")} for chart in (drawing, other)]

    assert ids[0] & ids[1] == set()


def test_draw_chart_is_safe_and_the_same_every_time():
    svg = draw_chart(bar_chart_spec([Bar("<script>alert(1)</script>", 1)], title="</title><script>", description=""))

    assert isinstance(svg, SafeString)
    assert "<script" not in svg
    assert draw_chart(spec()) == draw_chart(spec())


def test_draw_chart_fetches_nothing():
    with pytest.raises(ValueError, match=r"not allowed|External data"):
        draw_chart(spec(data={"url": "https://tracker.example/rows.json"}))


def test_chart_key_depends_on_what_is_shown_only():
    assert chart_key(spec()) == chart_key(dict(reversed(spec().items())))
    assert chart_key(spec()) != chart_key(spec(description="51 people answered."))


def test_bar_chart_spec_keeps_the_scale_asked_for():
    scales = [
        bar_chart_spec(BARS, title="", description="", maximum=end)["encoding"]["x"]["scale"] for end in (None, 50)
    ]

    assert scales == [{"domain": [0, 30]}, {"domain": [0, 50]}]


@pytest.mark.django_db
def test_chart_image_is_empty_until_it_has_been_drawn_once():
    before = [chart_image(spec()), chart_image(spec())]

    assert (before, draw_due(at=NOON), draw_due(at=NOON)) == (["", ""], 1, 0)
    assert chart_image(spec()) == draw_chart(spec())


@pytest.mark.django_db
def test_draw_due_drops_what_cannot_be_drawn_and_draws_the_rest(caplog):
    chart_image(spec(mark="no such mark", layer=None))
    chart_image(spec())

    with caplog.at_level(logging.CRITICAL):
        assert draw_due(at=NOON) == 1
    assert [image.key for image in ChartImage.objects.all()] == [chart_key(spec())]
