from io import BytesIO
from struct import pack
from zlib import crc32

import pytest
from django.utils.translation import override
from PIL import Image

from lecen.kernel.errors import Refused
from lecen.kernel.uploads import clean_image, private_file_response, read_text

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F
NOT_A_PICTURE = "This file is not a JPEG, PNG or WebP picture, whatever its name says."
CONTAINS_PROGRAM = "This file contains a web page or a program. Choose a plain picture."


def picture(form="JPEG", size=(40, 20), mode="RGB", **options) -> bytes:
    drawn = BytesIO()
    Image.new(mode, size, "navy").save(drawn, form, **options)
    return drawn.getvalue()


def refusal(function, content: bytes, **options) -> str:
    with override("en"), pytest.raises(Refused) as refused:
        function(BytesIO(content), **options)
    assert refused.value.field == "file"
    return refused.value.message


def photograph_from_a_phone() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "PhoneMaker"
    exif.get_ifd(GPS).update({1: "N", 2: (41.0, 52.0, 55.0), 3: "W", 4: (87.0, 37.0, 40.0)})
    return picture(exif=exif)


def test_clean_image_drops_place_and_camera_and_turns_the_picture_upright():
    photograph = photograph_from_a_phone()
    assert dict(Image.open(BytesIO(photograph)).getexif().get_ifd(GPS)) != {}  # would leak if it were kept

    cleaned = clean_image(BytesIO(photograph))

    image = Image.open(cleaned)
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (20, 40), {})
    assert b"PhoneMaker" not in cleaned.read()


@pytest.mark.parametrize(("form", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_clean_image_names_the_file_by_its_content(form, suffix):
    upload = BytesIO(picture(form))
    upload.name = "../../holiday.exe"

    cleaned = clean_image(upload)

    assert cleaned.name.partition(".")[2] == suffix
    assert Image.open(cleaned).format == form


def test_clean_image_keeps_transparency():
    cleaned = clean_image(BytesIO(picture("PNG", mode="RGBA")))

    assert Image.open(cleaned).mode == "RGBA"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_clean_image_reads_other_colors(mode):
    assert Image.open(clean_image(BytesIO(picture(mode=mode)))).mode == "RGB"


def test_clean_image_leaves_behind_what_is_attached_after_the_picture():
    cleaned = clean_image(BytesIO(picture() + b"PK\x03\x04 hidden archive"))

    assert b"hidden archive" not in cleaned.read()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"MZ\x90\x00\x03 renamed program", NOT_A_PICTURE),
        (b"\x7fELF renamed program", NOT_A_PICTURE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', NOT_A_PICTURE),
        (b"<!DOCTYPE html><title>x</title>", CONTAINS_PROGRAM),
        (picture("GIF"), NOT_A_PICTURE),
        (picture() + b"<SCRIPT>alert(1)</SCRIPT>", CONTAINS_PROGRAM),
        (picture("PNG", size=(300, 300))[:-60], "The picture is damaged and cannot be read. Choose another one."),
        (b"", "The file is empty. Choose another one."),
    ],
)
def test_clean_image_refuses_what_is_not_a_plain_picture(content, message):
    assert refusal(clean_image, content) == message


def test_clean_image_refuses_too_many_bytes():
    assert (
        refusal(clean_image, b"x" * 1025, max_bytes=1024) == "The file is larger than 1.0\xa0KB. Choose a smaller one."
    )


def test_clean_image_refuses_a_bomb_by_its_header_before_unpacking():
    header = pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = b"\x89PNG\r\n\x1a\n" + pack(">I", len(header)) + chunk + pack(">I", crc32(chunk)) + b"\x00\x00\x00\x00IDAT"

    assert refusal(clean_image, bomb) == "The picture has more than 50 million pixels. Choose a smaller one."
    assert refusal(clean_image, picture(size=(2000, 1001)), max_pixels=2_000_000) == (
        "The picture has more than 2 million pixels. Choose a smaller one."
    )


@pytest.mark.parametrize("content", ["reunión".encode(), "reunión".encode("utf-8-sig")])
def test_read_text_reads_utf8_with_and_without_mark(content):
    assert read_text(BytesIO(content), max_bytes=100) == "reunión"


@pytest.mark.parametrize(("encoding", "found"), [("cp1252", "Windows-1252"), ("utf-16", "UTF-16")])
def test_read_text_refuses_other_encodings_with_advice(encoding, found):
    assert refusal(read_text, "reunión".encode(encoding), max_bytes=100) == (
        f"The file is not saved as UTF-8 (it looks like {found}), so letters such as ñ or é would be lost. "
        "In a spreadsheet, choose “Save as” and then “CSV UTF-8”."
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04 a workbook", b"%PDF-1.7", b"MZ\x90\x00"])
def test_read_text_refuses_what_is_no_text(content):
    message = "This is not a text file. In a spreadsheet, choose “Save as” and then “CSV UTF-8”."
    assert refusal(read_text, content, max_bytes=100) == message


def test_private_file_response_is_an_attachment_that_nobody_caches():
    response = private_file_response(BytesIO(b"<script>"), "informe – junio.html")

    assert b"".join(response.streaming_content) == b"<script>"
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "application/octet-stream",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Disposition"].startswith("attachment;")
