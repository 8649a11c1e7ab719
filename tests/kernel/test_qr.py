from io import BytesIO
from xml.etree import ElementTree as ET

import segno
from django.utils.safestring import SafeString
from PIL import Image

from lecen.kernel.qr import qr_png, qr_svg

ADDRESS = "https://lecen.example/go/7KQ2"
SVG = "{http://www.w3.org/2000/svg}"


def test_qr_svg_scales_has_a_title_and_no_inline_style():
    svg = qr_svg(ADDRESS, title="Coffee <with> a cop")
    drawing = ET.fromstring(svg)

    assert isinstance(svg, SafeString)
    assert drawing.find(f"{SVG}title").text == "Coffee <with> a cop"
    assert {name: drawing.get(name) for name in ("role", "width", "style")} == {
        "role": "img",
        "width": None,
        "style": None,
    }
    assert "style=" not in svg


def test_qr_svg_keeps_four_modules_of_white_around():
    modules = segno.make(ADDRESS, error="m", micro=False).symbol_size(border=0)[0]
    drawing = ET.fromstring(qr_svg(ADDRESS, title="Coffee"))

    assert drawing.get("viewBox") == f"0 0 {modules + 8} {modules + 8}"


def test_qr_png_is_a_picture_with_a_white_edge():
    image = Image.open(BytesIO(qr_png(ADDRESS))).convert("L")

    assert image.crop((0, 0, image.width, 32)).getextrema() == (255, 255)
    assert image.getextrema() == (0, 255)
