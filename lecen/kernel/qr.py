"""QR codes for flyers, doors and kiosks."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

# Readers need four modules of white around the code; a medium correction survives a fold in the paper.
QUIET_ZONE = 4
CORRECTION = "m"
MODULE_PIXELS = 8


def qr_svg(address: str, *, title: str) -> SafeString:
    """`address` as an inline SVG that takes the size of its box; `title` says where it leads."""
    drawing = _code(address).svg_inline(
        border=QUIET_ZONE, omitsize=True, title=title, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    return mark_safe(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" role="img" ', 1))


def qr_png(address: str) -> bytes:
    """`address` as a PNG picture, eight pixels a module."""
    written = BytesIO()
    _code(address).save(written, kind="png", scale=MODULE_PIXELS, border=QUIET_ZONE)
    return written.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error=CORRECTION, micro=False)
