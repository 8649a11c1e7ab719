"""How much true effects differ between studies: tau², its interval, Q and I².

Sources: DerSimonian and Laird, Controlled Clinical Trials 7 (1986) 177-188; Raudenbush, in The Handbook of Research
Synthesis and Meta-Analysis (2nd edition 2009) (restricted likelihood); Viechtbauer, Statistics in
Medicine 26 (2007) 37-52 (Q-profile); Higgins and Thompson, Statistics in Medicine 21 (2002) 1539-1558 (I²).
"""

from typing import Any, NamedTuple

import numpy as np
from scipy import optimize, stats

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.intervals import Interval

STEPS = 200
HALVINGS = 30
CLOSE = 1e-12
DEPENDENT = 1e-8


class Fit(NamedTuple):
    """A regression weighted by 1 / (variance + tau²)."""

    coefficients: Numbers
    covariance: Numbers
    residuals: Numbers
    weights: Numbers

    @property
    def q(self) -> float:
        """The weighted sum of squared residuals."""
        return float(self.weights @ self.residuals**2)


def weighted_fit(effects: Numbers, variances: Numbers, design: Numbers, tau_squared: float = 0.0) -> Fit:
    """Regress effects on the columns of `design` (rows × columns), each weighted by its precision.

    Raises `ScienceError` where, so weighted, the columns depend on each other.
    """
    weights = 1 / (variances + tau_squared)
    root = np.sqrt(weights)
    # Not by inverting sums of products: a moderator that hardly varies would cost all digits.
    rotated, upper = np.linalg.qr(design * root[:, None])
    sizes = np.abs(np.diag(upper))
    if sizes.min() <= DEPENDENT * sizes.max():
        raise ScienceError("The moderators can hardly be told apart in these studies; leave one out.")
    back: Any = np.linalg.inv(upper)
    coefficients: Numbers = back @ (rotated.T @ (root * effects))
    return Fit(coefficients, back @ back.T, effects - design @ coefficients, weights)


def dersimonian_laird(effects: Numbers, variances: Numbers, design: Numbers) -> float:
    """Estimate tau² by moments, never below 0."""
    fit = weighted_fit(effects, variances, design)
    squares = design.T @ ((fit.weights**2)[:, None] * design)
    spread = fit.weights.sum() - np.trace(fit.covariance @ squares)
    return max(0.0, float((fit.q - (len(effects) - design.shape[1])) / spread))


def restricted_likelihood(effects: Numbers, variances: Numbers, design: Numbers) -> float:
    """Estimate tau² by restricted maximum likelihood (REML), never below 0.

    Fisher scoring with halved steps from two starts, because the likelihood can have two tops; the higher is taken.
    """
    rough = float(np.var(effects, ddof=1) - variances.mean()) if len(effects) > 1 else 0.0
    starts = {dersimonian_laird(effects, variances, design), max(0.0, rough)}
    tops = [_climb(effects, variances, design, start) for start in sorted(starts)]
    return max(tops)[1]


def _climb(effects: Numbers, variances: Numbers, design: Numbers, start: float) -> tuple[float, float]:
    tau_squared, fit = start, weighted_fit(effects, variances, design, start)
    height = _log_likelihood(fit)
    for _ in range(STEPS):
        step = _scoring_step(fit, design)
        for _ in range(HALVINGS):
            tried = max(0.0, tau_squared + step)
            fit = weighted_fit(effects, variances, design, tried)
            reached = _log_likelihood(fit)
            if reached >= height:
                break
            step /= 2
        else:
            break
        moved, tau_squared, height = abs(tried - tau_squared), tried, reached
        if moved <= CLOSE * (1 + tau_squared):
            break
    return height, tau_squared


def _scoring_step(fit: Fit, design: Numbers) -> float:
    """Score over information for tau², in sums over studies: no table of studies × studies is ever made."""
    weights = fit.weights
    second = fit.covariance @ (design.T @ ((weights**2)[:, None] * design))
    third = fit.covariance @ (design.T @ ((weights**3)[:, None] * design))
    score = ((weights * fit.residuals) ** 2).sum() - (weights.sum() - np.trace(second))
    information = (weights**2).sum() - 2 * np.trace(third) + np.trace(second @ second)
    return float(score / information)


def _log_likelihood(fit: Fit) -> float:
    return float(0.5 * (np.log(fit.weights).sum() + np.linalg.slogdet(fit.covariance)[1] - fit.q))


def q_profile(effects: Numbers, variances: Numbers, design: Numbers, level: float) -> Interval:
    """Give the interval of tau²: all values for which Q, weighted with them, is no surprise."""
    degrees = len(effects) - design.shape[1]
    ends = stats.chi2.ppf([(1 + level) / 2, (1 - level) / 2], degrees)

    def q_at(tau_squared: float) -> float:
        return weighted_fit(effects, variances, design, tau_squared).q

    def end(wanted: float) -> float:
        if q_at(0.0) <= wanted:
            return 0.0
        top = 1.0
        while q_at(top) > wanted:
            top *= 10
        return float(optimize.brentq(lambda tau_squared: q_at(tau_squared) - wanted, 0.0, top, xtol=1e-12))

    return Interval(end(ends[0]), end(ends[1]))


def typical_variance(variances: Numbers) -> float:
    """Give the within-study variance that I² sets tau² against (Higgins and Thompson's)."""
    weights = 1 / variances
    return float((len(weights) - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum()))
