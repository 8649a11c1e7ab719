"""What to look at before a change is believed: related neighbors in time, and a start that follows a spike.

Sources: Ljung and Box, Biometrika 65 (1978) 297-303; Barnett, van der Pols and Dobson, International Journal of
Epidemiology 34 (2005) 215-220 (regression to the mean).
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox

from lecen.science.arrays import Numbers
from lecen.science.interrupted_series.series import LEVEL, SLOPE, Terms

RECENT = 3
ERROR_RATE = 0.05
MOST_LAGS = 10
LEAST_DEGREES = 3


@dataclass(frozen=True)
class Spike:
    """A period just before the start that earlier ones do not lead one to expect.

    `place` is counted from 0, `high` whether it lies above what was expected, `distance` how far, in standard errors of
    a forecast. After a spike figures tend to fall back by themselves (regression to the mean).
    """

    place: int
    high: bool
    distance: float


@dataclass(frozen=True)
class Autocorrelation:
    """Whether what is left over in one period resembles the next.

    `first` is the correlation of neighbors as it stands, `corrected` (from 0 up) for what the regression took away from
    it; `p_value` is Ljung and Box's over `lags` lags.
    """

    first: float
    corrected: float
    lags: int
    p_value: float


def autocorrelation(residuals: Numbers, corrected: float) -> Autocorrelation:
    """Measure how residuals (one a period, not all 0) of neighboring periods are related; `corrected` as found."""
    lags = min(MOST_LAGS, len(residuals) // 5)
    p_value = float(acorr_ljungbox(residuals, lags=[lags], return_df=True)["lb_pvalue"].iloc[0])
    middle = residuals - residuals.mean()
    return Autocorrelation(float(middle[1:] @ middle[:-1] / (middle @ middle)), corrected, lags, p_value)


def spike_before(series: Numbers, terms: Terms) -> Spike | None:
    """Look for a spike in the last three periods before the start, by a forecast from all earlier ones.

    Trend and seasons are taken into account. A quiet series is flagged in 5 of 100 cases.
    """
    columns = np.delete(terms.columns, [LEVEL, SLOPE], axis=1)
    known, recent = slice(0, terms.start - RECENT), slice(terms.start - RECENT, terms.start)
    degrees = terms.start - RECENT - columns.shape[1]
    if degrees < LEAST_DEGREES:
        columns = columns[:, :2]
        degrees = terms.start - RECENT - 2
    fitted = np.linalg.lstsq(columns[known], series[known], rcond=None)[0]
    left = series[known] - columns[known] @ fitted
    variance = float(left @ left) / degrees
    gaps = series[recent] - columns[recent] @ fitted
    # An earlier series without any noise makes every difference a spike; rounding is none.
    if np.abs(gaps).max() <= 1e-9 * max(np.abs(series[: terms.start]).max(), 1e-300):
        return None
    inverse = np.linalg.pinv(columns[known].T @ columns[known])
    reach = 1 + np.einsum("ij,jk,ik->i", columns[recent], inverse, columns[recent])
    distances = gaps / np.sqrt(np.maximum(variance * reach, 1e-300))
    worst = int(np.argmax(np.abs(distances)))
    if abs(distances[worst]) <= stats.t.ppf(1 - ERROR_RATE / (2 * RECENT), degrees):
        return None
    return Spike(terms.start - RECENT + worst, bool(distances[worst] > 0), float(abs(distances[worst])))
