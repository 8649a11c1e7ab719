"""The wild cluster bootstrap: for few clusters that each hold units of several cohorts.

Cluster contributions get random signs, and the studentized estimate is compared with its draws. Sources: Cameron,
Gelbach and Miller, Review of Economics and Statistics 90 (2008) 414-427; on contributions instead of residuals, Kline
and Santos, Journal of Econometric Methods 1 (2012) 23-41; six-point weights, Webb, Queen's Economics Department
Working Paper 1315 (2014).
"""

import numpy as np

from lecen.science.arrays import MOST_NUMBERS, Numbers, generator
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.estimates import Estimates
from lecen.science.difference_in_differences.influence import cluster_contributions, usable
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.weights import Scheme, Weighted
from lecen.science.errors import ScienceError

LEAST_CLUSTERS = 5
CLOSE = 1e-9
SIX_POINTS_BELOW = 12  # two signs give too few different draws below this many clusters


def infer(comparisons: Comparisons, scheme: Scheme, weighted: Weighted, inference: Inference) -> tuple[Estimates, str]:
    """Give estimates with studentized bootstrap intervals, and say how.

    Takes what is compared, how it is put together, the result of that, and how often to draw. Raises `ScienceError`
    for fewer than 5 clusters or more draws than can be held.
    """
    draws, level = inference.draws, inference.level
    blocks = [each for _, each in cluster_contributions(comparisons, weighted)]
    each = np.hstack(blocks)
    clusters = each.shape[0]
    if clusters < LEAST_CLUSTERS:
        raise ScienceError(f"A wild bootstrap needs at least {LEAST_CLUSTERS} clusters, not {clusters}.")
    if draws * each.shape[1] > MOST_NUMBERS:
        raise ScienceError(f"{draws:,} draws of {each.shape[1]:,} estimates are too many to hold.")
    values = weighted.values
    errors = usable(_spread(np.ones((1, clusters)), each)[0], comparisons, weighted)
    points = _points(clusters)
    signs = points[generator(inference.seed).integers(0, points.size, (draws, clusters))]
    found = np.isfinite(errors)
    standardized = np.zeros((draws, values.size))
    # Signs that make all contributions alike leave no spread: as far out as can be.
    spread = np.maximum(_spread(signs, each[:, found]), CLOSE * errors[found])
    standardized[:, found] = np.abs(signs @ each[:, found]) / spread
    p_values = (1 + (standardized >= np.abs(values) / errors).sum(axis=0)) / (draws + 1)
    half = np.quantile(standardized, level, axis=0, method="higher") * errors
    largest = standardized[:, : values.size - scheme.overall].max(axis=1, initial=0)
    bands = np.quantile(largest, level, method="higher") * errors
    if scheme.overall:
        bands[-1] = np.nan
    p_values[~found] = np.nan
    name = "six-point (Webb)" if clusters < SIX_POINTS_BELOW else "Rademacher"
    how = f"wild cluster bootstrap with {name} weights, {draws:,} draws over {comparisons.counted}"
    return Estimates(values, errors, values - half, values + half, p_values, values - bands, values + bands), how


def _points(clusters: int) -> Numbers:
    if clusters >= SIX_POINTS_BELOW:
        return np.array([-1.0, 1.0])
    sizes = np.sqrt([0.5, 1.0, 1.5])
    return np.concatenate([-sizes, sizes])


def _spread(signs: Numbers, each: Numbers) -> Numbers:
    """Give the error of each sum of signed contributions, their mean taken out."""
    clusters = each.shape[0]
    squares = signs**2 @ each**2 - (signs @ each) ** 2 / clusters
    spread: Numbers = np.sqrt(np.maximum(squares, 0) * clusters / (clusters - 1))
    return spread
