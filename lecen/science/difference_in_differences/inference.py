"""Errors, intervals and simultaneous bands for estimates with influence functions; and which method may be used.

Sources: multiplier bootstrap and bands, Callaway and Sant'Anna, Journal of Econometrics 225 (2021) 200-230, algorithm
1; weights of Mammen, Annals of Statistics 21 (1993) 255-285; few clusters, Cameron, Gelbach and Miller, Review of
Economics and Statistics 90 (2008) 414-427, and few treated clusters, MacKinnon and Webb, Journal of Applied
Econometrics 32 (2017) 233-254.
"""

import numpy as np
from scipy.special import ndtr

from lecen.science.arrays import MOST_NUMBERS, Numbers, generator
from lecen.science.difference_in_differences import randomization, wild
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.estimates import Estimates
from lecen.science.difference_in_differences.influence import cluster_contributions, usable
from lecen.science.difference_in_differences.options import Inference, Method, Multiplier
from lecen.science.difference_in_differences.weights import Scheme, Weighted
from lecen.science.errors import ScienceError
from lecen.science.intervals import normal_quantile

FEW_CLUSTERS = 20
SMALL_COHORT = 5  # its own spread is underestimated by a fifth or more
DRAWS_AT_ONCE = 128
QUARTILES_APART = 2 * 0.6744897501960817  # of a standard normal


def choose(comparisons: Comparisons, inference: Inference) -> tuple[Method, str]:
    """Decide on the method, and say why in the beginning of a sentence. Raises `ScienceError`."""
    inference.check()
    if inference.method != "automatic":
        return inference.method, "as asked for: "
    if not (why := too_few(comparisons)):
        return "analytic", ""
    return ("randomization" if randomization.possible(comparisons) else "wild"), f"because {why}: "


def too_few(comparisons: Comparisons) -> str:
    """Say why errors from theory would be too small; nothing where they will do."""
    if np.unique(comparisons.clusters).size < FEW_CLUSTERS:
        return f"there are only {comparisons.counted}, fewer than {FEW_CLUSTERS}"
    counts = comparisons.cluster_counts[np.unique(comparisons.cohort)]
    treated, controls = clusters_on_each_side(comparisons)
    if min(treated - counts.size + 1, controls) < FEW_CLUSTERS:  # each further date takes a mean from the treated
        dates = f"at {counts.size} dates, " if counts.size > 1 else ""
        return f"only {treated:,} of {comparisons.counted} are treated, {dates}and {controls:,} compared with"
    if counts[counts < SMALL_COHORT].sum() > counts.sum() / 2:
        return f"most treated of {comparisons.counted} are in cohorts of fewer than {SMALL_COHORT}"
    if lonely := np.unique(comparisons.cohort[comparisons.lonely]).size:
        return f"{lonely:,} cohorts stand alone or beside a single one in a comparison of {comparisons.counted}"
    return ""


def clusters_on_each_side(comparisons: Comparisons) -> tuple[int, int]:
    """Count the clusters with units whose effects are estimated, and those with units they are compared with."""
    treated = np.isin(comparisons.cohort_of, comparisons.cohort)
    controls = comparisons.cohort_of >= comparisons.first.min()
    return np.unique(comparisons.clusters[treated]).size, np.unique(comparisons.clusters[controls]).size


def infer(comparisons: Comparisons, scheme: Scheme, inference: Inference) -> tuple[Estimates, Method, str]:
    """Estimate what `scheme` asks for, with errors. Returns the estimates, the method and a sentence that says it."""
    method, why = choose(comparisons, inference)
    weighted = scheme.apply(comparisons)
    if method == "randomization":
        found, how = randomization.infer(comparisons, scheme, weighted, inference)
    elif method == "wild":
        found, how = wild.infer(comparisons, scheme, weighted, inference)
    elif method == "multiplier":
        found, how = _bootstrap(comparisons, scheme, weighted, inference)
    else:
        found, how = _analytic(comparisons, weighted, inference.level)
    said = f"{why}{how}."
    return found, method, said[0].upper() + said[1:]


def _analytic(comparisons: Comparisons, weighted: Weighted, level: float) -> tuple[Estimates, str]:
    errors = np.empty(weighted.values.size)
    for columns, each in cluster_contributions(comparisons, weighted):
        errors[columns] = np.sqrt(np.einsum("ij,ij->j", each, each))
    errors = usable(errors, comparisons, weighted)
    nothing = np.full(errors.size, np.nan)
    return normal(weighted.values, errors, level, nothing), f"analytic errors from {comparisons.counted}"


def normal(values: Numbers, errors: Numbers, level: float, bands: Numbers) -> Estimates:
    """Give estimates with normal intervals; `bands` are the half-widths of simultaneous bands."""
    half = normal_quantile(level) * errors
    p_values = 2 * ndtr(-np.abs(values) / errors)
    return Estimates(values, errors, values - half, values + half, p_values, values - bands, values + bands)


def _bootstrap(
    comparisons: Comparisons, scheme: Scheme, weighted: Weighted, inference: Inference
) -> tuple[Estimates, str]:
    """Draw one weight a cluster; errors from quartiles, bands from the largest of the standardized draws."""
    draws = inference.draws
    if draws * weighted.values.size > MOST_NUMBERS:
        raise ScienceError(f"{draws:,} draws of {weighted.values.size:,} estimates are too many to hold.")
    found = np.empty((draws, weighted.values.size))
    for columns, each in cluster_contributions(comparisons, weighted):
        chance = generator(inference.seed)  # the same weights for every block of estimates
        for start in range(0, draws, DRAWS_AT_ONCE):
            rows = min(DRAWS_AT_ONCE, draws - start)
            found[start : start + rows, columns] = _multipliers(chance, inference.weights, (rows, each.shape[0])) @ each
    lower, upper = np.quantile(found, [0.25, 0.75], axis=0)
    errors = usable((upper - lower) / QUARTILES_APART, comparisons, weighted)
    together = np.flatnonzero(np.isfinite(errors[: errors.size - scheme.overall]))
    bands = np.full(errors.size, np.nan)
    if together.size:
        largest = np.abs(found[:, together] / errors[together]).max(axis=1)
        bands[together] = np.quantile(largest, inference.level, method="higher") * errors[together]
    name = inference.weights.capitalize()
    how = f"multiplier bootstrap with {name} weights, {draws:,} draws over {comparisons.counted}"
    return normal(weighted.values, errors, inference.level, bands), how


def _multipliers(chance: np.random.Generator, kind: Multiplier, shape: tuple[int, int]) -> Numbers:
    """Draw weights of mean 0 and variance 1; Mammen's have a third moment of 1 too."""
    if kind == "rademacher":
        values, share = (-1.0, 1.0), 0.5
    else:
        values, share = ((1 - 5**0.5) / 2, (1 + 5**0.5) / 2), (5**0.5 + 1) / (2 * 5**0.5)
    drawn: Numbers = np.where(chance.random(shape) < share, *values)
    return drawn
