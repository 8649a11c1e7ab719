"""Printed documents: a typst template and data in, a PDF that screen readers can follow (PDF/UA-1) out.

Templates lie in the folder `documents/` of an area or of the kernel and begin with `#import "/kernel/documents/base.typ"`.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STANDARD: Final = "ua-1"
# The moment written into the file: fixed, so that equal data give equal bytes.
TIMESTAMP = 0


def render_document(template: str, data: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """The PDF of `template` (`engagement/flyer.typ`: the area's label, then the file in its folder `documents/`).

    `data` holds JSON values; text in it is set as it is, never read as markup. Drawings are SVG text with an
    `alt`. Raises `typst.TypstError` where the template is wrong or a picture has no `alt`.
    """
    # lazy: the compiler takes 60 MB, and most web workers never print
    import typst  # noqa: PLC0415

    label, _separator, name = template.partition("/")
    source = Path(apps.get_app_config(label).path) / "documents" / name
    fonts = settings.BUILD_DIR / "fonts"
    return typst.compile(
        source,
        root=ROOT,
        font_paths=[fonts] if fonts.is_dir() else [],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "title": title, "language": language},
        pdf_standards=[STANDARD],
        timestamp=TIMESTAMP,
        format="pdf",
    )


def as_drawing(picture: bytes) -> str:
    """A JPEG or PNG picture (an agency's seal) as SVG text, the one form in which templates take pictures."""
    image = Image.open(BytesIO(picture), formats=["JPEG", "PNG"])
    source = f"data:image/{str(image.format).lower()};base64,{b64encode(picture).decode()}"
    width, height = image.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image href="{source}" width="{width}" height="{height}"/></svg>'
    )
