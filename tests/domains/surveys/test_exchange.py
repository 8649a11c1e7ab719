from io import BytesIO

import pytest
from pypdf import PdfReader

from lecen.domains.surveys import exchange, services
from lecen.domains.surveys.models import Questionnaire
from lecen.domains.surveys.queries import ReleasedCell, ReleasedQuestion, ReleasedResults
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, CollectorFactory


@pytest.fixture
def pulse(agency):
    services.load_instruments(by=SYSTEM, at=NOON)
    return CollectorFactory(agency=agency, slug="supper42", questionnaire=Questionnaire.objects.get(instrument="pulse"))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "At this event, I felt listened to."), ("es", "En este evento, sentí que me escucharon.")],
)
def test_the_paper_sheet_is_one_page_with_every_question(pulse, language, words):
    sheet = PdfReader(BytesIO(exchange.paper_sheet(pulse, language=language)))
    text = " ".join(sheet.pages[0].extract_text().split())

    assert len(sheet.pages) == 1
    assert words in text
    assert all(f"{number}." in text for number in range(1, 9))


def test_addresses_name_language_and_channel(pulse):
    assert exchange.answer_address(pulse, language="en") == "http://localhost:8000/answer/supper42/"
    assert (
        exchange.answer_address(pulse, language="es", channel="qr") == "http://localhost:8000/es/answer/supper42/?c=qr"
    )


def test_a_formula_in_a_question_does_not_run_in_a_spreadsheet():
    text = TranslatedText.of(en="=SUM(A1)")
    cell = ReleasedCell(name="a", label="-1+1", count=None, share=None)
    question = ReleasedQuestion(key="a", kind="choice", text=text, n=20, cells=(cell,), mean=None)
    results = ReleasedResults(
        title=text,
        questionnaire=text,
        label=TranslatedText.of(en="Those who answered"),
        n=20,
        released_at=NOON,
        is_final=True,
        questions=(question,),
    )
    row = exchange.results_csv(results).splitlines()[1]

    assert row == "a,'=SUM(A1),20,'-1+1,not shown,,Those who answered"
