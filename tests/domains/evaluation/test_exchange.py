import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lecen.domains.evaluation.exchange import report_document, report_table
from lecen.kernel.translated import TranslatedText
from tests.domains.evaluation.conftest import WEEK_AFTER
from tests.factories import (
    EventConditionFactory,
    EventPartnerFactory,
    PlanFactory,
    PlanTaskFactory,
    UserFactory,
)

LONG_SPANISH = "Limpiamos juntos el parque, pintamos las bancas y conversamos sobre lo que nos preocupa a los vecinos. "


def printed(report) -> PdfReader:
    return PdfReader(io.BytesIO(report_document(report)))


def words_of(report) -> str:
    return " ".join(" ".join(page.extract_text() for page in printed(report).pages).split())


def rows_of(report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(report_table(report).removeprefix("\ufeff"))))


@pytest.fixture
def told(past):
    past.answer(20, equal_status="5", warmth="80")
    past.answer(14, equal_status="2", warmth="20")
    past.count(60)
    past.close()
    return past


def test_the_printed_report_is_one_tagged_letter_page_with_title_and_language(told):
    reader = printed(told.report())
    page, root = reader.pages[0], reader.trailer["/Root"]

    assert [(float(each.mediabox.width), float(each.mediabox.height)) for each in reader.pages] == [(612, 792)]
    assert (reader.metadata.title, str(root["/Lang"])) == ("Report: Work day at the park", "en-US")
    assert bool(root["/MarkInfo"]["/Marked"]) is True
    assert "34 of about 60 people answered; this cannot show that the event changed trust." in " ".join(
        page.extract_text().split()
    )


def test_the_printed_report_in_spanish_names_its_language(told):
    with translation.override("es"):
        reader = printed(told.report())

    assert str(reader.trailer["/Root"]["/Lang"]) == "es-US"
    assert "se trataron de igual a igual" in " ".join(reader.pages[0].extract_text().split())


def test_everything_at_its_longest_still_fits_one_page(past):
    past.event.title = TranslatedText.of(es=LONG_SPANISH[:120])
    past.event.purpose = TranslatedText.of(es=(LONG_SPANISH * 4)[:400])
    past.event.place = LONG_SPANISH[:120]
    past.event.takes_registrations = True
    past.event.plan = PlanFactory(agency=past.event.agency)
    past.event.save()
    for condition in ("equal_status", "common_goal", "cooperation", "institutional_support"):
        EventConditionFactory(event=past.event, condition=condition, rating="strong", plan=past.event.purpose)
    for number in range(8):
        EventPartnerFactory(event=past.event, state="accepted", organization__name=f"Iglesia de San Miguel {number}")
        PlanTaskFactory(
            plan=past.event.plan,
            is_follow_up=True,
            title=TranslatedText.of(es=(LONG_SPANISH * 2)[:200]),
            owner=UserFactory(name="María de los Ángeles Fernández Gutiérrez"),
            due_on=WEEK_AFTER.date() - timedelta(days=number),
        )
    statements = ("equal_status", "common_goal", "cooperation", "leaders_support", "listened_to")
    for step, people in zip("12345", (40, 30, 20, 14, 16), strict=True):
        past.answer(people, warmth="50", **dict.fromkeys(statements, step))
    past.count(140, age_band="adult")
    past.count(20, age_band="teen")
    past.close()
    with translation.override("es"):
        reader = printed(past.report())

    assert len(reader.pages) == 1


def test_the_table_has_one_figure_a_row_with_its_source(told):
    rows = rows_of(told.report())

    assert rows[0] == ["Part", "Subject", "Detail", "Figure", "n", "Source"]
    assert rows[1][2] == "34 of about 60 people answered; this cannot show that the event changed trust."
    assert ["Who came", "People present", "", "60", "", "present"] in rows
    equal = "At this event, residents and officers treated each other as equals."
    assert [row[2:] for row in rows if row[1] == equal] == [
        ["Strongly agree", "20", "34", "answers"],
        ["Less than “Strongly agree”", "14", "34", "answers"],
        ["Agreement", "59 % strongly agreed", "34", "answers"],
    ]


def test_the_table_runs_no_formula(told):
    told.event.title = TranslatedText.of(en='=HYPERLINK("http://evil.example")')
    told.event.save()

    assert ["Event", "Title", '\'=HYPERLINK("http://evil.example")', "", "", ""] in rows_of(told.report())


# --- Nothing leaks, and no two surfaces disagree -----------------------------------------------------------------------
def test_below_ten_nothing_of_the_answers_shows_anywhere(past, signed_in):
    past.answer(8, equal_status="4", neighborhood="here", warmth="90")
    past.answer(1, equal_status="1", neighborhood="elsewhere", warmth="10")
    past.count(7, age_band="teen", first_time="yes")
    past.close()
    client = signed_in(past.reader)
    page = client.get(past.address()).content.decode()
    data = client.get(f"/api/v1/events/{past.event.pk}/report/").content.decode()
    surfaces = (page, report_table(past.report()), words_of(past.report()), data)

    for words in (
        "Strongly agree",
        "treated each other as equals",
        "Is this your neighborhood",
        "Teen",
        "First time here",
    ):
        assert [surface for surface in surfaces if words in surface] == []
    told = [
        re.findall(r"(?<![\w-])\d+(?![\w-])", text) for text in (report_table(past.report()), words_of(past.report()))
    ]
    kept = {"10", "8", "2024", "12", "00", "2", "1"}  # the rule, the day and its hours, the page number
    assert [set(numbers) - kept for numbers in told] == [set(), set()]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    counts=st.lists(st.integers(0, 30), min_size=5, max_size=5),
    bands=st.lists(st.integers(1, 40), min_size=2, max_size=2),
)
def test_no_two_surfaces_disagree_and_none_shows_a_count_below_ten(past, signed_in, counts, bands):
    past.event.check_ins.all().delete()
    past.event.collector = None
    past.__dict__.pop("pulse", None)
    for step, people in zip("12345", counts, strict=True):
        past.answer(people, equal_status=step)
    for band, people in zip(("adult", "teen"), bands, strict=True):
        past.count(people, age_band=band)
    past.close()
    report = past.report()
    page = signed_in(past.reader).get(past.address()).content.decode()
    data = signed_in(past.reader).get(f"/api/v1/events/{past.event.pk}/report/").json()
    rows, paper = rows_of(report), words_of(report)
    figures = [
        *(group for table in report.people.breakdowns for group in table.groups),
        *(group for item in report.pulse.statements for group in item.answers),
    ]

    assert [group.value for group in figures if group.value is not None and group.value < 10] == []
    assert report.first_line in page
    assert report.first_line in paper
    assert report.first_line == rows[1][2] == data["first_line"]
    assert [item["agreed"] and item["agreed"]["share"] for item in data["pulse"]["statements"]] == [
        item.share for item in report.pulse.statements
    ]
    for item in report.pulse.statements:
        assert item.distribution in paper
        assert item.said in paper
        assert ["Agreement", item.said] in [row[2:4] for row in rows if row[1] == item.words]
    for group in figures:
        assert [group.label, group.said] in [row[2:4] for row in rows]
