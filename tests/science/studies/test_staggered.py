"""Studies of units treated at different times."""

import csv
import io

import numpy as np
import pytest
import yaml

from lecen.science.plans import panel_of, read_plan
from lecen.science.studies import Verdict, run_study

YEARS = range(2000, 2012)
PLAN = {
    "plan": 1,
    "title": "Listening sessions",
    "question": "Did complaints change?",
    "design": "difference in differences",
    "data": {"file": "towns.csv", "source": "Made up", "unit": "town", "period": "year", "since": "start"},
    "outcomes": {"complaints": {"column": "complaints", "unit": "a year"}},
    "primary": "complaints",
    "periods": {"first": 2000, "last": 2011},
}


def towns(effect: float, drift: float = 0.0):
    """120 towns with levels and years of their own; a third each begins in 2005, in 2008 and never."""
    chance = np.random.default_rng(11)
    years = chance.normal(scale=3, size=len(YEARS))
    for town in range(120):
        start, level = (2005, 2008, 0)[town % 3], chance.uniform(80, 120)
        for place, year in enumerate(YEARS):
            treated = bool(start) and year >= start
            figure = level + years[place] + chance.normal(scale=2) + effect * treated + drift * place * bool(start)
            yield {"town": f"T{town}", "year": str(year), "complaints": str(figure), "start": str(start)}


def studied(rows, **changes):
    plan = read_plan(yaml.safe_dump(PLAN | changes))
    return run_study(plan, panel_of(plan, rows))


def test_an_effect_without_a_drift_before_is_established():
    result = studied(towns(effect=-6.0))

    assert result.verdict is Verdict.ESTABLISHED, result.criteria
    assert float(result.tables[0].rows[0][1]) == pytest.approx(-6, abs=1)


def test_no_effect_is_not_established():
    assert studied(towns(effect=0.0)).verdict is Verdict.NOT_ESTABLISHED


def test_a_drift_before_is_found_and_nothing_established():
    result = studied(towns(effect=0.0, drift=-0.5))

    assert result.verdict is Verdict.NOT_ESTABLISHED
    assert [one.met for one in result.criteria if one.asked.startswith("no sign of different trends")] == [False]


def test_too_few_units_to_find_a_drift_have_no_easier_rule():
    few = [row for row in towns(effect=-6.0) if int(row["town"][1:]) < 18]
    result = studied(few)
    drift = next(one for one in result.criteria if one.asked.startswith("a drift before"))

    assert (len(result.criteria), drift.met) == (4, False)
    assert result.verdict is Verdict.NOT_ESTABLISHED


def test_unbounded_intervals_of_few_units_are_told_and_drawn():
    few = [row for row in towns(effect=-6.0) if row["town"] in {"T0", "T2", "T5", "T8", "T11", "T14", "T17"}]
    result = studied(few)

    assert "unbounded" in result.criteria[0].found
    assert all(np.isfinite(point).all() for track in result.chart.tracks for point in track.points)
    assert result.notes[0].startswith("1 unit was treated at some time, 6 never.")


def test_every_way_of_asking_is_shown():
    table = studied(towns(effect=-6.0)).tables[1]

    assert {row[:3] for row in table.rows} == {
        (controls, scale, anticipation)
        for controls in ("never treated", "not yet treated")
        for scale in ("level", "log")
        for anticipation in ("0", "1")
    }


@pytest.mark.data
def test_the_published_figures_stand_in_the_table(real_data):
    """County employment of Callaway and Sant'Anna (2021), without covariates: simple average -0.0400."""
    text = (real_data / "evaluation" / "mpdta.csv").read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {"year", "countyreal", "lemp", "first.treat"} <= rows[0].keys()
    changes = {
        "data": PLAN["data"] | {"unit": "countyreal", "since": "first.treat"},
        "outcomes": {"employment": {"column": "lemp", "unit": "log of thousands"}},
        "primary": "employment",
        "periods": {"first": 2003, "last": 2007},
    }
    result = studied(rows, **changes)
    effects = {row[0]: float(row[1]) for row in result.tables[0].rows}

    assert effects["all after the start"] == pytest.approx(-0.0400, abs=6e-5)
    assert effects["+3"] == pytest.approx(-0.1008, abs=6e-5)
    assert result.verdict is Verdict.NOT_ESTABLISHED
