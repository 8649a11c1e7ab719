"""Pooling where one agency brings several outcomes: robust variance estimation.

Sources: Hedges, Tipton and Johnson, Research Synthesis Methods 1 (2010) 39-65 (correlated effects, tau² by moments);
Tipton, Psychological Methods 20 (2015) 375-393 (CR2 with Satterthwaite degrees of freedom).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.intervals import Interval
from lecen.science.pooling.estimates import Basis, estimates_of
from lecen.science.pooling.heterogeneity import weighted_fit
from lecen.science.robust_variance import cluster_fit, cluster_places

LEAST_DEGREES = 4  # below it the test errs too often, by Tipton (2015)
LEAST_AGENCIES = 3
ROUNDING = 1e-12


@dataclass(frozen=True)
class RobustPooled:
    """A mean over dependent estimates.

    `standard_error` is CR2's, `degrees` Satterthwaite's; `reliable` is false where degrees are below 4, and then
    neither interval nor p-value should be shown as a finding. `tau_squared` is the variance of agencies' true effects
    under the assumed `correlation`.
    """

    basis: Basis
    level: float
    count: int
    agencies: int
    effect: float
    standard_error: float
    degrees: float
    interval: Interval
    p_value: float
    reliable: bool
    tau_squared: float
    correlation: float


def robust_pool(
    effects: Any,
    errors: Any,
    agencies: Any,
    *,
    basis: str | Sequence[str],
    correlation: float = 0.8,
    level: float = 0.95,
) -> RobustPooled:
    """Pool estimates of which several come from one agency and so from the same people or streets.

    Parameters
    ----------
    effects, errors, basis, level
        As in `random_effects`.
    agencies : array-like of labels
        Whose estimate each is; at least three agencies.
    correlation : float
        The correlation assumed between the sampling errors of one agency's estimates, between 0 and 1; it enters the
        weights through tau² only, and the error stays right where it is wrong. Try others to see that little changes.

    Returns
    -------
    RobustPooled

    Raises
    ------
    ScienceError
        Fewer than three agencies, and as in `random_effects`.

    """
    given, level = estimates_of(effects, errors, basis, least=LEAST_AGENCIES), fraction(level, "The level")
    assumed = fraction(correlation, "The correlation")
    groups = cluster_places(agencies, len(given))
    if len(groups) < LEAST_AGENCIES:
        raise ScienceError(f"At least {LEAST_AGENCIES} agencies are needed, not {len(groups)}.")
    sizes, means = np.empty(len(given)), np.empty(len(given))
    for rows in groups:
        sizes[rows], means[rows] = len(rows), given.variances[rows].mean()
    tau_squared = _tau_squared(given.effects, sizes, means, groups, assumed)
    fit = cluster_fit(np.ones((len(given), 1)), given.effects, agencies, 1 / (sizes * (means + tau_squared)))
    effect, error, degrees = float(fit.coefficients[0]), float(fit.errors[0]), float(fit.degrees[0])
    if error <= ROUNDING * np.abs(given.effects).max():
        raise ScienceError("All agencies report the same effect to the last digit; an error cannot be learned from it.")
    half = float(stats.t.ppf((1 + level) / 2, degrees)) * error
    return RobustPooled(
        basis=given.basis,
        level=level,
        count=len(given),
        agencies=len(groups),
        effect=effect * given.scale,
        standard_error=error * given.scale,
        degrees=degrees,
        interval=Interval((effect - half) * given.scale, (effect + half) * given.scale),
        p_value=float(2 * stats.t.sf(abs(effect) / error, degrees)),
        reliable=degrees >= LEAST_DEGREES,
        tau_squared=tau_squared * given.scale**2,
        correlation=assumed,
    )


def _tau_squared(y: Numbers, sizes: Numbers, means: Numbers, groups: Sequence[Any], correlation: float) -> float:
    """Set Q to what it would be on average if one agency's estimates shared tau² and the correlation."""
    fit = weighted_fit(y, sizes * means, np.ones((len(y), 1)))
    total = fit.weights.sum()
    weight, size = (np.array([values[rows[0]] for rows in groups]) for values in (fit.weights, sizes))
    spread = (size * weight).sum() - (weight**2 * size**2).sum() / total
    within = (weight * (1 - correlation + correlation * size)).sum() / total
    return max(0.0, float((fit.q - len(groups) + within) / spread))
