"""Synthetic control beside pysyncon: the same weights, how many times faster; what placebos and nested weights cost;
and how often a panel without an effect passes for one with.

Seconds are processor time of one thread where OPENBLAS_NUM_THREADS is 1.
"""

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lecen.science.synthetic_control import (
    METHODS,
    conformal_interval,
    conformal_p,
    fit,
    mixture,
    placebo_test,
    specifications,
)
from lecen.science.synthetic_control.ridge import corrections
from tests.science.synthetic_control.panels import homicides, proposition_99, simulated

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its docstrings hold escapes that Python frowns on
    from pysyncon import AugSynth, Dataprep, Synth

UNITS, BEFORE, AFTER = 58, 17, 6
PANELS = 200


def seconds(work: Callable[[], Any], *, times: int = 1) -> tuple[float, Any]:
    """The processor time of one of `times` runs, and the last answer."""
    began = time.process_time()
    for _ in range(times):
        answer = work()
    return (time.process_time() - began) / times, answer


def distance(shares, target, donors):
    """Squared distance of the mixture; SLSQP's shares may sum to 1.00001, which would pass for a better fit."""
    return float(np.sum((target - shares / shares.sum() @ donors) ** 2))


def bench_the_inner_solve_beside_pysyncon():
    table = simulated(1, units=UNITS, periods=BEFORE + AFTER, before=BEFORE)[:, :BEFORE]
    target, donors = table[0], table[1:]

    ours, shares = seconds(lambda: mixture(target, donors), times=500)
    theirs, (other, _) = seconds(lambda: Synth.w_optimize(np.eye(BEFORE), donors.T, target), times=3)

    near, far = distance(shares, target, donors), distance(np.asarray(other), target, donors)
    print(f"\n57 donors x 17 periods: {ours * 1e6:.0f} µs, pysyncon {theirs * 1e3:.1f} ms: {theirs / ours:.0f} times")
    print(f"squared distance: ours {near:.8f}, pysyncon {far:.8f}")
    assert near <= far * (1 + 1e-9)


@pytest.mark.data
def bench_the_inner_solve_on_homicides(real_data):
    table = homicides(real_data).with_excluded().table()[:, :BEFORE]
    ours, shares = seconds(lambda: mixture(table[0], table[1:]), times=500)
    theirs, (other, _) = seconds(lambda: Synth.w_optimize(np.eye(BEFORE), table[1:].T, table[0]), times=3)
    near, far = distance(shares, table[0], table[1:]), distance(np.asarray(other), table[0], table[1:])

    print(f"\n57 cities x 17 years: {ours * 1e6:.0f} µs, pysyncon {theirs * 1e3:.1f} ms: {theirs / ours:.0f} times")
    print(f"squared distance: ours {near:.6f}, pysyncon {far:.6f}")
    assert near <= far * (1 + 1e-9)


@pytest.mark.data
def bench_the_whole_placebo(real_data):
    cities, california = homicides(real_data).table(), proposition_99(real_data)
    states = california.table()
    print()
    for method in METHODS:
        took, test = seconds(lambda method=method: placebo_test(cities, BEFORE, method=method), times=3)
        print(f"57 cities, {method}: {took:.3f} s, rank {test.rank} of {test.n}")
    weights = fit(states, 19, matching=california.matching(None, 20, 0)).predictor_weights
    fixed = california.matching(weights, 1, 0)
    took, test = seconds(lambda: placebo_test(states, 19, matching=fixed), times=3)
    print(f"39 states, 7 predictors with fixed weights: {took:.3f} s, California {test.rank} of {test.n}")
    assert (test.rank, test.n) == (1, 39)


@pytest.mark.data
def bench_nested_predictor_weights(real_data):
    california = proposition_99(real_data)
    table, published = california.table(), np.zeros(38)
    for state, share in [("Utah", 0.334), ("Nevada", 0.234), ("Montana", 0.199), ("Colorado", 0.164)]:
        published[california.donors.index(state)] = share
    published[california.donors.index("Connecticut")] = 0.069
    reference = distance(published, table[0, :19], table[1:, :19]) / 19

    print(f"\nmean squared error of the published weights: {reference:.4f}")
    for seed in range(5):
        took, found = seconds(lambda seed=seed: fit(table, 19, matching=california.matching(None, 20, seed)))
        print(f"seed {seed}: {took:.2f} s, mean squared error {found.before_error**2:.4f}")
        assert found.before_error**2 <= reference
    took, test = seconds(lambda: placebo_test(table, 19, matching=california.matching(None, 20, 0)))
    print(f"placebos, weights searched for every state: {took:.1f} s, California {test.rank} of {test.n}")
    assert (test.rank, test.n) == (1, 39)


