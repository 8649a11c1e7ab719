"""One figure from several studies whose true effects differ, with what a new place may expect.

Sources: those of `heterogeneity`; Hartung and Knapp, Statistics in Medicine 20 (2001) 3875-3889; Röver, Knapp and
Friede, BMC Medical Research Methodology 15 (2015) 99 (never narrower than without the correction); Higgins, Thompson
and Spiegelhalter, Journal of the Royal Statistical Society A 172 (2009) 137-159 (prediction interval).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.intervals import Interval
from lecen.science.pooling.estimates import Basis, Estimates, estimates_of
from lecen.science.pooling.heterogeneity import (
    dersimonian_laird,
    q_profile,
    restricted_likelihood,
    typical_variance,
    weighted_fit,
)

ESTIMATORS = {"REML": restricted_likelihood, "DL": dersimonian_laird}
FEW = 5


@dataclass(frozen=True)
class Prediction:
    """Where the true effect of a new, similar place would lie; t-distribution with `degrees` = studies - 2."""

    interval: Interval
    degrees: int


@dataclass(frozen=True)
class Pooled:
    """A random-effects mean.

    `standard_error` is the plain one, `hartung_knapp_error` the corrected one. `interval` and `p_value` use the larger
    of the two with a t-distribution of `degrees` = studies - 1. `prediction` is None for two studies. `tau_squared`
    is the variance of true effects, with its Q-profile interval; `q` tests whether there is any (`q_p_value`);
    `i_squared`, between 0 and 1, is the share of tau² in the variance of a typical study's estimate, by the
    estimator named in `method`. `weights` sum to 1. `cautions` are sentences to show with the figure.
    """

    basis: Basis
    method: str
    level: float
    count: int
    effect: float
    standard_error: float
    hartung_knapp_error: float
    interval: Interval
    degrees: int
    p_value: float
    prediction: Prediction | None
    tau_squared: float
    tau_squared_interval: Interval
    q: float
    q_p_value: float
    i_squared: float
    weights: tuple[float, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """The pooled figure without one study; `place` is that study's, counted from 0."""

    place: int
    effect: float
    interval: Interval
    p_value: float
    tau_squared: float


def random_effects(
    effects: Any, errors: Any, *, basis: str | Sequence[str], method: str = "REML", level: float = 0.95
) -> Pooled:
    """Pool independent studies of one question.

    Parameters
    ----------
    effects : array-like of numbers
        One a study, all in one unit and one direction (log ratios, standardized differences).
    errors : array-like of positive numbers
        Standard errors (not variances), one a study, in the same unit.
    basis : str or sequence of str
        Where the errors come from: "design-based", "model-based" or "placebo-derived"; one word for all, or one a
        study. Different kinds are refused here: `pool_by_basis` shows them side by side.
    method : str
        How tau² is estimated: "REML" or "DL" (DerSimonian and Laird).
    level : float
        Of all intervals, 0.95 as a rule.

    Returns
    -------
    Pooled

    Raises
    ------
    ScienceError
        Fewer than two studies, lengths differ, errors not positive or out of all proportion, kinds mixed, or an
        unknown method.

    """
    return pooled(estimates_of(effects, errors, basis, least=2), method, fraction(level, "The level"))


def pooled(estimates: Estimates, method: str, level: float) -> Pooled:
    """Pool checked estimates; figures are in the units that were given. Raises `ScienceError` (unknown method)."""
    if method not in ESTIMATORS:
        raise ScienceError(f"The method is one of {', '.join(ESTIMATORS)}, not {method!r}.")
    y, variances, count, scale = estimates.effects, estimates.variances, len(estimates), estimates.scale
    ones = np.ones((count, 1))
    tau_squared = ESTIMATORS[method](y, variances, ones)
    fit = weighted_fit(y, variances, ones, tau_squared)
    effect, plain = float(fit.coefficients[0]), float(np.sqrt(fit.covariance[0, 0]))
    corrected = plain * float(np.sqrt(fit.q / (count - 1)))
    error = max(plain, corrected)
    half = float(stats.t.ppf((1 + level) / 2, count - 1)) * error
    low, high = q_profile(y, variances, ones, level)
    q = weighted_fit(y, variances, ones).q
    return Pooled(
        basis=estimates.basis,
        method=method,
        level=level,
        count=count,
        effect=effect * scale,
        standard_error=plain * scale,
        hartung_knapp_error=corrected * scale,
        interval=Interval((effect - half) * scale, (effect + half) * scale),
        degrees=count - 1,
        p_value=float(2 * stats.t.sf(abs(effect) / error, count - 1)),
        prediction=_prediction(effect * scale, float(np.hypot(error, np.sqrt(tau_squared))) * scale, count, level),
        tau_squared=tau_squared * scale**2,
        tau_squared_interval=Interval(low * scale**2, high * scale**2),
        q=q,
        q_p_value=float(stats.chi2.sf(q, count - 1)),
        i_squared=tau_squared / (tau_squared + typical_variance(variances)),
        weights=tuple((fit.weights / fit.weights.sum()).tolist()),
        cautions=_cautions(estimates.basis, count),
    )


def leave_one_out(
    effects: Any, errors: Any, *, basis: str | Sequence[str], method: str = "REML", level: float = 0.95
) -> tuple[LeftOut, ...]:
    """Pool again without each study in turn, to see whether one study carries the result.

    Parameters
    ----------
    effects, errors, basis, method, level
        As in `random_effects`; at least three studies.

    Returns
    -------
    tuple of LeftOut
        In the order of the studies.

    Raises
    ------
    ScienceError
        Fewer than three studies, and as in `random_effects`.

    """
    whole, level = estimates_of(effects, errors, basis, least=3), fraction(level, "The level")
    found = []
    for place in range(len(whole)):
        y, variances = np.delete(whole.effects, place), np.delete(whole.variances, place)
        rest = pooled(Estimates(y, variances, whole.basis, whole.scale), method, level)
        found.append(LeftOut(place, rest.effect, rest.interval, rest.p_value, rest.tau_squared))
    return tuple(found)


def _prediction(effect: float, spread: float, count: int, level: float) -> Prediction | None:
    degrees = count - 2
    if degrees < 1:
        return None
    half = float(stats.t.ppf((1 + level) / 2, degrees)) * spread
    return Prediction(Interval(effect - half, effect + half), degrees)


def _cautions(basis: Basis, count: int) -> tuple[str, ...]:
    said = []
    if basis is Basis.MODEL:
        said.append("The errors come from models, not from a design with chance in it; they may be too small.")
    if basis is Basis.PLACEBO:
        said.append("The errors come from placebos: they hold if the treated places would have varied like the others.")
    if count < FEW:
        said.append(f"Only {count} estimates: how much true effects differ is hardly known.")
    return tuple(said)
