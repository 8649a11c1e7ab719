"""How unequally areas answer once chance is taken away: a Gamma distribution of rates behind Poisson counts.

Counts that are not shown enter only as "below k" or "k or more", so that nothing here tells more of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaincinv, gammaln, logsumexp

from lecen.science.arrays import Numbers
from lecen.science.intervals import Interval, normal_quantile

FEWEST_AREAS, FEWEST_SHOWN = 10, 3  # with fewer, a distribution over areas is a guess
_LEAST_SPREAD, _MOST_SPREAD = 1e-6, 1e2  # variance of rates over the squared mean; the least stands for none
_FARTHEST_MEAN = 12.0  # in logarithms
_TOLERANCE = 1e-4


@dataclass(frozen=True)
class Counts:
    """Counts by area, shape (areas,): `counts` NaN where not shown, then `fewer` says if it is below `k` or not.

    `expected` are the counts had all areas answered alike.
    """

    counts: Numbers
    fewer: NDArray[np.bool_]
    expected: Numbers
    k: int


@dataclass(frozen=True)
class Inequality:
    """How areas' rates differ, chance taken away; rates are relative to the rate overall.

    `gini` is 0 where all areas answer alike; twice it is the average difference of two areas picked by lot, over the
    average rate. `lower_quarter` is the rate that a quarter of areas stay below, over the average. `mean` and `spread` are the Gamma
    distribution's mean and squared coefficient of variation.
    """

    gini: float
    interval: Interval
    lower_quarter: float
    mean: float
    spread: float


def fit_inequality(known: Counts, level: float) -> Inequality | None:
    """Fit a Gamma distribution of rates by maximum likelihood, None for too few areas.

    The interval is where the profile likelihood of the spread falls by half a chi-squared quantile at `level`.
    Sources: Clayton & Kaldor, Biometrics 43 (1987) 671-681, here with counts known to a range only; Kleiber &
    Kotz, Statistical Size Distributions (Wiley 2003) (Gini's index of a Gamma distribution).
    """
    if len(known.expected) < FEWEST_AREAS or (~np.isnan(known.counts)).sum() < FEWEST_SHOWN:
        return None
    ends = (float(np.log(_LEAST_SPREAD)), float(np.log(_MOST_SPREAD)))
    best = _peak(known, ends)
    top, mean = _profile(known, best)
    drop = normal_quantile(level) ** 2 / 2

    def below(at: float) -> float:
        return _profile(known, at)[0] - (top - drop)

    low = ends[0] if below(ends[0]) >= 0 else brentq(below, ends[0], best, xtol=_TOLERANCE)
    high = ends[1] if below(ends[1]) >= 0 else brentq(below, best, ends[1], xtol=_TOLERANCE)
    spread = float(np.exp(best))
    none = spread <= 2 * _LEAST_SPREAD
    return Inequality(
        gini=0.0 if none else _gini(spread),
        interval=Interval(0.0 if low == ends[0] else _gini(float(np.exp(low))), _gini(float(np.exp(high)))),
        lower_quarter=1.0 if none else float(gammaincinv(1 / spread, 0.25) * spread),
        mean=float(np.exp(mean)),
        spread=0.0 if none else spread,
    )


def shrunk(known: Counts, inequality: Inequality) -> Numbers:
    """Give each area's expected rate, relative to the rate overall, given what is told of its count.

    (count + shape) / (expected + scale) where the count is shown (Clayton & Kaldor 1987), its average over 0..k-1 where
    it is known to be below k, NaN where it is withheld. Shape (areas,).
    """
    if inequality.spread == 0:
        rates = np.full(len(known.expected), inequality.mean)
    else:
        shape = 1 / inequality.spread
        scale = shape / inequality.mean
        small = np.arange(known.k, dtype=float)
        chances = _log_pmf(small[None, :], known.expected[:, None] * inequality.mean, shape)
        chances = np.exp(chances - logsumexp(chances, axis=1, keepdims=True))
        if_fewer = (chances * (small + shape)).sum(axis=1) / (known.expected + scale)
        rates = np.where(known.fewer, if_fewer, (known.counts + shape) / (known.expected + scale))
    return np.where(np.isnan(known.counts) & ~known.fewer, np.nan, rates)


def _peak(known: Counts, ends: tuple[float, float]) -> float:
    """Find the logarithm of the spread with the highest profile likelihood: a coarse look, then a fine one."""
    grid = np.linspace(*ends, 15)
    place = int(np.argmax([_profile(known, at)[0] for at in grid]))
    between = (float(grid[max(place - 1, 0)]), float(grid[min(place + 1, len(grid) - 1)]))
    found = minimize_scalar(
        lambda at: -_profile(known, at)[0], bounds=between, method="bounded", options={"xatol": _TOLERANCE}
    )
    return float(found.x)


def _profile(known: Counts, log_spread: float) -> tuple[float, float]:
    """Give the highest log-likelihood at a spread, and the logarithm of the mean where it is reached."""
    shape = float(np.exp(-log_spread))
    found = minimize_scalar(
        lambda mean: -_log_likelihood(known, float(np.exp(mean)), shape),
        bounds=(-_FARTHEST_MEAN, _FARTHEST_MEAN),
        method="bounded",
        options={"xatol": _TOLERANCE},
    )
    return -float(found.fun), float(found.x)


def _log_likelihood(known: Counts, mean: float, shape: float) -> float:
    shown = ~np.isnan(known.counts)
    total = _log_pmf(known.counts[shown], known.expected[shown] * mean, shape).sum()
    small = np.arange(known.k, dtype=float)[None, :]
    below = (
        logsumexp(_log_pmf(small, known.expected[~shown, None] * mean, shape), axis=1)
        if (~shown).any()
        else np.empty(0)
    )
    below = np.minimum(below, -1e-300)
    fewer = known.fewer[~shown]
    return float(total + below[fewer].sum() + np.log(-np.expm1(below[~fewer])).sum())


def _log_pmf(counts: Numbers, means: Numbers, shape: float) -> Numbers:
    """Give the logarithm of the negative binomial probability: Poisson counts whose rates are Gamma of that shape."""
    value: Numbers = (
        gammaln(counts + shape)
        - gammaln(shape)
        - gammaln(counts + 1)
        + counts * (np.log(means) - np.log(means + shape))
        - shape * np.log1p(means / shape)
    )
    return value


def _gini(spread: float) -> float:
    shape = 1 / spread
    return float(np.exp(gammaln(shape + 0.5) - gammaln(shape + 1)) / np.sqrt(np.pi))
