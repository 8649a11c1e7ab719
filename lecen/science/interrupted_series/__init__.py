"""One series, cut where a program started: did its level or trend change? The weakest design with a before and after.

`interrupted_series` for rates, shares and means; `interrupted_counts` for counts of events out of people or hours.
"""

from lecen.science.interrupted_series.counts import interrupted_counts
from lecen.science.interrupted_series.diagnostics import Autocorrelation, Spike
from lecen.science.interrupted_series.segmented import Change, SegmentedSeries, interrupted_series

__all__ = [
    "Autocorrelation",
    "Change",
    "SegmentedSeries",
    "Spike",
    "interrupted_counts",
    "interrupted_series",
]
