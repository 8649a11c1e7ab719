"""One factor behind the items, fitted by maximum likelihood: the ground on which omega stands.

The likelihood is maximized over the uniquenesses alone (Jöreskog, Psychometrika 32 (1967) 443-482), each held above
0.5 % of its item's variance. Many covariance matrices at once, as the bootstrap needs them, are fitted by the EM
steps of Rubin and Thayer, Psychometrika 47 (1982) 69-76, whose likelihood never falls.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError

LEAST_UNIQUENESS = 0.005  # of an item's variance; a fit that wants less is a Heywood case
FEWEST_ITEMS = 3
EM_STEPS = 3_000  # near a Heywood case EM crawls; such fits are then made one by one
EM_TOLERANCE = 1e-7  # of omega; the resamples differ by a hundred thousand times as much
LARGEST_SLOPE = 1e-4
WORST_CONDITION = 1e12


@dataclass(frozen=True)
class OneFactor:
    """Loadings and unique variances in the units of the items given; the sum of the loadings is not negative."""

    loadings: Numbers
    uniquenesses: Numbers


def one_factor(covariance: Numbers) -> OneFactor:
    """Fit one factor to a covariance matrix of at least three items.

    Raises `ScienceError` where the matrix is not positive definite, the fit does not converge, or an item would have
    no variance of its own (a Heywood case), for then no figure drawn from the model means anything.
    """
    given = numbers(covariance, "The covariance", dimensions=2)
    if given.shape[0] != given.shape[1] or not np.allclose(given, given.T):
        raise ScienceError("The covariance must be a symmetric matrix.")
    if len(given) < FEWEST_ITEMS:
        raise ScienceError(f"A factor needs at least {FEWEST_ITEMS} items, not {len(given)}.")
    variances = np.diag(given)
    if (variances <= 0).any() or np.linalg.cond(given / np.sqrt(np.outer(variances, variances))) > WORST_CONDITION:
        raise ScienceError("Some items can be computed from the others, or do not vary; no factor can be fitted.")
    deviations = np.sqrt(variances)
    correlations = given / np.outer(deviations, deviations)
    shares = _best_uniquenesses(correlations, 0.5 / np.diag(np.linalg.inv(correlations)))
    if not _at_rest(shares, correlations):
        raise ScienceError("The factor's fit does not come to rest; no figure of it is given.")
    if (heywood := shares <= LEAST_UNIQUENESS * 1.01).any():
        raise ScienceError(
            f"Item {int(np.argmax(heywood))} (counted from 0) would have no variance of its own (a Heywood case); "
            "one factor does not describe these answers, or they are too few."
        )
    loadings = _loadings(correlations, shares)
    sign = 1.0 if loadings.sum() >= 0 else -1.0
    return OneFactor(sign * loadings * deviations, shares * variances)


def refit(covariances: Numbers, start: OneFactor) -> tuple[Numbers, Numbers, Numbers]:
    """Fit one factor to many covariance matrices (b, p, p) at once, beginning with a fit close to all of them.

    Returns loadings (b, p), unique variances (b, p), and whether each fit came to rest (b). Heywood cases stay in,
    with their uniqueness at its bound.
    """
    variances = np.einsum("bii->bi", covariances)
    loadings = np.tile(start.loadings, (len(covariances), 1))
    uniquenesses = np.maximum(np.tile(start.uniquenesses, (len(covariances), 1)), LEAST_UNIQUENESS * variances)
    moving = np.arange(len(covariances))
    for _ in range(EM_STEPS):
        before = omega_of(loadings[moving], uniquenesses[moving])
        loadings[moving], uniquenesses[moving] = _em_step(covariances[moving], loadings[moving], uniquenesses[moving])
        moving = moving[np.abs(omega_of(loadings[moving], uniquenesses[moving]) - before) > EM_TOLERANCE]
        if not len(moving):
            break
    resting = np.ones(len(covariances), dtype=bool)
    for one in moving:
        deviations = np.sqrt(variances[one])
        correlations = covariances[one] / np.outer(deviations, deviations)
        shares = _best_uniquenesses(correlations, uniquenesses[one] / variances[one])
        resting[one] = _at_rest(shares, correlations)
        loadings[one], uniquenesses[one] = _loadings(correlations, shares) * deviations, shares * variances[one]
    return loadings, uniquenesses, resting


def omega_of(loadings: Numbers, uniquenesses: Numbers) -> Numbers:
    """Give the share of the sum's variance that the factor explains; the last axis is the items."""
    common: Numbers = loadings.sum(axis=-1) ** 2
    return common / (common + uniquenesses.sum(axis=-1))


def _best_uniquenesses(correlations: Numbers, start: Numbers) -> Numbers:
    found = optimize.minimize(
        _misfit,
        np.clip(start, LEAST_UNIQUENESS, 1),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUENESS, 1.0)] * len(correlations),
        options={"maxiter": 1_000, "ftol": 1e-14, "gtol": 1e-8},
    )
    return np.asarray(found.x, dtype=np.float64)


def _at_rest(uniquenesses: Numbers, correlations: Numbers) -> bool:
    slope = _misfit(uniquenesses, correlations)[1]
    inside = (uniquenesses > LEAST_UNIQUENESS) & (uniquenesses < 1)
    return bool(np.abs(slope[inside]).max(initial=0) <= LARGEST_SLOPE)


def _misfit(uniquenesses: Numbers, correlations: Numbers) -> tuple[float, Numbers]:
    """Give the likelihood's loss with the best loadings put in, and its slope."""
    root = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    rest = np.maximum(values[:-1], np.finfo(float).tiny)
    factor = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0))
    slope = (factor**2 + uniquenesses - np.diag(correlations)) / uniquenesses**2
    return float((rest - np.log(rest) - 1).sum()), slope


def _loadings(correlations: Numbers, uniquenesses: Numbers) -> Numbers:
    root = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    return np.asarray(root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0)))


def _em_step(covariances: Numbers, loadings: Numbers, uniquenesses: Numbers) -> tuple[Numbers, Numbers]:
    weighted = loadings / uniquenesses
    spread = 1 + (loadings * weighted).sum(axis=1, keepdims=True)
    regression = weighted / spread
    together = np.einsum("bij,bj->bi", covariances, regression)
    second_moment = 1 / spread + (regression * together).sum(axis=1, keepdims=True)
    better = together / second_moment
    variances = np.einsum("bii->bi", covariances)
    return better, np.maximum(variances - better * together, LEAST_UNIQUENESS * variances)
