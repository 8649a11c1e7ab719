"""Printing: a typst file and data in, a PDF that screen readers can follow (PDF/UA-1) out; needs no Django."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT.parent / "build" / "fonts"
PLAIN = ROOT / "kernel" / "documents" / "plain.typ"
STANDARD: Final = "ua-1"
# The moment written into the file: fixed, so that equal data give equal bytes.
TIMESTAMP = 0


def typeset(source: Path, data: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """The PDF of the typst file `source`, which lies in the project.

    `data` holds JSON values; text in it is set as it is, never read as markup. Drawings are SVG text with an
    `alt`. Raises `typst.TypstError` where the file is wrong or a picture has no `alt`.
    """
    # lazy: the compiler takes 60 MB, and most web workers never print
    import typst  # noqa: PLC0415

    return typst.compile(
        source,
        root=ROOT,
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "title": title, "language": language},
        pdf_standards=[STANDARD],
        timestamp=TIMESTAMP,
        format="pdf",
    )
