"""A series cut in two: what is checked before it is analyzed, and the terms that describe it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

LEAST_ON_A_SIDE = 8
LARGEST = 1e100
YEARS_FOR_SEASONS = 2
QUARTERS, MONTHS = 4, 12
LEVEL, SLOPE = 2, 3  # places of the two terms of interest among the columns


@dataclass(frozen=True)
class Terms:
    """Columns of the regression (periods × terms): constant, trend, level and slope from `start` on, then waves.

    `seasons` says in words which waves of the year are in it, or why none are.
    """

    columns: Numbers
    start: int
    seasons: str

    @property
    def average(self) -> Numbers:
        """What turns coefficients into the mean change over all periods from `start` on."""
        combination = np.zeros(self.columns.shape[1])
        combination[LEVEL] = 1
        combination[SLOPE] = self.columns[self.start :, SLOPE].mean()
        return combination

    @property
    def without(self) -> Numbers:
        """The columns as they would be had nothing started."""
        columns = self.columns.copy()
        columns[:, [LEVEL, SLOPE]] = 0
        return columns


def series_of(values: Any, start: Any, name: str) -> tuple[Numbers, int]:
    """Take a series and the place of its first period with the program; at least 8 periods on each side.

    Raises `ScienceError`.
    """
    series = numbers(values, name)
    first = whole(start, "The start", least=0)
    for count, side in ((first, "before"), (len(series) - first, "from")):
        if count < LEAST_ON_A_SIDE:
            raise ScienceError(
                f"An interrupted series needs at least {LEAST_ON_A_SIDE} periods on each side; "
                f"{max(count, 0)} lie {side} the start."
            )
    if np.abs(series).max() > LARGEST:
        raise ScienceError(f"{name} is too large to be worked with; choose another unit.")
    return series, first


def terms_of(periods: int, start: int, periods_per_year: int | None) -> Terms:
    """Set up the terms; waves of the year where its periods are known and two years lie before the start.

    One wave (a sine and a cosine) for quarters and the like, two from months on. Raises `ScienceError` where
    `periods_per_year` is not a whole number from 1 to 366.
    """
    # Time is counted in lengths of the series: large whole numbers would cost digits.
    time = (np.arange(periods) - start) / periods
    after = (np.arange(periods) >= start).astype(np.float64)
    columns = [np.ones(periods), time, after, time * after]
    waves, said = _waves(periods, start, periods_per_year)
    return Terms(np.column_stack(columns + waves), start, said)


def _waves(periods: int, start: int, periods_per_year: int | None) -> tuple[list[Numbers], str]:
    if periods_per_year is None:
        return [], "none: the number of periods a year was not given"
    year = whole(periods_per_year, "Periods a year", least=1, most=366)
    if year < QUARTERS:
        return [], "none: periods are too long to show seasons"
    if start < YEARS_FOR_SEASONS * year or periods - start < year:
        return [], "none: two years before the start and one from it on are needed to tell seasons from change"
    count = 2 if year >= MONTHS else 1
    angles = [2 * np.pi * number * np.arange(periods) / year for number in range(1, count + 1)]
    waves = [wave(angle) for angle in angles for wave in (np.sin, np.cos)]
    return waves, f"{count} wave{'s' if count > 1 else ''} a year"
