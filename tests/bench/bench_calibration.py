"""How often each design sees an effect where there is none, and how often its interval holds the truth.

On made-up panels shaped like the FBI's city file (58 cities, 1990-2012, homicides per 100,000): levels, a shared swing,
how strongly each city follows it, what is left over and its memory, and the chance of small counts are all of the size
found there; `bench_the_made_up_panels_are_shaped_like_the_city_file` compares them.
"""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from lecen.science.arrays import Numbers, generator
from lecen.science.before_after import before_after
from lecen.science.difference_in_differences import NEVER, aggregate, group_time_effects, wide_panel
from lecen.science.experiments import difference
from lecen.science.interrupted_series import interrupted_series
from lecen.science.intervals import wilson
from lecen.science.plans import panel_of, read_plan
from lecen.science.studies import Verdict, run_study
from lecen.science.synthetic_control import conformal_interval, conformal_p, placebo_test
from tests.architecture.reading import ROOT

UNITS, PERIODS, BEFORE = 58, 23, 17
NOMINAL = 0.05


@dataclass(frozen=True)
class Answer:
    """What a design says of one panel without effect, and whether its interval holds 0."""

    p: float
    holds: bool


def city_panel(chance: np.random.Generator) -> Numbers:
    """Rates per 100,000 of 58 cities in 23 years without any effect, each city with its own level and swing."""
    population = np.exp(chance.normal(13.3, 0.68, size=(UNITS, 1)))
    swing = np.cumsum(chance.normal(scale=0.12, size=PERIODS))
    follows = chance.normal(1, 0.67, size=(UNITS, 1))
    noise = chance.normal(scale=0.14, size=(UNITS, PERIODS))
    for place in range(1, PERIODS):
        noise[:, place] += 0.75 * noise[:, place - 1]
    logs = chance.normal(2.5, 0.7, size=(UNITS, 1)) + follows * (swing - swing.mean()) + noise
    counts = np.maximum(chance.poisson(np.exp(logs) * population / 100_000), 1)
    return counts / population * 100_000


def _synthetic(method: str, *, logs: bool) -> Callable[[Numbers, np.random.Generator], Answer]:
    def design(panel: Numbers, _chance: np.random.Generator) -> Answer:
        found = placebo_test(np.log(panel) if logs else panel, BEFORE, method=method)
        return Answer(found.p, found.interval.low <= 0 <= found.interval.high)

    return design


def _conformal(panel: Numbers, _chance: np.random.Generator) -> Answer:
    found = conformal_interval(np.log(panel), BEFORE, method="demeaned")
    return Answer(
        conformal_p(np.log(panel), BEFORE, method="demeaned"), found is not None and found.low <= 0 <= found.high
    )


def _staggered(cohort: int) -> Callable[[Numbers, np.random.Generator], Answer]:
    def design(panel: Numbers, chance: np.random.Generator) -> Answer:
        dates = np.full(UNITS, NEVER)
        dates[chance.permutation(UNITS)[: 3 * cohort]] = np.repeat([8.0, 12.0, 17.0], cohort)
        found = aggregate(group_time_effects(wide_panel(np.log(panel), dates)), "simple").overall
        return Answer(found.p_value, found.low <= 0 <= found.high)

    return design


def _series(panel: Numbers, _chance: np.random.Generator) -> Answer:
    found = interrupted_series(np.log(panel[0]), 12).average
    return Answer(found.p_value, found.interval.low <= 0 <= found.interval.high)


def _compared_series(panel: Numbers, _chance: np.random.Generator) -> Answer:
    found = interrupted_series(np.log(panel[0]), 12, control=np.log(panel[1:]).mean(axis=0)).average
    return Answer(found.p_value, found.interval.low <= 0 <= found.interval.high)


def _before_after(panel: Numbers, _chance: np.random.Generator) -> Answer:
    logs = np.log(panel)
    found = before_after(logs[:, BEFORE - 1], logs[:, BEFORE])
    return Answer(found.p_value, found.interval.low <= 0 <= found.interval.high)


