"""Static charts: a Vega-Lite specification in, an SVG out that needs no script, style or font from elsewhere.

A chart is drawn by the worker, kept under the hash of its specification, and always stands beside its table.
"""

import hashlib
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from lecen.kernel.models import ChartImage

logger = logging.getLogger(__name__)

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# Vega describes each of its parts to screen readers; one title and one description for the whole say more.
INNER_SPEECH = ("role", "aria-label", "aria-roledescription", "aria-hidden", "style")
REFERENCE = re.compile(r"url\(#([^)]+)\)")

INK, BAR, RULE = "#1b1b1b", "#005ea2", "#71767a"
FONT = "Public Sans, sans-serif"
MOST_AT_ONCE = 100
BAR_STEP, WIDTH, LABEL_WIDTH = 30, 420, 220  # pixels

CONFIG = {
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 14,
        "labelLimit": LABEL_WIDTH,
        "domainColor": RULE,
        "ticks": False,
        "labelPadding": 8,
        "grid": False,
    },
}

ET.register_namespace("", SVG)
ET.register_namespace("xlink", XLINK)


@dataclass(frozen=True)
class Bar:
    """One bar. `said` is written at its end, by default the value; `value` is None where it may not be shown."""

    label: str
    value: float | None
    said: str = ""


def bar_chart_spec(
    bars: Sequence[Bar], *, title: str, description: str, maximum: float | None = None
) -> dict[str, Any]:
    """The specification of horizontal bars from zero, in the order given, each with its number.

    `maximum` is the end of the scale, so that charts side by side can be compared; by default the longest bar.
    """
    longest = max((bar.value for bar in bars if bar.value is not None), default=1) or 1
    values = [
        {"order": order, "label": bar.label, "value": bar.value or 0, "said": bar.said or f"{bar.value or 0:g}"}
        for order, bar in enumerate(bars)
    ]
    rows = {"field": "label", "type": "nominal", "sort": {"field": "order"}, "title": None}
    lengths = {"field": "value", "type": "quantitative", "scale": {"domain": [0, maximum or longest]}, "axis": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": description,
        "usermeta": {"title": title},
        "width": WIDTH,
        "height": {"step": BAR_STEP},
        "data": {"values": values},
        "encoding": {"y": rows, "x": lengths},
        "layer": [
            {"mark": {"type": "bar", "color": BAR, "height": {"band": 0.7}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": INK, "fontSize": 14},
                "encoding": {"text": {"field": "said", "type": "nominal"}},
            },
        ],
        "config": CONFIG,
    }


def chart_key(spec: Mapping[str, Any]) -> str:
    """The SHA-256 of a specification as 64 hexadecimal digits: equal data, equal key."""
    return hashlib.sha256(json.dumps(spec, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def draw_chart(spec: Mapping[str, Any]) -> SafeString:
    """The SVG of `spec`, titled by its `usermeta.title` and described by its `description`; takes about 0.1 s."""
    renderer = _renderer()
    drawing = ET.fromstring(renderer.vegalite_to_svg(dict(spec), allowed_base_urls=[]))  # noqa: S314 - our own output
    prefix = f"chart-{chart_key(spec)[:12]}-"
    for element in drawing.iter():
        for name in INNER_SPEECH:
            element.attrib.pop(name, None)
        # Two charts on a page would otherwise clip each other.
        for name, value in element.attrib.items():
            element.set(name, REFERENCE.sub(rf"url(#{prefix}\1)", value))
        if "id" in element.attrib:
            element.set("id", prefix + element.attrib["id"])
        if element.get(f"{{{XLINK}}}href", "").startswith("#"):
            element.set(f"{{{XLINK}}}href", f"#{prefix}{element.attrib[f'{{{XLINK}}}href'][1:]}")
    _name(drawing, prefix, title=str(spec["usermeta"]["title"]), description=str(spec["description"]))
    return mark_safe(ET.tostring(drawing, encoding="unicode"))


def _name(drawing: ET.Element, prefix: str, *, title: str, description: str) -> None:
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        named = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}{tag}"})
        named.text = text
        drawing.insert(place, named)
    drawing.set("role", "img")
    drawing.set("class", "chart")
    drawing.set("aria-labelledby", f"{prefix}title")
    drawing.set("aria-describedby", f"{prefix}desc")


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


@cache
def _renderer() -> Any:
    # lazy: the renderer holds a JavaScript engine of 100 MB, and web workers never draw
    import vl_convert  # noqa: PLC0415

    fonts = settings.BUILD_DIR / "fonts"
    if fonts.is_dir():
        vl_convert.register_font_directory(str(fonts))
    return vl_convert
