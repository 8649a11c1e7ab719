"""Randomization inference: what the estimate would be had other clusters been treated at the same dates.

For few clusters, or few treated ones, where errors from theory are too small. Exact where the clusters treated were
drawn by chance, whatever their number; else a comparison with placebos. Intervals hold the effects that would not be
rejected if every treated unit's outcome changed by the same amount. Sources: Fisher, The Design of Experiments (1935);
Rosenbaum, Observational Studies (2nd ed. 2002), chapter 2; for difference-in-differences with few treated clusters,
MacKinnon and Webb, Journal of Econometrics 218 (2020) 435-450.
"""

from collections.abc import Iterator
from itertools import combinations
from math import comb, prod

import numpy as np
from scipy import sparse

from lecen.science.arrays import MOST_NUMBERS, Numbers, generator
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.estimates import Estimates
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.panel import Places
from lecen.science.difference_in_differences.weights import Scheme, Weighted
from lecen.science.errors import ScienceError

CLOSE = 1e-9  # estimates from the same sums in another order differ by rounding; they count as equal
NUMBERS_AT_ONCE = 4_000_000


def possible(comparisons: Comparisons) -> bool:
    """Tell whether every cluster lies in one cohort, so that cohorts can be dealt anew to clusters."""
    pairs = np.unique(np.stack([comparisons.clusters, comparisons.cohort_of]), axis=1)
    return bool(np.unique(pairs[0]).size == pairs.shape[1])


def infer(comparisons: Comparisons, scheme: Scheme, weighted: Weighted, inference: Inference) -> tuple[Estimates, str]:
    """Give estimates with randomization p-values and intervals, and say how.

    Takes what is compared, how it is put together, the result of that, and how often to draw. All assignments are
    tried where they are at most one more than the draws, else so many. Errors are the spread of the estimate over
    assignments. Estimates before treatment get no interval, and there are no bands. Raises `ScienceError` where units
    of one cluster were first treated at different times, or assignments are more than can be held.
    """
    under_none, under_one, share = assignments(comparisons, scheme, inference.draws, inference.seed)
    values = under_none[0]
    slack = CLOSE * np.abs(under_none).max()
    p_values = (np.abs(under_none) >= np.abs(values) - slack).mean(axis=0)
    low, high = _interval(under_none, under_one, inference.level)
    spread = under_none.std(axis=0)
    nothing = np.full(values.size, np.nan)
    how = f"randomization inference over {share} of cohorts to {comparisons.counted}"
    return Estimates(
        weighted.values, np.where(spread > slack, spread, np.nan), low, high, p_values, nothing, nothing
    ), how


