"""Studies of one series."""

import numpy as np
import pytest
import yaml

from lecen.science.plans import panel_of, read_plan
from lecen.science.studies import Verdict, run_study
from tests.science.plans.test_schema import STUDY

PLAN = STUDY | {
    "design": "interrupted series",
    "data": {"file": "city.csv", "source": "Made up", "unit": "city", "period": "month"},
    "outcomes": {"robberies": {"column": "robberies", "unit": "a month"}},
    "periods": {"first": "2018-01", "last": "2020-12"},
    "treated": [{"unit": "Northport", "since": "2020-01", "what": "foot patrols"}],
    "exclude": [],
}


def months(drop: float):
    """Three years of months around 50 with noise of 2, lower by `drop` in the last."""
    chance = np.random.default_rng(3)
    for place in range(36):
        figure = 50 + chance.normal(scale=2) - drop * (place >= 24)
        yield {"city": "Northport", "month": f"{2018 + place // 12}-{place % 12 + 1:02d}", "robberies": str(figure)}


@pytest.fixture(scope="module")
def dropped():
    plan = read_plan(yaml.safe_dump(PLAN))
    return run_study(plan, panel_of(plan, months(20)))


def test_a_drop_is_told_from_chance_and_yet_establishes_nothing(dropped):
    assert dropped.criteria[0].met is True
    assert dropped.verdict is Verdict.NOT_ESTABLISHED
    assert [one.asked for one in dropped.criteria if not one.met] == ["something to compare with"]


def test_words_stay_with_association(dropped):
    assert "the change is associated with foot patrols" in dropped.sentence
    assert "caused" not in dropped.sentence


def test_the_change_stands_near_what_was_made(dropped):
    average = next(row for row in dropped.tables[0].rows if row[0] == "average")

    assert float(average[1]) == pytest.approx(-20, abs=4)


def test_every_month_stands_in_table_and_chart(dropped):
    assert len(dropped.tables[1].rows) == 36
    assert dropped.chart.since == 2020
    assert [len(track.points) for track in dropped.chart.tracks] == [36, 36]


def test_nothing_is_said_to_be_associated_with_what_chance_explains():
    plan = read_plan(yaml.safe_dump(PLAN))
    sentence = run_study(plan, panel_of(plan, months(0))).sentence

    assert "the change is not told from chance at the 5% level. An effect is not established." in sentence
    assert "associated" not in sentence
