"""The panel that a plan names."""

import csv
import io
from datetime import date

import pytest
import yaml

from lecen.science.errors import ScienceError
from lecen.science.plans import panel_of, read_plan
from tests.science.plans.test_schema import STUDY

CITIES = ("Eastport", "Northport", "A", "B", "C", "D", "E", "F")


def rows(changes=(), years=range(2000, 2013)):
    """Counts that rise by one a year for each city; `changes` replaces fields of (city, year)."""
    table = {
        (city, year): {"city": city, "year": str(year), "robberies": str(10 * at + year - 1999), "people": "1000"}
        for at, city in enumerate(CITIES)
        for year in years
    }
    for key, fields in dict(changes).items():
        table[key] = None if fields is None else table[key] | fields
    return [row for row in table.values() if row]


def plan(**changes):
    return read_plan(yaml.safe_dump(STUDY | changes))


def test_figures_are_rates_in_order_of_units_and_periods():
    panel = panel_of(plan(), rows()[::-1])

    assert panel.units == ("A", "B", "C", "D", "E", "Eastport", "F", "Northport")
    assert panel.periods == tuple(range(2000, 2013))
    assert panel.of("Northport", 2000) == (11, 1100)
    assert (panel.excluded, panel.left_out) == ({"Eastport": "a flood"}, {})


def test_months_become_their_first_days():
    by_month = [row | {"year": f"{row['year']}-01"} for row in rows(years=[2000])]
    by_month += [row | {"year": "2000-02", "robberies": "1"} for row in rows(years=[2000])]
    by_month += [row | {"year": "2000-03", "robberies": "7"} for row in rows(years=[2000])]
    changes = {"periods": {"first": "2000-01", "last": "2000-03"}}
    panel = panel_of(plan(**changes, treated=[{"unit": "Northport", "since": "2000-03", "what": "x"}]), by_month)

    assert (panel.periods[-1], panel.of("Northport", "2000-03")[0]) == (date(2000, 3, 1), 7)


def test_a_donor_with_a_gap_is_left_out_and_named():
    panel = panel_of(plan(exclude=[]), rows({("B", 2003): {"robberies": "NA"}, ("C", 2004): None}))

    assert panel.left_out == {"B": "no figure for 2003", "C": "no figure for 2004"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (lambda: rows({("Northport", 2005): None}), "Northport is treated and has no figure for 2005"),
        (lambda: [*rows(), rows()[0]], "Eastport stands 2 times in 2000"),
        (lambda: rows({("A", 2005): {"robberies": "many"}}), "robberies of A is not a number: 'many'"),
        (lambda: rows({("A", 2005): {"robberies": "-1"}}), "robberies of A must be a number of at least 0"),
        (lambda: rows({("A", 2005): {"robberies": "inf"}}), "robberies of A must be a number of at least 0"),
        (lambda: rows({("A", 2005): {"city": " "}}), "the unit is empty"),
        (lambda: rows({("A", 2005): {"year": "05/2005"}}), "the period must be a year"),
        (lambda: rows({("A", 2005): {"year": "2005-01"}}), "the plan writes periods otherwise"),
        (list, "no row from 2000 to 2012"),
        (lambda: [{"city": "A"}], "no column 'year'; it has city"),
        (lambda: rows({("A", 2005): {"people": "0"}, ("B", 2005): None, ("C", 2005): None}), "Only 3 units are left"),
        (
            lambda: rows({("Northport", year): {"robberies": "5"} for year in range(2000, 2013)}),
            "The outcome is constant: Northport has 500 in every period",
        ),
        (lambda: [row for row in rows() if row["city"] != "Northport"], "names 'Northport', which is not in the data"),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_place(table, message):
    with pytest.raises(ScienceError, match=message):
        panel_of(plan(), table())


def test_a_name_nearly_right_is_suggested():
    with pytest.raises(ScienceError, match=r"Did you mean Northport\?"):
        panel_of(plan(treated=[{"unit": "Northbay", "since": 2008, "what": "x"}]), rows())


def test_an_outcome_that_the_plan_lacks_is_named():
    with pytest.raises(ScienceError, match="no outcome 'arson'; it has robberies"):
        panel_of(plan(), rows(), outcome="arson")


def by_column(**since):
    """The table with a column that says since when each city was treated."""
    return [row | {"start": since.get(row["city"], "0")} for row in rows()]


STAGGERED = {
    "design": "difference in differences",
    "data": STUDY["data"] | {"since": "start"},
    "treated": [],
    "exclude": [],
}


def test_dates_of_treatment_can_stand_in_a_column():
    panel = panel_of(plan(**STAGGERED), by_column(A="2005", B="2007", C="2030", D=""))

    assert panel.since == {"A": 2005, "B": 2007}


def test_a_unit_with_two_dates_is_refused():
    table = by_column(A="2005")
    table[30]["start"], table[31]["start"] = "2005", "2006"
    with pytest.raises(ScienceError, match="has another start than in an earlier row"):
        panel_of(plan(**STAGGERED), table)


def test_a_date_of_another_kind_than_the_periods_is_refused():
    table = [row | {"start": "2008-01"} for row in rows()]
    with pytest.raises(ScienceError, match="Row 2: start is 2008-01; the plan writes periods otherwise"):
        panel_of(plan(**STAGGERED), table)


def test_a_unit_treated_before_the_study_is_treated_all_along():
    table = [row | {"start": "1980" if row["city"] == "A" else "2008" if row["city"] == "B" else ""} for row in rows()]

    assert panel_of(plan(**STAGGERED), table).since == {"A": 2000, "B": 2008}


def test_an_excluded_unit_is_neither_treated_nor_asked_for_figures():
    table = [row | {"start": "2008" if row["city"] in ("A", "Eastport") else ""} for row in rows()]
    table = [row for row in table if (row["city"], row["year"]) != ("Eastport", "2003")]
    panel = panel_of(plan(**STAGGERED | {"exclude": STUDY["exclude"]}), table)

    assert (panel.since, panel.left_out) == ({"A": 2008}, {"Eastport": "no figure for 2003"})


def test_a_name_that_cannot_be_printed_is_refused_with_its_row():
    with pytest.raises(ScienceError, match=r"Row 2: the unit holds the character U\+0001"):
        panel_of(plan(), [row | {"city": row["city"] + "\x01"} for row in rows()])


@pytest.mark.data
def test_the_city_file_gives_its_complete_cities(real_data):
    changes = {
        "data": {
            "file": "ucr_crime_1975_2015.csv",
            "source": "FBI Uniform Crime Reports, put together by The Marshall Project",
            "unit": "department_name",
            "period": "year",
            "population": "total_pop",
        },
        "outcomes": {"homicides": {"column": "homs_sum", "per": 100000, "unit": "residents"}},
        "primary": "homicides",
        "periods": {"first": 1990, "last": 2012},
        "treated": [{"unit": "Washington, D.C.", "since": 2007, "what": "the strategy of 2007"}],
        "exclude": [],
    }
    text = (real_data / "evaluation" / "ucr_crime_1975_2015.csv").read_text()
    panel = panel_of(plan(**changes), csv.DictReader(io.StringIO(text)))

    assert [panel.of("Washington, D.C.", year)[0] for year in (2008, 2012)] == [186, 88]
    assert len(panel.units) == 66
    assert sorted(panel.left_out) == ["Cincinnati", "Louisville, Ky.", "National"]
