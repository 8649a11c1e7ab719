"""What each unit contributes to an estimate: influence functions, made from few coefficients a cohort.

Every estimate here is a weighted sum of comparisons of means, so what a unit of cohort c contributes is linear in its
own outcomes, with coefficients that all units of c share. Finding these first and multiplying once is why nothing of
the size units × comparisons need be kept. Scaled so that the sum of squares over units is the estimate's variance.
"""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.panel import Places
from lecen.science.difference_in_differences.weights import Weighted

COLUMNS_AT_ONCE = 128
ROUNDING = 1e-13  # an error below this share of the largest outcome is one of arithmetic


def coefficients(comparisons: Comparisons, weights: sparse.csc_array, ends: tuple[int, int] = (1, -1)) -> Numbers:
    """Give what a unit's outcomes are multiplied with: cohorts × (periods + 1) × estimates, the last a constant.

    `weights` is comparisons × estimates; `ends` says with which sign the comparisons' period and base period enter.
    """
    one = comparisons
    sizes, shape = one.sizes, (one.cohorts.size, one.panel.periods.size + 1)
    treated, controls = one.effects(one.cohort_sums(one.outcomes), sizes)
    last = np.full(one.cohort.size, shape[1] - 1)
    columns = np.concatenate([one.period, one.base, last])
    level = np.full(one.cohort.size, 1.0)
    treated_part = np.concatenate([level * ends[0], level * ends[1], -treated]) / np.tile(sizes[one.cohort], 3)
    control_part = np.concatenate([-level * ends[0], -level * ends[1], controls])
    control_part /= np.tile(one.control_sizes(sizes), 3)
    own = np.tile(one.cohort, 3)
    direct = _gather(own, columns, treated_part - np.where(np.tile(one.inside, 3), control_part, 0), shape)
    later = _gather(np.tile(one.first, 3), columns, control_part, shape)
    found: Numbers = (later @ weights).toarray().reshape(*shape, -1).cumsum(axis=0)
    found += (direct @ weights).toarray().reshape(found.shape)
    return found


def _gather(rows: Places, columns: Places, values: Numbers, shape: tuple[int, int]) -> sparse.csr_array:
    """Lay three entries for each comparison (period, base, constant) into a matrix (cohort, period) × comparisons."""
    comparisons = rows.size // 3
    places = (rows * shape[1] + columns, np.tile(np.arange(comparisons), 3))
    return sparse.csr_array((values, places), shape=(shape[0] * shape[1], comparisons))


def unit_contributions(comparisons: Comparisons, weighted: Weighted, columns: slice = slice(None)) -> Numbers:
    """Give kept units × estimates: what each unit adds to the error of each estimate."""
    found = coefficients(comparisons, weighted.weights[:, columns])
    found[:, -1] += weighted.sampling[:, columns]
    result = np.empty((comparisons.units.size, found.shape[2]))
    for cohort, (start, end) in enumerate(zip(comparisons.starts, comparisons.starts[1:], strict=False)):
        result[start:end] = comparisons.outcomes[start:end] @ found[cohort, :-1] + found[cohort, -1]
    return result


def cluster_contributions(comparisons: Comparisons, weighted: Weighted) -> Iterator[tuple[slice, Numbers]]:
    """Give clusters × estimates, some estimates at a time with their places."""
    labels, codes = np.unique(comparisons.clusters, return_inverse=True)
    for start in range(0, weighted.weights.shape[1], COLUMNS_AT_ONCE):
        columns = slice(start, start + COLUMNS_AT_ONCE)
        each = unit_contributions(comparisons, weighted, columns)
        if labels.size < each.shape[0]:
            member = (np.ones(codes.size), (codes, np.arange(codes.size)))
            each = sparse.csr_array(member, shape=(labels.size, codes.size)) @ each
        yield columns, each


def usable(errors: Numbers, comparisons: Comparisons, weighted: Weighted) -> Numbers:
    """Put NaN for errors that are nothing but rounding, or that leave out the chance of a cluster standing alone."""
    least = ROUNDING * np.abs(comparisons.panel.outcomes).max()
    lonely = abs(weighted.weights).T @ comparisons.lonely.astype(np.float64) > 0
    return np.where((errors > least) & ~lonely, errors, np.nan)
