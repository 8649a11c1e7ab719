from io import BytesIO

from pypdf import PdfReader

from lecen.kernel.typesetting import PLAIN, typeset


def test_typeset_sets_a_plain_document_without_a_platform():
    document = typeset(PLAIN, {"parts": [{"paragraphs": ["Hola"]}]}, title="Informe", language="es")
    reader = PdfReader(BytesIO(document))

    assert (reader.metadata.title, "Hola" in reader.pages[0].extract_text()) == ("Informe", True)
