"""Static drawings: a Vega-Lite specification in, an SVG out that needs no script, style or font from elsewhere.

Needs neither Django nor a database, so that an analysis can be drawn on a researcher's machine.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from xml.etree import ElementTree as ET

from lecen.kernel.typesetting import FONTS

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# Vega describes each of its parts to screen readers; one title and one description for the whole say more.
INNER_SPEECH = ("role", "aria-label", "aria-roledescription", "aria-hidden", "style")
REFERENCE = re.compile(r"url\(#([^)]+)\)")

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
INK, BAR, SECOND, RULE = "#1b1b1b", "#005ea2", "#b50909", "#71767a"
FONT = "Public Sans, sans-serif"
BAR_STEP, WIDTH, HEIGHT, LABEL_WIDTH = 30, 420, 260, 220  # pixels

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
        "$schema": SCHEMA,
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


@dataclass(frozen=True)
class Line:
    """One line over time: `points` of (place on the axis, value); dashed for what was not observed."""

    label: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False


def line_chart_spec(
    lines: Sequence[Line], *, title: str, description: str, across: str, up: str, since: float | None = None
) -> dict[str, Any]:
    """The specification of lines over time from zero or the lowest value below it, told apart by dashes and color.

    `across` and `up` name the axes with their units; a vertical rule stands at `since`, where something began, and one
    across at zero where values lie on both sides of it.
    """
    values = [{"at": at, "value": value, "line": line.label} for line in lines for at, value in line.points]
    axis = {"titleColor": INK, "titleFontSize": 14, "titleFontWeight": "normal"}
    place: dict[str, Any] = {"field": "at", "type": "quantitative", "scale": {"zero": False, "nice": False}}
    figures = [value for line in lines for _, value in line.points]
    rules = [] if since is None else [_rule_at("x", since)]
    if min(figures, default=0) < 0 < max(figures, default=0):
        rules.append(_rule_at("y", 0))
    return {
        "$schema": SCHEMA,
        "description": description,
        "usermeta": {"title": title},
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": values},
        "encoding": {
            "x": place | {"axis": axis | {"title": across, "format": "d"}},
            "y": {"field": "value", "type": "quantitative", "axis": axis | {"title": up}},
            **_told_apart(lines),
        },
        "layer": [{"mark": {"type": "line", "strokeWidth": 2.5}}, *rules],
        "config": CONFIG,
    }


def _told_apart(lines: Sequence[Line]) -> dict[str, Any]:
    """Color and dashes by line, with one legend for both."""
    names = [line.label for line in lines]
    which: dict[str, Any] = {"field": "line", "type": "nominal", "sort": None}
    legend: dict[str, Any] = {"title": None, "orient": "top", "direction": "vertical"}
    legend |= {"labelFontSize": 14, "labelLimit": WIDTH, "symbolSize": 600}
    colors = [SECOND if line.dashed else BAR for line in lines]
    dashes = [[6, 4] if line.dashed else [1, 0] for line in lines]
    return {
        "color": which | {"scale": {"domain": names, "range": colors}, "legend": legend},
        "strokeDash": which | {"scale": {"domain": names, "range": dashes}},
    }


def _rule_at(axis: Literal["x", "y"], place: float) -> dict[str, Any]:
    """A rule through the whole chart where `axis` is `place`."""
    nothing: dict[str, Any] = {"x": None, "y": None, "color": None, "strokeDash": None}
    return {
        "mark": {"type": "rule", "color": RULE, "strokeDash": [2, 3]},
        "data": {"values": [{"place": place}]},
        "encoding": nothing | {axis: {"field": "place", "type": "quantitative"}},
    }


def chart_key(spec: Mapping[str, Any]) -> str:
    """The SHA-256 of a specification as 64 hexadecimal digits: equal data, equal key."""
    return hashlib.sha256(json.dumps(spec, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def draw(spec: Mapping[str, Any]) -> str:
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
    return ET.tostring(drawing, encoding="unicode")


def _name(drawing: ET.Element, prefix: str, *, title: str, description: str) -> None:
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        named = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}{tag}"})
        named.text = text
        drawing.insert(place, named)
    drawing.set("role", "img")
    drawing.set("class", "chart")
    drawing.set("aria-labelledby", f"{prefix}title")
    drawing.set("aria-describedby", f"{prefix}desc")


@cache
def _renderer() -> Any:
    # lazy: the renderer holds a JavaScript engine of 100 MB, and web workers never draw
    import vl_convert  # noqa: PLC0415

    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))
    return vl_convert
