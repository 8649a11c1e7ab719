"""How often one series changes without a cause: false positives of interrupted series and before-after; printed."""

import numpy as np
from statsmodels.regression.linear_model import OLS

from lecen.science.arrays import generator
from lecen.science.before_after import before_after
from lecen.science.interrupted_series import interrupted_counts, interrupted_series
from lecen.science.interrupted_series.series import terms_of

DRAWS = 500
RELATED = (0.0, 0.3, 0.6)


def related(correlation, periods, rng):
    noise = rng.normal(size=periods + 40)
    for place in range(1, len(noise)):
        noise[place] += correlation * noise[place - 1]
    return noise[40:] * np.sqrt(1 - correlation**2)


def newey_west_alone(series, terms, lags):
    """The p-value of the mean change with the usual Newey-West errors and nothing else."""
    fit = OLS(series, terms.columns).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)
    return float(fit.t_test(terms.average).pvalue)


def bench_false_positives_of_a_series():
    rng = generator(40)
    print("\nperiods  neighbors  level  slope  average  average, Newey-West alone   (share of p < .05, no change)")
    for periods in (16, 24, 48, 96):
        terms = terms_of(periods, periods // 2, None)
        for correlation in RELATED:
            found = np.zeros(4)
            for _ in range(DRAWS):
                series = related(correlation, periods, rng)
                fit = interrupted_series(series, periods // 2)
                changes = (fit.level, fit.slope, fit.average)
                found += [*(one.p_value < 0.05 for one in changes), newey_west_alone(series, terms, fit.lags) < 0.05]
            shares = found / DRAWS
            print(f"{periods:7d}  {correlation:9.1f}  " + "  ".join(f"{share:.3f}" for share in shares))
            assert shares[:3].max() <= 0.17


def bench_false_positives_of_counts():
    rng = generator(41)
    print("\nperiods  mean  spread                average   (share of p < .05, no change)")
    for periods, mean in ((24, 5), (60, 5), (60, 50)):
        for spread in ("Poisson", "wider", "wider, related"):
            found = 0
            for _ in range(DRAWS // 2):
                noise = {"Poisson": np.zeros(periods), "wider": 0.4 * rng.normal(size=periods)}.get(
                    spread, 0.4 * related(0.5, periods, rng)
                )
                counts = rng.poisson(mean * np.exp(noise - noise.var() / 2))
                found += interrupted_counts(counts, periods // 2).average.p_value < 0.05
            print(f"{periods:7d}  {mean:4d}  {spread:20s}  {found / (DRAWS // 2):.3f}")
            assert found / (DRAWS // 2) <= 0.15


def bench_a_program_that_starts_after_a_spike():
    """Nothing happens, but the program starts when the last period was the highest of all: what is found then?"""
    rng = generator(42)
    found, flagged, tried = 0, 0, 0
    while tried < DRAWS:
        series = rng.normal(size=40)
        if series[:20].argmax() != 19:
            continue
        fit = interrupted_series(series, 20)
        tried += 1
        found += fit.level.p_value < 0.05 and fit.level.estimate < 0
        flagged += fit.spike is not None
    print(f"\nafter the highest period of all: 'decrease' in {found / DRAWS:.3f}, spike named in {flagged / DRAWS:.3f}")
    assert flagged > 0


def bench_people_who_come_at_their_worst():
    """Before and after: nothing happens, but people joined because they scored in the lowest third."""
    rng = generator(43)
    plain = worst = 0
    for _ in range(DRAWS):
        usual = rng.normal(size=120)
        first, second = usual + rng.normal(size=120), usual + rng.normal(size=120)
        plain += before_after(first[:40], second[:40]).p_value < 0.05
        low = np.argsort(first)[:40]
        worst += before_after(first[low], second[low]).p_value < 0.05
    print(f"\nbefore-after, no effect: anybody {plain / DRAWS:.3f}, those at their worst {worst / DRAWS:.3f}")
    assert plain / DRAWS <= 0.08
