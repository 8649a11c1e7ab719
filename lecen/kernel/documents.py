"""Printed documents of the areas: a template and data in, a PDF out.

Templates lie in the folder `documents/` of an area or of the kernel and begin with `#import "/kernel/documents/base.typ"`.
"""

from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from PIL import Image

from lecen.kernel.typesetting import typeset


def render_document(template: str, data: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """The PDF of `template` (`engagement/flyer.typ`: the area's label, then the file in its folder `documents/`).

    `data`, `title` and `language` as in `typeset`.
    """
    label, _separator, name = template.partition("/")
    return typeset(Path(apps.get_app_config(label).path) / "documents" / name, data, title=title, language=language)


def as_drawing(picture: bytes) -> str:
    """A JPEG or PNG picture (an agency's seal) as SVG text, the one form in which templates take pictures."""
    image = Image.open(BytesIO(picture), formats=["JPEG", "PNG"])
    source = f"data:image/{str(image.format).lower()};base64,{b64encode(picture).decode()}"
    width, height = image.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image href="{source}" width="{width}" height="{height}"/></svg>'
    )
