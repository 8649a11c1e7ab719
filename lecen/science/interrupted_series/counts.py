"""Counts of events over time, each set against how many people or hours it could have come from.

Sources: McCullagh and Nelder, Generalized Linear Models (2nd edition 1989), chapters 6 and 9 (quasi-likelihood);
Breslow, Applied Statistics 33 (1984) 38-44 (negative binomial by moments); Newey and West as for `segmented`.
"""

import warnings
from typing import Any

import numpy as np
from scipy import optimize
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationError

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.interrupted_series.dependence import autoregression
from lecen.science.interrupted_series.diagnostics import spike_before
from lecen.science.interrupted_series.segmented import Fitted, SegmentedSeries, assemble, lags_of
from lecen.science.interrupted_series.series import Terms, series_of, terms_of

FAMILIES = ("poisson", "negative-binomial")
LEAST_EVENTS = 10
LEAST_PERIODS_WITH_EVENTS = 4
MOST_EVENTS = 1e12
LARGEST_ALPHA = 1e6
ROUNDS = 50
CLOSE = 1e-10
WORST_CONDITION = 1e6
UNSETTLED = "The model of counts does not settle; use longer periods or fewer terms."


def interrupted_counts(
    counts: Any,
    start: int,
    *,
    exposure: Any = None,
    family: str = "poisson",
    periods_per_year: int | None = None,
    lags: int | None = None,
    level: float = 0.95,
) -> SegmentedSeries:
    """Estimate the change of level and trend of counts of events, as ratios of rates.

    Parameters
    ----------
    counts : array-like of whole numbers
        Events a period, none missing; at least 10 events, in at least 4 periods, on each side.
    start, periods_per_year, lags, level
        As in `interrupted_series`.
    exposure : array-like of positive numbers, optional
        People or hours of each period that the counts are out of; the same throughout where left out.
    family : str
        "poisson" (errors grow with the spread of counts where that is above Poisson's: quasi-likelihood) or
        "negative-binomial" (spread growing with the square of the mean).

    Returns
    -------
    SegmentedSeries
        Changes are logarithms of ratios; `fitted` and `expected` are counts.

    Raises
    ------
    ScienceError
        Counts that are negative or not whole, exposure not positive or of another length, too few events, an unknown
        family, a model that does not settle, and as in `interrupted_series`.

    """
    events, first = series_of(counts, start, "The counts")
    _refuse_bad_counts(events, first)
    offset = _offset(exposure, len(events))
    if family not in FAMILIES:
        raise ScienceError(f"The family is one of {', '.join(FAMILIES)}, not {family!r}.")
    confidence, used = fraction(level, "The level"), lags_of(len(events), lags)
    terms = terms_of(len(events), first, periods_per_year)
    alpha = _alpha(events, terms, offset) if family == "negative-binomial" else 0.0
    fit = _fitted(events, terms, offset, alpha)
    robust = _fitted(events, terms, offset, alpha, cov_type="HAC", cov_kwds={"maxlags": used, "use_correction": True})
    means, residuals = np.asarray(fit.fittedvalues), np.asarray(fit.resid_pearson)
    if np.abs(residuals).max() <= CLOSE:
        raise ScienceError("The counts follow their curves exactly; an error cannot be learned from them.")
    weighted = terms.columns * np.sqrt(means / (1 + alpha * means))[:, None]
    if np.linalg.cond(weighted) > WORST_CONDITION:
        raise ScienceError(UNSETTLED)
    related = autoregression(weighted, residuals, least_scale=1.0)
    return assemble(
        terms,
        Fitted(
            coefficients=np.asarray(fit.params),
            covariances=(np.asarray(robust.cov_params()), related.covariance),
            residuals=residuals,
            fitted=means,
            expected=np.exp(terms.without @ np.asarray(fit.params) + offset),
        ),
        related,
        spike=spike_before(np.log(events + 0.5) - offset, terms),
        confidence=confidence,
        lags=used,
        model=f"counts, {family}" + (f" with alpha {alpha:.3g}" if family == "negative-binomial" else ""),
        dispersion=float(fit.pearson_chi2) / (len(events) - terms.columns.shape[1]),
    )


def _refuse_bad_counts(events: Numbers, start: int) -> None:
    if (events < 0).any() or (events != np.floor(events)).any() or events.max() > MOST_EVENTS:
        raise ScienceError("The counts must be whole numbers from 0 to a million millions.")
    for side, called in ((events[:start], "before"), (events[start:], "from")):
        if side.sum() < LEAST_EVENTS or (side > 0).sum() < LEAST_PERIODS_WITH_EVENTS:
            raise ScienceError(
                f"Too few events {called} the start: at least {LEAST_EVENTS} in {LEAST_PERIODS_WITH_EVENTS} periods are "
                "needed on each side; longer periods may help."
            )


def _offset(exposure: Any, periods: int) -> Numbers:
    if exposure is None:
        return np.zeros(periods)
    people = numbers(exposure, "The exposure")
    if len(people) != periods or (people <= 0).any():
        raise ScienceError(f"The exposure must be a positive number for each of {periods} periods.")
    # Centered: the constant takes the middle up, and large exposures cost no digits.
    return np.asarray(np.log(people) - np.log(people).mean())


def _fitted(events: Numbers, terms: Terms, offset: Numbers, alpha: float, **errors: Any) -> Any:
    family = families.NegativeBinomial(alpha=alpha) if alpha > 0 else families.Poisson()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return GLM(events, terms.columns, family=family, offset=offset).fit(**errors)
        except (PerfectSeparationError, ValueError, ArithmeticError, np.linalg.LinAlgError, Warning):
            raise ScienceError(UNSETTLED) from None


def _alpha(events: Numbers, terms: Terms, offset: Numbers) -> float:
    """Estimate how much counts vary beyond Poisson's: set the Pearson statistic to its degrees of freedom."""
    degrees, alpha = len(events) - terms.columns.shape[1], 0.0
    for _ in range(ROUNDS):
        means = np.asarray(_fitted(events, terms, offset, alpha).fittedvalues)
        before, alpha = alpha, _solved(events, means, degrees)
        if abs(alpha - before) <= CLOSE * (1 + alpha):
            break
    return alpha


def _solved(events: Numbers, means: Numbers, degrees: int) -> float:
    def lack(alpha: float) -> float:
        return float(((events - means) ** 2 / (means + alpha * means**2)).sum()) - degrees

    if lack(0.0) <= 0:
        return 0.0
    if lack(LARGEST_ALPHA) > 0:
        raise ScienceError("The counts vary too wildly for a negative binomial model.")
    return float(optimize.brentq(lack, 0.0, LARGEST_ALPHA, xtol=1e-14))
