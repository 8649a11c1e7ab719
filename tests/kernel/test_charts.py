import logging
from datetime import UTC, datetime

import pytest
from django.utils.safestring import SafeString

from lecen.kernel.charts import chart_image, draw_chart, draw_due
from lecen.kernel.drawing import Bar, bar_chart_spec, chart_key
from lecen.kernel.models import ChartImage

NOON = datetime(2026, 6, 6, 12, tzinfo=UTC)


def spec(**changes):
    return bar_chart_spec([Bar("Agree", 12)], title="I was listened to", description="50 people answered.") | changes


def test_draw_chart_may_stand_in_a_template():
    assert isinstance(draw_chart(spec()), SafeString)


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
