"""Studies by synthetic control: on a made panel with a known effect, and on the FBI's city file."""

import csv

import numpy as np
import pytest
import yaml

from lecen.science.errors import ScienceError
from lecen.science.plans import StudyPanel, panel_of, read_plan
from lecen.science.studies import Verdict, run_study
from tests.architecture.reading import ROOT
from tests.science.plans.test_schema import STUDY

YEARS = range(1990, 2013)
WASHINGTON = ROOT / "content" / "plans" / "washington-2007.yaml"


def made_rows(effect: float):
    """Thirty cities that share two trends, with the treated one well inside; a fall by `effect` since 2005."""
    chance = np.random.default_rng(5)
    trends = np.vstack([np.linspace(0, 10, len(YEARS)), np.sin(np.arange(len(YEARS)) / 3) * 5])
    loads = chance.uniform(0.5, 1.5, size=(30, 2))
    loads[0] = loads[1:4].mean(axis=0)
    levels = chance.uniform(80, 120, size=30)
    levels[0] = levels[1:4].mean()
    table = levels[:, None] + loads @ trends + chance.normal(scale=0.4, size=(30, len(YEARS)))
    table[0, 15:] -= effect
    for city, figures in enumerate(table):
        for year, figure in zip(YEARS, figures, strict=True):
            yield {"city": "Northport" if city == 0 else f"C{city}", "year": str(year), "robberies": str(figure)}


def made(effect: float, **changes):
    plan = read_plan(
        yaml.safe_dump(
            STUDY
            | {
                "data": {name: text for name, text in STUDY["data"].items() if name != "population"},
                "outcomes": {"robberies": {"column": "robberies", "unit": "a year"}},
                "periods": {"first": 1990, "last": 2012},
                "treated": [{"unit": "Northport", "since": 2005, "what": "foot patrols"}],
                "exclude": [],
                "arithmetic": {"first": 2004, "last": 2012},
            }
            | changes
        )
    )
    return run_study(plan, panel_of(plan, made_rows(effect)))


@pytest.fixture(scope="module")
def helped():
    return made(effect=12.0)


def test_a_large_effect_in_good_data_is_established(helped):
    assert helped.verdict is Verdict.ESTABLISHED, helped.criteria
    assert [one.met for one in helped.criteria] == [True] * 5


def test_no_effect_is_not_established():
    assert made(effect=0.0).verdict is Verdict.NOT_ESTABLISHED


def test_all_periods_and_specifications_stand_in_the_tables(helped):
    assert [len(table.rows) for table in helped.tables[:2]] == [len(YEARS), 8]
    assert {row[0] for row in helped.tables[1].rows} == {"classic", "demeaned", "ridge augmented", "synthetic did"}


def test_the_chart_says_in_words_what_it_shows(helped):
    assert helped.chart.description.startswith("Two lines by period. Northport ends at ")
    assert [(track.label, track.observed) for track in helped.chart.tracks] == [
        ("Northport", True),
        ("Synthetic (a mixture of donors)", False),
    ]


def test_arithmetic_is_called_arithmetic(helped):
    assert helped.arithmetic[0].endswith("This is arithmetic: it does not say what would have happened otherwise.")


@pytest.fixture(scope="module")
def washington():
    """The plan, and the same with New Orleans kept among the donors."""
    plan = read_plan(WASHINGTON.read_text())
    kept = [part for part in plan.exclude if part.unit != "New Orleans"]
    return {"planned": plan, "kept": plan.model_copy(update={"exclude": tuple(kept)})}


@pytest.fixture
def run(real_data):
    def on_the_city_file(plan):
        with (real_data / "evaluation" / plan.data.file).open() as file:
            return run_study(plan, panel_of(plan, csv.DictReader(file)))

    return on_the_city_file


@pytest.mark.data
def test_washington_is_not_established_and_every_specification_is_shown(washington, run):
    result = run(washington["planned"])
    table = [dict(zip(result.tables[1].columns, row, strict=True)) for row in result.tables[1].rows]
    shown = {(row["Method"], row["Scale"], row["Donors"]): row for row in table}

    assert result.verdict is Verdict.NOT_ESTABLISHED
    assert "homicides 186 (2008) to 88 (2012), -53 %" in result.arithmetic[0]
    assert (shown["classic", "level", "planned"]["Effect"], shown["classic", "level", "planned"]["Rank"]) == (
        "-19.72",
        "26 of 57",
    )
    favorable = shown["demeaned", "log", "planned"]
    assert (favorable["Rank"], favorable["Fit before"][:4]) == ("1 of 57", "good")


@pytest.mark.data
def test_new_orleans_kept_is_flagged_as_what_the_estimate_turns_on(washington, run):
    result = run(washington["kept"])
    main = result.tables[1].rows[0]

    assert (main[3], main[7], main[9]) == ("-30.88", "3 of 58", "New Orleans (70%)")
    assert "One donor, New Orleans, carries 70% of the weight." in result.warnings
    assert "Without New Orleans the estimate is -19.7 instead of -30.9." in result.warnings
    assert result.verdict is Verdict.NOT_ESTABLISHED


def test_starts_before_that_cannot_be_tried_are_no_passed_test():
    result = made(effect=12.0, treated=[{"unit": "Northport", "since": 1993, "what": "x"}], arithmetic=None)
    early = next(one for one in result.criteria if one.asked.startswith("nothing unusual at starts"))

    assert (early.met, early.found) == (False, "not tested: the periods before are too few or matched exactly")
    assert result.verdict is Verdict.NOT_ESTABLISHED


def test_an_interval_that_so_few_units_cannot_bound_is_not_written_as_infinite():
    few = [{"unit": f"C{city}", "reason": "x"} for city in range(10, 30)]
    result = made(effect=12.0, exclude=few)

    assert "no 95% interval: 10 units are too few to bound it by placebo" in result.notes[0]
    assert {row[5] for row in result.tables[1].rows if row[2] == "planned"} == {"unbounded"}


def test_more_units_than_can_be_ranked_are_refused():
    plan = read_plan(WASHINGTON.read_text())
    panel = StudyPanel(tuple(map(str, range(1001))), (), (), np.zeros((1001, 0)), np.zeros((1001, 0)), {}, {}, {})
    with pytest.raises(ScienceError, match="1,001 units are more than the 1,000"):
        run_study(plan, panel)


def test_logarithms_are_named_where_they_stand():
    result = made(effect=12.0, outcomes={"robberies": {"column": "robberies", "unit": "a year", "scale": "log"}})

    assert result.chart.up == "logarithm of robberies (a year)"
    assert result.chart.title == "Northport: logarithm of robberies (a year)"
    assert result.tables[0].columns[1:] == ("Observed (logarithm)", "Synthetic (logarithm)", "Difference of logarithms")