@pytest.mark.data
def bench_ridge_augmentation_beside_pysyncon(real_data):
    california = proposition_99(real_data)
    long = pd.DataFrame(
        [
            (unit, period, value)
            for unit, row in zip(california.units, california.outcome, strict=True)
            for period, value in zip(california.periods, row, strict=True)
        ],
        columns=["state", "year", "packs"],
    )
    prepared = Dataprep(
        foo=long,
        predictors=["packs"],
        predictors_op="mean",
        dependent="packs",
        unit_variable="state",
        time_variable="year",
        treatment_identifier="California",
        controls_identifier=list(california.donors),
        time_predictors_prior=range(1970, 1989),
        time_optimize_ssr=range(1970, 1989),
    )
    other = AugSynth()
    theirs, _ = seconds(lambda: other.fit(prepared, use_covariates=False))
    table = california.table()
    ours, found = seconds(lambda: fit(table, 19, method="ridge_augmented"), times=10)
    early = table[:, :19]
    base = mixture(early[0], early[1:])
    same = base + corrections(early[0], early[1:], base, np.array([other.lambda_]))[0]
    apart = float(np.abs(same - np.asarray(other.W)).max())

    print(f"\nridge with its penalty chosen: {ours * 1e3:.1f} ms, pysyncon {theirs:.2f} s: {theirs / ours:.0f} times")
    print(f"penalty {found.penalty:.0f}, pysyncon {other.lambda_:.0f}; at theirs the weights differ by {apart:.5f}")
    assert apart < 1e-3


def bench_false_positives_without_an_effect():
    """Panels of 58 units, 17 periods before and 6 after, in which nothing happened to anybody."""
    print(f"\n{PANELS} panels: p at or below .05, and 95 % intervals that hold 0")
    for method in METHODS[:2] + METHODS[3:]:
        tests = [
            placebo_test(simulated(seed, units=UNITS, periods=BEFORE + AFTER, before=BEFORE), BEFORE, method=method)
            for seed in range(PANELS)
        ]
        false = np.mean([test.p <= 0.05 for test in tests])
        held = np.mean([test.interval.low <= 0 <= test.interval.high for test in tests])
        print(f"placebo {method}: {false:.3f} {held:.3f}")
    for method in METHODS[:2]:
        panels = [simulated(seed, units=UNITS, periods=BEFORE + AFTER, before=BEFORE) for seed in range(PANELS)]
        false = np.mean([conformal_p(table, BEFORE, method=method) <= 0.05 for table in panels])
        intervals = [conformal_interval(table, BEFORE, method=method) for table in panels[:50]]
        held = np.mean([one is not None and one.low <= 0 <= one.high for one in intervals])
        print(f"conformal {method}: {false:.3f} {held:.3f}")


@pytest.mark.data
def bench_every_specification_for_homicides_in_dc(real_data):
    """What the methods page shows: every method, scale and set of donors, and other beginnings of the pre-period."""
    took, found = seconds(lambda: specifications(homicides(real_data), first_periods=[1995]))
    print(f"\n{len(found)} specifications in {took:.1f} s")
    for one in found:
        estimate = one.estimate
        print(
            f"{one.first_period} {one.method:15} {one.scale:5} {one.donors:7} {estimate.effect:7.2f} "
            f"{estimate.percent:5.0f} %  {estimate.rank:2} of {estimate.n}  {estimate.pre_fit.grade:4}  "
            f"{estimate.heaviest} {estimate.share:.0%}"
        )
    for first in (1980, 1985):
        earlier = homicides(real_data, first)
        for panel, donors in ((earlier, "planned"), (earlier.with_excluded(), "all")):
            test = placebo_test(panel.table(), panel.before)
            print(f"{first} classic level {donors}: {test.effect:.2f}, {test.rank} of {test.n}")
