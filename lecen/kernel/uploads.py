"""Files that people send: judged by what they contain, never by their name, and handed out as attachments."""

import warnings
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile, File
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from lecen.kernel.errors import Refused
from lecen.kernel.ids import uuid7

MEGABYTE = 1024 * 1024
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# What a picture has no reason to contain, but a page or program made to look like one has.
FOREIGN = (b"<script", b"<html", b"<?php", b"<!doctype")
QUALITY = 85


def _content(upload: IO[bytes], max_bytes: int) -> bytes:
    content = upload.read(max_bytes + 1)
    if not content:
        raise Refused(_("The file is empty. Choose another one."), field="file")
    if len(content) > max_bytes:
        raise Refused(
            _("The file is larger than %(limit)s. Choose a smaller one.") % {"limit": filesizeformat(max_bytes)},
            field="file",
        )
    return content


def _not_a_picture() -> Refused:
    return Refused(_("This file is not a JPEG, PNG or WebP picture, whatever its name says."), field="file")


def _open(content: bytes, max_pixels: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow's own limit is checked by ours below, before anything is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=list(FORMATS))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise _not_a_picture() from None
    except Image.DecompressionBombError:
        raise _too_many_pixels(max_pixels) from None
    if image.width * image.height > max_pixels:
        raise _too_many_pixels(max_pixels)
    return image


def _too_many_pixels(max_pixels: int) -> Refused:
    limit = max_pixels // 1_000_000
    return Refused(
        _("The picture has more than %(limit)d million pixels. Choose a smaller one.") % {"limit": limit}, field="file"
    )


def clean_image(upload: IO[bytes], *, max_bytes: int = 10 * MEGABYTE, max_pixels: int = 50_000_000) -> ContentFile:
    """The picture in `upload`, drawn anew: upright, under a new name, without place, camera or anything attached.

    Refused where it is not a JPEG, PNG or WebP picture by its content, is damaged, carries a page or a program,
    or exceeds `max_bytes` or `max_pixels` (width times height).
    """
    content = _content(upload, max_bytes)
    if any(mark in content.lower() for mark in FOREIGN):
        raise Refused(_("This file contains a web page or a program. Choose a plain picture."), field="file")
    image = _open(content, max_pixels)
    form = image.format or "PNG"
    try:
        upright = ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(_("The picture is damaged and cannot be read. Choose another one."), field="file") from None
    transparent = upright.has_transparency_data and form != "JPEG"
    drawn = BytesIO()
    # A copy of the pixels alone leaves behind what formats attach: EXIF, XMP, comments, color profiles.
    plain = Image.new("RGBA" if transparent else "RGB", upright.size)
    plain.paste(upright.convert(plain.mode))
    plain.save(drawn, form, quality=QUALITY, optimize=True)
    return ContentFile(drawn.getvalue(), name=f"{uuid7()}.{FORMATS[form]}")


def read_text(upload: IO[bytes], *, max_bytes: int) -> str:
    """The text in `upload`, which must be UTF-8, with or without a byte order mark; refused with advice otherwise."""
    content = _content(upload, max_bytes)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_encoding("UTF-16")
    if b"\x00" in content or content.startswith((b"PK\x03\x04", b"%PDF-")):
        raise Refused(
            _("This is not a text file. In a spreadsheet, choose “Save as” and then “CSV UTF-8”."), field="file"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong_encoding("Windows-1252") from None


def _wrong_encoding(found: str) -> Refused:
    return Refused(
        _(
            "The file is not saved as UTF-8 (it looks like %(found)s), so letters such as ñ or é would be lost. "
            "In a spreadsheet, choose “Save as” and then “CSV UTF-8”."
        )
        % {"found": found},
        field="file",
    )


def private_file_response(file: File | IO[bytes], filename: str) -> FileResponse:
    """`file` streamed as an attachment that a browser saves and never shows, runs or keeps in a shared cache."""
    return FileResponse(
        file,
        as_attachment=True,
        filename=filename,
        content_type="application/octet-stream",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