def _trial(panel: Numbers, chance: np.random.Generator) -> Answer:
    logs = np.log(panel)
    change = logs[:, BEFORE:].mean(axis=1) - logs[:, :BEFORE].mean(axis=1)
    treated = np.isin(np.arange(UNITS), chance.permutation(UNITS)[: UNITS // 2]).astype(int)
    found = difference(change, treated, people=False)
    return Answer(found.p_value, found.interval.low <= 0 <= found.interval.high)


DATA = {"file": "made.csv", "source": "Made up", "unit": "city", "period": "year"}
PLAN = {
    "plan": 1,
    "title": "Nothing happened",
    "question": "Did anything change?",
    "outcomes": {"homicides": {"column": "rate", "unit": "per 100,000", "scale": "log"}},
    "primary": "homicides",
    "periods": {"first": 1990, "last": 2012},
}
ONE = {"treated": [{"unit": "C0", "since": 2007, "what": "nothing"}], "data": DATA}
STUDIES: dict[str, tuple[dict[str, Any], int]] = {
    "synthetic control, demeaned, logarithms": ({"design": "synthetic control", "method": "demeaned", **ONE}, 60),
    "difference in differences, 3 cohorts of 8": (
        {"design": "difference in differences", "data": DATA | {"since": "start"}},
        200,
    ),
}
DESIGNS = {
    "synthetic control, classic, levels": (_synthetic("classic", logs=False), 300),
    "synthetic control, classic, logarithms": (_synthetic("classic", logs=True), 300),
    "synthetic control, demeaned, logarithms": (_synthetic("demeaned", logs=True), 300),
    "synthetic control, ridge augmented, logarithms": (_synthetic("ridge_augmented", logs=True), 100),
    "synthetic difference-in-differences, logarithms": (_synthetic("synthetic_did", logs=True), 200),
    "synthetic control, demeaned, conformal": (_conformal, 200),
    "difference in differences, 3 cohorts of 8": (_staggered(8), 600),
    "difference in differences, 3 cohorts of 1": (_staggered(1), 600),
    "interrupted series": (_series, 600),
    "interrupted series against the mean of the others": (_compared_series, 600),
    "before and after": (_before_after, 600),
    "trial by lot, 29 of 58": (_trial, 600),
}


def bench_false_alarms_and_coverage():
    print("\n| design | panels | sees an effect at 5 % | at 2.5 % | its 95 % interval holds the truth |")
    print("|---|---|---|---|---|")
    alarms = {}
    for number, (name, (design, panels)) in enumerate(DESIGNS.items()):
        chance = generator(1_000 + number)
        answers = [design(city_panel(chance), chance) for _panel in range(panels)]
        counts = [sum(answer.p <= level for answer in answers) for level in (NOMINAL, NOMINAL / 2)]
        counts.append(sum(answer.holds for answer in answers))
        alarms[name] = counts[0]
        print(f"| {name} | {panels} | {' | '.join(_share(count, panels) for count in counts)} |", flush=True)

    # Chance by lot is the one design whose assumptions the panels keep in full.
    low, _high = wilson([alarms["trial by lot, 29 of 58"]], [600], 0.99)
    assert low[0] <= NOMINAL


def bench_false_verdicts():
    """The whole rule, with fit, trends, donors and agreement, on the same kind of panel."""
    print("\n| verdict of a study | panels | established although nothing happened |\n|---|---|---|")
    for number, (name, (changes, panels)) in enumerate(STUDIES.items()):
        chance = generator(2_000 + number)
        verdicts = [_verdict(city_panel(chance), changes, chance) for _panel in range(panels)]
        false = sum(verdict is Verdict.ESTABLISHED for verdict in verdicts)
        print(f"| {name} | {panels} | {_share(false, panels)} |", flush=True)
        assert wilson([false], [panels], 0.99)[0][0] <= NOMINAL


def _verdict(panel: Numbers, changes: dict[str, Any], chance: np.random.Generator) -> Verdict:
    dates = np.zeros(UNITS, dtype=int)
    if changes["design"] == "difference in differences":
        dates[chance.permutation(UNITS)[:24]] = np.repeat([1998, 2002, 2007], 8)
    rows = [
        {"city": f"C{city}", "year": str(1990 + place), "rate": str(rate), "start": str(dates[city])}
        for city, rates in enumerate(panel)
        for place, rate in enumerate(rates)
    ]
    plan = read_plan(json.dumps(PLAN | changes))
    return run_study(plan, panel_of(plan, rows)).verdict


def _share(count: int, n: int) -> str:
    low, high = (100 * end[0] for end in wilson([count], [n]))
    return f"{100 * count / n:.1f} % ({low:.1f} to {high:.1f})"


@pytest.mark.data
def bench_the_made_up_panels_are_shaped_like_the_city_file(real_data):
    plan = read_plan((ROOT / "content" / "plans" / "washington-2007.yaml").read_text())
    with (real_data / "evaluation" / plan.data.file).open() as file:
        panel = panel_of(plan, csv.DictReader(file))
    cities = [place for place, unit in enumerate(panel.units) if "County" not in unit]
    made = [_shape(city_panel(generator(seed))) for seed in range(20)]
    print("\n| of the logarithms of rates | city file | made up (20 panels) |\n|---|---|---|")
    for name, found in _shape(panel.figures[cities]).items():
        others = [shape[name] for shape in made]
        print(f"| {name} | {found:.2f} | {np.mean(others):.2f} ({min(others):.2f} to {max(others):.2f}) |")
        assert min(others) * 0.7 <= found <= max(others) * 1.3


def _shape(rates: Numbers) -> dict[str, float]:
    logs = np.log(rates)
    away = logs - logs.mean(axis=1, keepdims=True)
    swing = away.mean(axis=0)
    follows = away @ swing / (swing @ swing)
    left = away - follows[:, np.newaxis] * swing
    memory = float(np.mean([np.corrcoef(row[:-1], row[1:])[0, 1] for row in left]))
    return {
        "spread of levels": float(logs.mean(axis=1).std()),
        "spread of the shared swing": float(swing.std()),
        "spread of how strongly cities follow it": float(follows.std()),
        "spread of what is left": float(left.std()),
        "its correlation with the year before": memory,
    }
