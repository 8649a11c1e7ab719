"""Would the lot alone have done this? Every assignment that could have been drawn, or many of them.

Sources: Fisher, The Design of Experiments (1935), chapter 2; Imbens and Rubin, Causal Inference (Cambridge 2015),
chapter 5; Phipson and Smyth, Statistical Applications in Genetics and Molecular Biology 9 (2010) 39 (drawn
assignments: p is never 0).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb, log, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from lecen.science.arrays import Numbers, generator
from lecen.science.errors import ScienceError
from lecen.science.experiments.trial import Trial, center_and_scale, trial_of
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval

MOST_WORK = 500_000_000  # draws × units: some 20 seconds
CHUNK = 4_000_000
# Sums of the same numbers in another order differ by rounding; such ties count as equal.
TIE = 1e-9


@dataclass(frozen=True)
class RandomizationTest:
    """A test of "no effect on any unit", by the draw itself.

    `p_value` is twice the smaller tail. `exact` tells whether every possible assignment was tried; `assignments` is
    how many were, the actual one among them. `smallest_p` is what the design could reach at best. `interval` holds
    the effects, alike for all units, that the test would not reject; None where the assignments are too few for its
    level.
    """

    effect: float
    p_value: float
    smallest_p: float
    exact: bool
    assignments: int
    interval: Interval | None
    level: float


def randomization_test(
    outcome: Any,
    treated: Any,
    *,
    blocks: Any = None,
    clusters: Any = None,
    people: bool = True,
    seed: int,
    draws: int = 9999,
    level: float = 0.95,
) -> RandomizationTest:
    """Test a trial by drawing its assignment again, within its blocks and by its clusters.

    Parameters
    ----------
    outcome, treated, blocks, clusters, people, level
        As in `difference`; the statistic is that difference.
    seed : int
        Of the draws; the same seed gives the same figures.
    draws : int
        Assignments drawn where more are possible; where there are no more, all are tried and the test is exact.

    Returns
    -------
    RandomizationTest

    Raises
    ------
    ScienceError
        As in `difference`, or more than 500 million draws times units.

    """
    trial, level = trial_of(outcome, treated, blocks, clusters, people=people), fraction(level, "The level")
    rng, draws = generator(seed), whole(draws, "Draws", least=99)
    if draws * len(trial.means) > MOST_WORK:
        raise ScienceError(f"{draws:,} draws of {len(trial.means):,} units are too many; take fewer draws.")
    exact = _possible(trial, draws + 1) <= draws + 1
    drawn = _all_assignments(trial) if exact else _drawn_assignments(trial, draws, rng)
    weights = _weights(trial)
    middle, scale = center_and_scale(trial.means)
    values = (trial.means - middle) / scale
    actual = trial.treated @ (weights * values)
    offset = float(actual - _contrast(trial, weights, values))
    found, overlap = _statistics(drawn, weights * values, weights * trial.treated)
    overlap_offset = float(trial.treated @ weights) - 1
    if not exact:
        found, overlap = np.append(found, actual), np.append(overlap, trial.treated @ weights)
    tails = _tails(found - offset, float(actual) - offset)
    return RandomizationTest(
        effect=(float(actual) - offset) * scale,
        p_value=min(1.0, 2 * min(tails)),
        smallest_p=min(1.0, 2 / len(found)),
        exact=exact,
        assignments=len(found),
        interval=_interval(found - actual, overlap - overlap_offset, level, scale),
        level=level,
    )


def _possible(trial: Trial, enough: int) -> int:
    """Count the assignments that could have been drawn, up to somewhere above `enough`."""
    units = np.bincount(trial.block)
    chosen = np.bincount(trial.block, trial.treated)
    logs = gammaln(units + 1) - gammaln(chosen + 1) - gammaln(units - chosen + 1)
    if logs.sum() > log(enough) + 1:  # the number itself may have a million digits
        return enough + 1
    return prod(comb(int(count), int(treated)) for count, treated in zip(units, chosen, strict=True))


def _weights(trial: Trial) -> Numbers:
    """What treating a unit adds to the difference, each time its outcome: block's share × (1/treated + 1/others)."""
    units = np.bincount(trial.block)
    chosen = np.bincount(trial.block, trial.treated)
    by_block: Numbers = units / units.sum() * (1 / chosen + 1 / (units - chosen))
    return by_block[trial.block]


def _contrast(trial: Trial, weights: Numbers, values: Numbers) -> float:
    chosen = np.bincount(trial.block, trial.treated) / np.bincount(trial.block)
    return float((weights * values) @ (trial.treated - chosen[trial.block]))


def _statistics(drawn: Iterator[NDArray[np.bool_]], first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    both = np.column_stack([first, second])
    sums = np.concatenate([chunk.astype(np.float64) @ both for chunk in drawn])
    return sums[:, 0], sums[:, 1]


def _all_assignments(trial: Trial) -> Iterator[NDArray[np.bool_]]:
    tables = []
    for number in range(trial.blocks):
        inside = trial.treated[trial.block == number]
        picks = np.array(list(combinations(range(len(inside)), int(inside.sum()))))
        table = np.zeros((len(picks), len(inside)), dtype=bool)
        np.put_along_axis(table, picks, values=True, axis=1)
        tables.append(table)
    total = prod(len(table) for table in tables)
    size = max(1, CHUNK // len(trial.means))
    for start in range(0, total, size):
        stop = min(start + size, total)
        some = np.empty((stop - start, len(trial.means)), dtype=bool)
        picked = np.arange(start, stop)
        for number, table in enumerate(tables):
            picked, rows = np.divmod(picked, len(table))
            some[:, trial.block == number] = table[rows]
        yield some


def _drawn_assignments(trial: Trial, draws: int, rng: np.random.Generator) -> Iterator[NDArray[np.bool_]]:
    order = np.argsort(trial.block, kind="stable")
    size = max(1, CHUNK // len(order))
    for start in range(0, draws, size):
        keys = trial.block[order] + rng.random((min(size, draws - start), len(order)))
        # A shuffle within blocks: block numbers are whole, the chance added to them lies below 1.
        shuffled = np.argsort(keys, axis=1)
        drawn = np.empty(keys.shape, dtype=bool)
        drawn[:, order] = trial.treated[order][shuffled]
        yield drawn


def _tails(found: Numbers, actual: float) -> tuple[float, float]:
    close = TIE * float(np.abs(found).max())
    return float((found >= actual - close).mean()), float((found <= actual + close).mean())


def _interval(gaps: Numbers, overlaps: Numbers, level: float, scale: float) -> Interval | None:
    """Invert both one-sided tests at once.

    With an effect e taken off, another assignment beats the actual one where gap ≥ e × (overlap - 1): each
    assignment turns at one e, and the ends are quantiles of these turning points.
    """
    alike = overlaps >= 1 - TIE
    turns = np.sort(gaps[~alike] / (overlaps[~alike] - 1))
    needed = int((1 - level) / 2 * len(gaps) * (1 + TIE)) - int(alike.sum()) + 1
    if needed < 1 or needed > len(turns):
        return None
    return Interval(float(turns[needed - 1]) * scale, float(turns[-needed]) * scale)
