from datetime import date, timedelta

import pytest
from django.utils import translation

from lecen.domains.agencies import logic

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "today"),
        (0, "today"),
        (1, "1 day ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (59, "8 weeks ago"),
        (60, "2 months ago"),
        (729, "24 months ago"),
        (730, "2 years ago"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(days, said):
    assert logic.say_confirmed(TODAY - timedelta(days=days), TODAY) == said


def test_a_contact_is_old_after_half_a_year():
    assert [logic.needs_confirmation(TODAY - timedelta(days=days), TODAY) for days in (180, 181)] == [False, True]


@pytest.mark.parametrize(
    ("meters", "said"),
    [(3, "100 feet"), (100, "300 feet"), (200, "0.1 miles"), (4506, "2.8 miles"), (1609344, "1,000 miles")],
)
def test_a_distance_is_said_in_feet_and_miles(meters, said):
    assert logic.say_distance(meters) == said


def test_one_year_after_a_leap_day_is_the_first_of_march():
    assert logic.one_year_after(date(2028, 2, 29)) == date(2029, 3, 1)
    assert logic.one_year_after(date(2026, 6, 1)) == date(2027, 6, 1)


def test_an_area_survives_being_stored(make_area):
    area = make_area("1")

    assert logic.Area.from_json(area.as_json()) == area


def test_a_report_survives_being_stored(make_area):
    repair, refusal = logic.Finding("winding", 1, "1", {"count": 2}), logic.Finding("no_area", 2, "2")
    report = logic.Reading((make_area("1"),), (repair,), (refusal,), ()).report()

    assert logic.findings(report, "repairs") == [repair]
    assert logic.findings(report, "refusals") == [refusal]
    assert (logic.findings(report, "overlaps"), logic.findings({}, "repairs")) == ([], [])


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["winding", "closed", "heights", "crumbs", "crossing"])
@pytest.mark.parametrize("count", [1, 2])
def test_a_repair_is_said_with_its_number(language, kind, count):
    with translation.override(language):
        said = str(logic.Finding(kind, 1, "1", {"count": count}))
    assert "%" not in said
    assert kind == "crossing" or str(count) in said
