"""Difference-in-differences: the same figures as another implementation's, the time large panels take, and how often
intervals hold and tests err on panels with known answers."""

import csv
import time
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from csdid.att_gt import ATTgt

from lecen.science.difference_in_differences import (
    NEVER,
    Inference,
    aggregate,
    efficient_effects,
    group_time_effects,
    long_panel,
    pre_trends,
    wide_panel,
)
from lecen.science.errors import ScienceError

NAMES = {"never": "nevertreated", "not_yet": "notyettreated", "event": "dynamic"}


@pytest.fixture(scope="module")
def counties(real_data):
    with (real_data / "evaluation" / "mpdta.csv").open() as file:
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


@pytest.mark.data
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


@pytest.mark.data
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


@pytest.mark.data
@pytest.mark.filterwarnings("ignore")
def bench_the_test_before_treatment_as_csdid_has_it(counties):
    theirs = other_implementation(counties, "never", "varying", 0)
    ours = pre_trends(group_time_effects(rows_as_panel(counties)), of="group_time")

    statistic, chance = theirs.MP["W"], theirs.MP["Wpval"]
    print(f"\nWald {ours.statistic:.4f}, theirs {statistic:.4f}; p {ours.p_value:.3f}, chi-squared {chance:.3f}")
    assert ours.statistic == pytest.approx(statistic)


def lasting(sizes, seed, *, dates=(3, 5, NEVER), periods=8, effect=0.0, clusters=None, shared=0.0):
    """Units with levels of their own and noise of which half lasts from period to period; dates dealt by chance."""
    chance = np.random.default_rng(seed)
    since = np.repeat(dates, sizes)
    since = chance.permutation(since) if clusters is None else since
    noise = chance.normal(size=(since.size, periods))
    for period in range(1, periods):
        noise[:, period] = 0.5 * noise[:, period - 1] + np.sqrt(0.75) * noise[:, period]
    if clusters is not None:
        noise += shared * chance.normal(size=(clusters.max() + 1, periods))[clusters]
    noise += 2 * chance.normal(size=(since.size, 1)) + effect * (np.arange(periods) >= since[:, None])
    return wide_panel(noise, since, clusters=clusters)


WITHIN = np.tile(np.arange(10), 12)  # 10 clusters that each hold units of every cohort
WHOLE = np.repeat(np.arange(15), 8)  # 15 clusters, each treated as a whole or not
MANY_DATES = {"dates": (*range(3, 18), NEVER), "periods": 24}
DESIGNS = {
    "50, 50 treated of 300": ((50, 50, 200), {}),
    "20, 20 treated of 100": ((20, 20, 60), {}),
    "10, 10 treated of 100": ((10, 10, 80), {}),
    "10, 10 treated of 50": ((10, 10, 30), {}),
    "15 dates of 3 units, 145": ((3,) * 15 + (100,), MANY_DATES),
    "5, 5 treated of 100": ((5, 5, 90), {}),
    "1 treated of 57": ((1, 56), {"dates": (3, NEVER)}),
    "10 clusters, dates mixed in": ((40, 40, 40), {"clusters": WITHIN, "shared": 1.0}),
    "15 clusters, treated whole": ((40, 40, 40), {"clusters": WHOLE, "shared": 1.0}),
}


@pytest.mark.parametrize("design", DESIGNS)
def bench_false_positives_and_coverage(design, draws=400):
    sizes, options = DESIGNS[design]
    chosen = Inference(draws=199)
    errs, holds, analytic, before, method = [], [], [], [], ""
    first = 1_000 * list(DESIGNS).index(design)
    for seed in range(first, first + draws):
        effects = group_time_effects(
            lasting(sizes, seed, effect=1.0, **options), inference=Inference(method="analytic")
        )
        found = aggregate(effects, "event", inference=chosen)
        usual = aggregate(effects, "event", inference=Inference(method="analytic")).overall
        none = group_time_effects(lasting(sizes, seed, **options), inference=Inference(method="analytic"))
        errs.append(aggregate(none, "event", inference=chosen).overall.p_value <= 0.05)
        holds.append(found.overall.low <= 1 <= found.overall.high)
        analytic.append(abs(usual.value - 1) > 1.96 * usual.error if np.isfinite(usual.error) else np.nan)
        before.append(tested(effects, chosen))
        method = found.method
    print(
        f"\n{design:28} {method:14} errs {np.mean(errs):.3f}  holds {np.mean(holds):.3f}"
        f"  analytic errs {np.mean(analytic):.3f}  before treatment errs {np.mean(before):.3f}"
    )
    assert 0.9 <= np.mean(holds) <= 1


def tested(effects, options):
    """Whether the test before treatment errs; NaN where it is refused."""
    try:
        return pre_trends(effects, inference=options).p_value <= 0.05
    except ScienceError:
        return np.nan


def bench_the_efficient_estimator_beside_difference_in_differences(draws=400):
    for name in ("50, 50 treated of 300", "20, 20 treated of 100", "5, 5 treated of 100"):
        found = [efficient_effects(lasting(DESIGNS[name][0], seed, effect=1.0)) for seed in range(draws)]
        values, plain = ([getattr(one, part).value for one in found] for part in ("overall", "unadjusted"))
        holds = np.mean([one.overall.low <= 1 <= one.overall.high for one in found])
        print(
            f"\n{name:28} {found[0].method:14} mean {np.mean(values):.3f}  spread {np.std(values):.3f}"
            f" (difference-in-differences {np.std(plain):.3f})  holds {holds:.3f}"
        )
        assert holds >= 0.9


def bench_bands_hold_all_effects_together(draws=400):
    options = Inference(method="multiplier", draws=499)
    holds = []
    for seed in range(draws):
        effects = group_time_effects(lasting((50, 50, 200), seed), inference=Inference(method="analytic"))
        bands = aggregate(effects, "event", inference=options).estimates
        holds.append(((bands.band_low <= 0) & (bands.band_high >= 0)).all())
    print(f"\nsimultaneous bands hold all effects: {np.mean(holds):.3f}")
    assert np.mean(holds) >= 0.9