def assignments(comparisons: Comparisons, scheme: Scheme, draws: int, seed: int) -> tuple[Numbers, Numbers, str]:
    """Estimate under the true assignment (first row) and others, of the outcomes and of an effect of 1.

    Returns two arrays, assignments × estimates, and how many assignments there were.
    """
    if not possible(comparisons):
        raise ScienceError("Units of one cluster were first treated at different times: cohorts cannot be dealt anew.")
    labels, codes = np.unique(comparisons.clusters, return_inverse=True)
    cohort = np.zeros(labels.size, dtype=np.int64)
    cohort[codes] = comparisons.cohort_of
    periods = comparisons.panel.periods
    treated = periods >= comparisons.cohorts[comparisons.cohort_of][:, None]
    member = sparse.csr_array((np.ones(codes.size), (codes, np.arange(codes.size))))
    sums = member @ np.hstack([comparisons.outcomes, treated])
    counts = np.bincount(codes).astype(np.float64)
    dealt, said = _deals(cohort, comparisons.cohorts.size, draws, seed)
    if dealt.shape[0] * comparisons.cohort.size > MOST_NUMBERS:
        raise ScienceError(
            f"{dealt.shape[0]:,} assignments of {comparisons.cohort.size:,} effects are too many to hold."
        )
    at_once = max(1, NUMBERS_AT_ONCE // (2 * comparisons.cohorts.size * periods.size + comparisons.cohort.size))
    parts = [dealt[start : start + at_once] for start in range(0, dealt.shape[0], at_once)]
    none, one = np.concatenate([_estimates(comparisons, scheme, part, sums, counts) for part in parts], axis=1)
    return none, one, said


def _estimates(comparisons: Comparisons, scheme: Scheme, deals: Places, sums: Numbers, counts: Numbers) -> Numbers:
    """Estimate from sums by cluster, cluster i being of cohort `deals[., i]`; outcomes in the first half of `sums`.

    Returns 2 × assignments × estimates, of the outcomes and of an effect of 1.
    """
    shape = (deals.shape[0], comparisons.cohorts.size)
    rows = deals + np.arange(shape[0])[:, None] * shape[1]
    places = (rows.ravel(), np.tile(np.arange(deals.shape[1]), shape[0]))
    by_cohort = sparse.csr_array((np.ones(rows.size), places), shape=(shape[0] * shape[1], deals.shape[1]))
    halves = np.stack(np.split((by_cohort @ sums).reshape(*shape, -1), 2, axis=-1))
    sizes = (by_cohort @ counts).reshape(shape)
    treated, controls = comparisons.effects(halves, sizes)
    heavy = sizes[:, comparisons.cohort]
    return np.stack([scheme.values(effects, heavy) for effects in treated - controls])


def _deals(cohort: Places, cohorts: int, draws: int, seed: int) -> tuple[Places, str]:
    """List assignments of cohorts to clusters, the true one first: all of them, or that one and `draws` by chance."""
    sizes = np.bincount(cohort, minlength=cohorts)
    left = np.cumsum(sizes[::-1])[::-1]
    ways = prod(comb(int(rest), int(size)) for rest, size in zip(left, sizes, strict=True))
    if ways <= draws + 1:
        every = [deal for deal in _every(sizes.tolist()) if (deal != cohort).any()]
        return np.stack([cohort, *every]), f"all {ways:,} assignments"
    dealt = generator(seed).permuted(np.broadcast_to(cohort, (draws, cohort.size)), axis=1)
    return np.vstack([cohort, dealt]), f"{draws:,} random assignments"


def _every(sizes: list[int]) -> Iterator[Places]:
    """Yield every way to deal cohorts of these sizes."""
    places = sum(sizes)

    def deal(at: int, free: tuple[int, ...], dealt: Places) -> Iterator[Places]:
        if at == len(sizes):
            yield dealt.copy()
            return
        for chosen in combinations(free, sizes[at]):
            dealt[list(chosen)] = at
            yield from deal(at + 1, tuple(place for place in free if place not in chosen), dealt)

    yield from deal(0, tuple(range(places)), np.zeros(places, dtype=np.int64))


def _interval(under_none: Numbers, under_one: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Invert the test exactly.

    An effect of x is not rejected by an assignment where |none - x one| >= |value - x|: between two roots, as no
    assignment sees more than the true one, |one| <= 1. The interval keeps the x that enough assignments accept.
    """
    value, part, slack = under_none[0], np.clip(under_one, -1, 1), CLOSE * np.abs(under_none).max()
    same, opposite = part > 1 - CLOSE, part < CLOSE - 1
    one = (value - under_none) / np.where(same, 1, 1 - part)
    two = (value + under_none) / np.where(opposite, 1, 1 + part)
    one = np.where(same, np.where(under_none >= value - slack, -np.inf, np.inf), one)
    two = np.where(opposite, np.where(under_none + value >= -slack, np.inf, -np.inf), two)
    two = np.where(same & (np.abs(under_none - value) <= slack), np.inf, two)
    low, high = np.sort(np.minimum(one, two), axis=0), np.sort(np.maximum(one, two), axis=0)
    count = low.shape[0]
    rejected = int(np.floor(count * (1 - level) + CLOSE))  # an x stays while more than this many assignments accept it
    after = np.abs(under_one[0] - 1) < CLOSE
    return np.where(after, low[rejected], np.nan), np.where(after, high[count - 1 - rejected], np.nan)
