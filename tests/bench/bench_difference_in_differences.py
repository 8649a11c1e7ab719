"""Difference-in-differences: the same figures as another implementation's, the time large panels take, and how often
intervals hold and tests err on panels with known answers."""

import csv
import os
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from csdid.att_gt import ATTgt

from lecen.science.difference_in_differences import (
    NEVER,
    Inference,
    aggregate,
    group_time_effects,
    long_panel,
    wide_panel,
)

NAMES = {"never": "nevertreated", "not_yet": "notyettreated", "event": "dynamic"}


@pytest.fixture(scope="module")
def counties():
    if not os.environ.get("LECEN_DATA"):
        pytest.skip("Set LECEN_DATA to the folder of the real data (with evaluation/ in it) to run this")
    with (Path(os.environ["LECEN_DATA"]) / "evaluation" / "mpdta.csv").open() as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def rows_as_panel(rows):
    since = [row["first.treat"] or NEVER for row in rows]
    return long_panel(*([row[name] for row in rows] for name in ("countyreal", "year", "lemp")), since)


def other_implementation(rows, controls, base, anticipation):
    fitted = ATTgt(
        yname="lemp",
        gname="first.treat",
        idname="countyreal",
        tname="year",
        data=pd.DataFrame(rows),
        control_group=NAMES[controls],
        anticipation=anticipation,
        bstrap=False,
    )
    return fitted.fit(est_method="dr", base_period=base, bstrap=False)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("controls", ["never", "not_yet"])
@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("anticipation", [0, 1])
def bench_county_employment_as_csdid_has_it(counties, controls, base, anticipation):
    theirs = other_implementation(counties, controls, base, anticipation)
    ours = group_time_effects(rows_as_panel(counties), controls=controls, base=base, anticipation=anticipation)

    places = zip(theirs.results["group"], theirs.results["year"], strict=True)
    known = dict(zip(places, zip(theirs.results["att"], theirs.results["se"], strict=True), strict=True))
    found = zip(ours.cohorts, ours.periods, ours.estimates.values, ours.estimates.errors, strict=True)
    for cohort, period, value, error in found:
        assert (value, error) == pytest.approx(known[cohort, period], rel=1e-9, abs=1e-12)
    for kind in ("simple", "group", "calendar", "event"):
        other = theirs.aggte(typec=NAMES.get(kind, kind), bstrap=False).atte
        mine = aggregate(ours, kind)
        assert (mine.overall.value, mine.overall.error) == pytest.approx((other["overall_att"], other["overall_se"]))
        print(f"{controls} {base} {anticipation} {kind}: {mine.overall.value:.4f} ({mine.overall.error:.4f})")


@pytest.mark.filterwarnings("ignore")
def bench_county_employment_bootstrapped_as_csdid_has_it(counties):
    np.random.seed(1)  # noqa: NPY002 the other implementation draws from the global source
    theirs = (
        other_implementation(counties, "never", "varying", 0).aggte(typec="dynamic", bstrap=True, biters=9_999).atte
    )
    effects = group_time_effects(rows_as_panel(counties))
    ours = aggregate(effects, "event", inference=Inference(method="multiplier", draws=9_999))

    ratios = ours.estimates.errors / np.asarray(theirs["se_egt"], dtype=float)
    print("bootstrapped errors, ours by theirs:", ratios.round(3))
    np.testing.assert_allclose(ratios, 1, atol=0.06)


def large(units, periods, cohorts):
    chance = np.random.default_rng(0)
    outcomes = chance.normal(size=(units, periods)).cumsum(axis=1) + chance.normal(size=(units, 1)) * 10
    dates = np.append(np.arange(periods // 6, periods // 6 + cohorts), NEVER)
    return wide_panel(outcomes, chance.choice(dates, units), clusters=np.arange(units) // 10)


@pytest.mark.parametrize("shape", [(7_778, 72, 48), (18_000, 120, 12)], ids=["560,000 rows", "2,160,000 rows"])
@pytest.mark.parametrize("controls", ["never", "not_yet"])
@pytest.mark.parametrize("clustered", [False, True], ids=["units", "clusters"])
def bench_a_large_panel(shape, controls, clustered):
    made = large(*shape)
    panel = made if clustered else wide_panel(made.outcomes, made.treated_from)

    seconds = {}
    effects = timed(seconds, "group-time", lambda: group_time_effects(panel, controls=controls))
    for kind in ("simple", "group", "calendar", "event"):
        timed(seconds, kind, lambda kind=kind: aggregate(effects, kind))
    multiplier = Inference(method="multiplier")
    timed(seconds, "999 draws for event", lambda: aggregate(effects, "event", inference=multiplier))
    tracemalloc.start()
    group_time_effects(panel, controls=controls)
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"\n{shape} {controls} {effects.said} {effects.cohorts.size:,} effects; CPU seconds", seconds, f"{most:.0f} MB"
    )
    assert np.isfinite(effects.estimates.errors).all()


def timed(seconds, name, run):
    """CPU time of this process, which other work on the machine does not stretch as it does the clock on the wall."""
    start = time.process_time()
    result = run()
    seconds[name] = round(time.process_time() - start, 3)
    return result


def bench_a_large_panel_bootstrapped_effect_by_effect():
    made = large(7_778, 72, 48)
    seconds = {}
    options = Inference(method="multiplier")
    panel = wide_panel(made.outcomes, made.treated_from)
    effects = timed(seconds, "999 draws", lambda: group_time_effects(panel, inference=options))
    print(f"\n{effects.cohorts.size:,} group-time effects with bands; CPU seconds", seconds)
    assert np.isfinite(effects.estimates.band_low).all()
