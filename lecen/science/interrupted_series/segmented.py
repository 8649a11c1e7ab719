"""Did level or trend of one series change when something started? Segmented regression with errors for time.

Sources: Wagner and others, Journal of Clinical Pharmacy and Therapeutics 27 (2002) 299-309; Lopez Bernal, Cummins and
Gasparrini, International Journal of Epidemiology 46 (2017) 348-355; Newey and West, Econometrica 55 (1987) 703-708, and
Review of Economic Studies 61 (1994) 631-653 (errors, and the rule for their lags); `dependence` for short series.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.regression.linear_model import OLS

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.interrupted_series.dependence import Autoregression, autoregression
from lecen.science.interrupted_series.diagnostics import Autocorrelation, Spike, autocorrelation, spike_before
from lecen.science.interrupted_series.series import LEVEL, SLOPE, Terms, series_of, terms_of
from lecen.science.intervals import Interval

RELATED = 0.3
SHORT = 100
ROUNDING = 1e-10


@dataclass(frozen=True)
class Change:
    """An estimate with its error and interval: in the outcome's units, or a ratio's logarithm for counts."""

    estimate: float
    standard_error: float
    interval: Interval
    p_value: float


@dataclass(frozen=True)
class SegmentedSeries:
    """What changed at the start of a program, associated with it in time.

    `level` is the step at the start, `slope` the change of trend a period, `average` the mean distance over all
    periods from the start on between the series and where it was heading. For counts these are logarithms of ratios:
    their exponents are rates over rates. `fitted` and `expected` (had nothing started) hold one figure a period, in
    the outcome's or counts' units. `errors` names how errors were made, `lags` those of Newey and West, `degrees` the
    degrees of freedom of the t-distribution (Satterthwaite's, fewer where neighbors are related). `seasons` says which
    waves are in the model, `cautions` are sentences to show with the figures.
    """

    model: str
    before: int
    after: int
    level: Change
    slope: Change
    average: Change
    trend_before: float
    degrees: float
    confidence: float
    errors: str
    lags: int
    seasons: str
    dispersion: float | None
    autocorrelation: Autocorrelation
    spike: Spike | None
    fitted: tuple[float, ...]
    expected: tuple[float, ...]
    cautions: tuple[str, ...]


def interrupted_series(
    outcome: Any,
    start: int,
    *,
    control: Any = None,
    periods_per_year: int | None = None,
    lags: int | None = None,
    level: float = 0.95,
) -> SegmentedSeries:
    """Estimate the change of level and trend of a series of rates, shares or means.

    Parameters
    ----------
    outcome : array-like of numbers
        One a period, periods of one length, none missing.
    start : int
        Place, counted from 0, of the first period with the program. At least 8 periods before and 8 from it on.
    control : array-like of numbers, optional
        A series without the program in the same units and periods; the difference of the two is then analyzed.
    periods_per_year : int, optional
        12 for months, 4 for quarters: brings in seasons where two years lie before the start.
    lags : int, optional
        Of the Newey-West errors; by the rule 4(n/100)^(2/9), rounded down, where left out.
    level : float
        Of intervals.

    Returns
    -------
    SegmentedSeries

    Raises
    ------
    ScienceError
        Fewer than 8 periods on a side, missing or infinite numbers, a series that never varies or follows its line
        exactly, a control of another length, more lags than half the periods.

    """
    series, first = series_of(outcome, start, "The outcome")
    confidence = fraction(level, "The level")
    if control is not None:
        other = numbers(control, "The control series")
        if len(other) != len(series):
            raise ScienceError(f"The control series has {len(other)} periods, the outcome {len(series)}.")
        series, _ = series_of(series - other, first, "The difference from the control")
    used = lags_of(len(series), lags)
    terms = terms_of(len(series), first, periods_per_year)
    middle, scale = float(np.median(series)), float(np.ptp(series))
    if scale <= ROUNDING * np.abs(series).max():
        raise ScienceError("The series never varies; there is no change to estimate.")
    scaled = (series - middle) / scale
    fit = OLS(scaled, terms.columns).fit()
    if np.abs(fit.resid).max() <= ROUNDING:
        raise ScienceError("The series follows its lines exactly; an error cannot be learned from it.")
    robust = fit.get_robustcov_results("HAC", maxlags=used, use_correction=True, use_t=True).cov_params()
    related = autoregression(terms.columns, np.asarray(fit.resid))
    return assemble(
        terms,
        Fitted(
            coefficients=np.asarray(fit.params) * scale,
            covariances=(np.asarray(robust) * scale**2, related.covariance * scale**2),
            residuals=np.asarray(fit.resid),
            fitted=np.asarray(fit.fittedvalues) * scale + middle,
            expected=terms.without @ np.asarray(fit.params) * scale + middle,
        ),
        related,
        spike=spike_before(scaled, terms),
        confidence=confidence,
        lags=used,
        model="lines" if control is None else "lines, difference from a control series",
    )


def lags_of(periods: int, lags: int | None) -> int:
    """Take the lags given, or Newey and West's rule 4(n/100)^(2/9) for n periods. Raises `ScienceError`."""
    if lags is None:
        return int(4 * (periods / 100) ** (2 / 9))
    return whole(lags, "Lags", least=0, most=periods // 2)


@dataclass(frozen=True)
class Fitted:
    """A fitted model: one coefficient a term, two covariances of them, and curves of one figure a period.

    The first covariance is Newey and West's, the second the autoregression's; the larger error counts.
    """

    coefficients: Numbers
    covariances: tuple[Numbers, Numbers]
    residuals: Numbers
    fitted: Numbers
    expected: Numbers


def assemble(
    terms: Terms,
    fit: Fitted,
    related: Autoregression,
    *,
    spike: Spike | None,
    confidence: float,
    lags: int,
    model: str,
    dispersion: float | None = None,
) -> SegmentedSeries:
    """Turn a fitted model into changes with errors, for lines and counts alike.

    Parameters
    ----------
    terms, fit, related
        The model's columns, what was fitted, and how neighbors are related.
    spike : Spike or None
        Before the start.
    confidence : float
        Level of intervals.
    lags : int
        Of Newey and West's errors.
    model : str
        In words.
    dispersion : float, optional
        Of counts.

    Returns
    -------
    SegmentedSeries

    Raises
    ------
    ScienceError
        Never by itself; the checks come before.

    """
    periods = len(terms.columns)
    quantile = float(stats.t.ppf((1 + confidence) / 2, related.degrees))

    def change(combination: Numbers, factor: float = 1.0) -> Change:
        estimate = float(combination @ fit.coefficients) * factor
        error = float(np.sqrt(max(combination @ each @ combination for each in fit.covariances))) * factor
        p_value = float(2 * stats.t.sf(abs(estimate) / error, related.degrees))
        return Change(estimate, error, Interval(estimate - quantile * error, estimate + quantile * error), p_value)

    one = np.eye(terms.columns.shape[1])
    left_over = autocorrelation(fit.residuals, related.correlation)
    return SegmentedSeries(
        model=model,
        before=terms.start,
        after=periods - terms.start,
        level=change(one[LEVEL]),
        slope=change(one[SLOPE], 1 / periods),
        average=change(terms.average),
        trend_before=float(fit.coefficients[1]) / periods,
        degrees=related.degrees,
        confidence=confidence,
        errors=f"the larger of Newey and West's with {lags} lags and a first-order autoregression's",
        lags=lags,
        seasons=terms.seasons,
        dispersion=dispersion,
        autocorrelation=left_over,
        spike=spike,
        fitted=tuple(fit.fitted.tolist()),
        expected=tuple(fit.expected.tolist()),
        cautions=_cautions(left_over, spike, periods, model),
    )


def _cautions(related: Autocorrelation, spike: Spike | None, periods: int, model: str) -> tuple[str, ...]:
    said = []
    if "control" not in model:
        said.append("One series without a comparison: whatever else changed at that time is in this figure.")
    if spike is not None:
        side = "high" if spike.high else "low"
        said.append(f"The start follows an unusually {side} period; part of the change may be regression to the mean.")
    if related.corrected >= RELATED and periods < SHORT:
        said.append(
            f"Neighboring periods are related (correlation {related.corrected:.2f}) and there are only {periods}; the "
            "intervals may still be too narrow."
        )
    return tuple(said)
