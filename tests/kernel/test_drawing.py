import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from lecen.kernel.drawing import Bar, Line, bar_chart_spec, chart_key, draw, line_chart_spec

SVG = "{http://www.w3.org/2000/svg}"
BARS = [Bar("Strongly agree", 12), Bar("Agree & more", 30, said="30 of 50"), Bar("Disagree", None, said="fewer than 5")]


def spec(**changes):
    return bar_chart_spec(BARS, title="I was listened to", description="50 people answered.") | changes


@pytest.fixture(scope="module")
def drawing():
    return ET.fromstring(draw(spec()))


def test_draw_names_and_describes_the_whole(drawing):
    title, description = drawing[0], drawing[1]

    assert (title.tag, title.text) == (f"{SVG}title", "I was listened to")
    assert (description.tag, description.text) == (f"{SVG}desc", "50 people answered.")
    assert (drawing.get("role"), drawing.get("aria-labelledby"), drawing.get("aria-describedby")) == (
        "img",
        title.get("id"),
        description.get("id"),
    )


def test_draw_leaves_no_inner_speech_and_no_inline_style(drawing):
    names = {name for element in drawing.iter() if element is not drawing for name in element.attrib}

    assert names & {"role", "aria-label", "aria-roledescription", "aria-hidden", "style"} == set()
    assert list(drawing.iter(f"{SVG}style")) == []


def test_draw_writes_labels_and_numbers_in_order(drawing):
    texts = [element.text for element in drawing.iter(f"{SVG}text")]

    assert [text for text in texts if text in {bar.label for bar in BARS}] == [bar.label for bar in BARS]
    assert {"12", "30 of 50", "fewer than 5"} <= set(texts)


def test_draw_gives_each_chart_its_own_ids(drawing):
    other = ET.fromstring(draw(spec(description="51 people answered.")))
    ids = [{element.get("id") for element in chart.iter() if element.get("id")} for chart in (drawing, other)]

    assert ids[0] & ids[1] == set()


def test_draw_is_safe_and_the_same_every_time():
    svg = draw(bar_chart_spec([Bar("<script>alert(1)</script>", 1)], title="</title><script>", description=""))

    assert "<script" not in svg
    assert draw(spec()) == draw(spec())


def test_draw_fetches_nothing():
    with pytest.raises(ValueError, match=r"not allowed|External data"):
        draw(spec(data={"url": "https://tracker.example/rows.json"}))


def test_chart_key_depends_on_what_is_shown_only():
    assert chart_key(spec()) == chart_key(dict(reversed(spec().items())))
    assert chart_key(spec()) != chart_key(spec(description="51 people answered."))


def test_bar_chart_spec_keeps_the_scale_asked_for():
    scales = [
        bar_chart_spec(BARS, title="", description="", maximum=end)["encoding"]["x"]["scale"] for end in (None, 50)
    ]

    assert scales == [{"domain": [0, 30]}, {"domain": [0, 50]}]


def test_line_chart_tells_lines_apart_by_dashes_and_names_its_axes():
    lines = [Line("Observed", [(2005, 3.0), (2006, 4.5)]), Line("Without it", [(2005, 3.1), (2006, 3.2)], dashed=True)]
    svg = draw(line_chart_spec(lines, title="Rate", description="d", across="Year", up="Per 100,000", since=2006))
    drawing = ET.fromstring(svg)
    texts = {element.text for element in drawing.iter(f"{SVG}text")}
    dashes = {element.get("stroke-dasharray") for element in drawing.iter() if element.get("stroke-dasharray")}

    assert {"Observed", "Without it", "Year", "Per 100,000", "2005"} <= texts
    assert {"6,4", "2,3"} <= dashes


@pytest.mark.parametrize(("lowest", "rules"), [(-1.0, 1), (1.0, 0)])
def test_line_chart_marks_zero_where_values_lie_on_both_sides(lowest, rules):
    lines = [Line("Effect", [(-2, lowest), (3, 2.0)])]
    drawing = ET.fromstring(draw(line_chart_spec(lines, title="t", description="d", across="Years", up="Effect")))

    assert sum(element.get("stroke-dasharray") == "2,3" for element in drawing.iter()) == rules


@pytest.mark.parametrize("module", ["drawing", "typesetting"])
def test_drawing_and_printing_need_no_django(module):
    code = f"import sys, lecen.kernel.{module}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
