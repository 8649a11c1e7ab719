"""Charts on pages: asked for by a page, drawn by the worker, kept under the hash of what is drawn.

A chart always stands beside its table.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from lecen.kernel.drawing import chart_key, draw
from lecen.kernel.models import ChartImage

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100


def draw_chart(spec: Mapping[str, Any]) -> SafeString:
    """The SVG of `spec`, for a template; takes about 0.1 s."""
    return mark_safe(draw(spec))


def chart_image(spec: Mapping[str, Any]) -> SafeString:
    """The drawing of `spec`; empty until the worker has made it, while the page shows the table alone."""
    image, _created = ChartImage.objects.get_or_create(key=chart_key(spec), defaults={"specification": spec})
    return mark_safe(image.svg)


def draw_due(*, at: datetime) -> int:  # noqa: ARG001 - every due job is told the time
    """Draw the charts that pages have asked for; how many. One that cannot be drawn is dropped and logged."""
    drawn = 0
    for image in ChartImage.objects.filter(svg="").order_by("key")[:MOST_AT_ONCE]:
        try:
            svg = draw_chart(image.specification)
        except ValueError:
            logger.exception("Chart %s cannot be drawn", image.key)
            image.delete()
            continue
        drawn += ChartImage.objects.filter(pk=image.pk).update(svg=svg)
    return drawn
