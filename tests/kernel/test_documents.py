from io import BytesIO

import pytest
import typst
from PIL import Image
from pypdf import PdfReader

from lecen.kernel.documents import as_drawing, render_document
from lecen.kernel.drawing import Bar, bar_chart_spec, draw
from lecen.kernel.qr import qr_svg

LETTER = (612, 792)  # points
TITLE = "Café con un policía"
MARKUP = '= Not a heading #panic("x") *stars* $x$ \\ <label> @ref `code` // comment'


def plain(*parts, **data) -> bytes:
    return render_document("kernel/plain.typ", {"parts": parts, **data}, title=TITLE, language="es")


def text_of(document: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


@pytest.fixture(scope="module")
def reader():
    chart = draw(bar_chart_spec([Bar("Sí", 3)], title="Escuchado", description="3 personas"))
    return PdfReader(
        BytesIO(
            plain(
                {"heading": "Resultados", "paragraphs": ["Señora Núñez preguntó."]},
                {"drawing": chart, "alt": "3 personas dijeron que sí"},
                {"drawing": qr_svg("https://lecen.example/go/7KQ2", title="Evento"), "alt": "Código QR del evento"},
                {"rows": [["Respuesta", "Personas"], ["Sí", "3"]]},
                header="Policía de Riverton",
                footer="lecen.example",
            )
        )
    )


def test_render_document_names_its_title_and_language(reader):
    assert reader.metadata.title == TITLE
    assert str(reader.trailer["/Root"]["/Lang"]) == "es-US"
    assert bool(reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]) is True


def test_render_document_is_tagged_for_screen_readers(reader):
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"]) is True
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data().decode()


def test_render_document_is_one_letter_page(reader):
    assert [(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages] == [LETTER]


def test_render_document_sets_header_text_table_and_footer(reader):
    text = " ".join(reader.pages[0].extract_text().split())

    expected = [
        "Policía de Riverton",
        TITLE,
        "Resultados",
        "Señora Núñez preguntó.",
        "Respuesta",
        "lecen.example",
        "1 / 1",
    ]
    assert [part for part in expected if part not in text] == []


def test_render_document_never_reads_text_as_markup():
    text = text_of(plain({"heading": MARKUP, "paragraphs": [MARKUP], "rows": [[MARKUP], [MARKUP]]}, header=MARKUP))

    assert "".join(text.split()).count("".join(MARKUP.split())) == 5


def test_render_document_breaks_words_that_no_line_holds_and_keeps_a_hash_whole():
    word, print_ = "x" * 200, "0123456789abcdef" * 4
    text = text_of(
        plain({"heading": word, "paragraphs": [word, print_], "rows": [["Unit", "Weight"], [word, "1"]]})
    ).replace("\u200b", "")

    assert "".join(text.split()).count(word) == 3
    assert max(len(line) for line in text.split() if "x" in line) < len(word) // 2
    assert print_ in text


def test_render_document_refuses_a_picture_without_words():
    with pytest.raises(typst.TypstError, match="alt"):
        plain({"drawing": qr_svg("https://lecen.example", title="QR"), "alt": None})


def test_render_document_is_the_same_every_time():
    assert plain({"paragraphs": ["Hola"]}) == plain({"paragraphs": ["Hola"]})


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_as_drawing_lets_a_picture_be_printed(form):
    drawn = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(drawn, form)

    document = plain({"drawing": as_drawing(drawn.getvalue()), "alt": "Escudo de la ciudad"})

    (image,) = PdfReader(BytesIO(document)).pages[0].images
    assert image.image.size == (40, 20)
