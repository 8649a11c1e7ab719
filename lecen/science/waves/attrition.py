"""Whether those who could be joined to a later wave answered differently from those who could not."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import SQUARABLE, Numbers, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.disclosure.moments import deviation_tells
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.intervals import Interval


@dataclass(frozen=True)
class Attrition:
    """An outcome among the joined and the others of one wave; differences are joined minus others, in its units.

    `standardized` divides by the standard deviation of all; beyond 0.25 or so the joined stand for themselves only.
    """

    joined: int
    others: int
    joined_mean: float
    others_mean: float
    difference: float
    interval: Interval
    standardized: float


def attrition(outcome: Any, joined: Any, *, level: float = 0.95) -> Attrition:
    """Compare an outcome of one wave between the people joined (their places, as in `Matching.first`) and the others.

    `outcome` has one number a person of the wave, NaN for none. The interval is Welch's. Raises `ScienceError` where
    fewer than 10 of either have an outcome, the means and deviations of either would tell how many have one that fewer
    than 10 have (nearly all the same; few different outcomes), or places are not the wave's.
    """
    values = numbers(outcome, "The outcome", missing=True, largest=SQUARABLE)
    chosen = chosen_places(joined, len(values))
    level = fraction(level, "The level")
    one, other = _given(values[chosen], "joined"), _given(values[~chosen], "other")
    found = stats.ttest_ind(one, other, equal_var=False).confidence_interval(level)
    difference = float(one.mean() - other.mean())
    return Attrition(
        joined=len(one),
        others=len(other),
        joined_mean=float(one.mean()),
        others_mean=float(other.mean()),
        difference=difference,
        interval=Interval(float(found.low), float(found.high)),
        standardized=difference / float(np.concatenate([one, other]).std(ddof=1)),
    )


def chosen_places(joined: Any, people: int) -> np.ndarray:
    """Flag the people whose places are given. Raises `ScienceError` where a place is not one of the wave's."""
    try:
        places = np.asarray(joined)
    except ValueError:
        places = np.empty((0, 0))
    if places.ndim != 1 or (places.size and not np.issubdtype(places.dtype, np.integer)):
        raise ScienceError("The joined people must be given as a list of places, whole numbers from 0.")
    if places.size and not (places.min() >= 0 and places.max() < people):
        raise ScienceError(f"Places must lie between 0 and {people - 1}, one for each number of the outcome.")
    chosen = np.zeros(people, dtype=bool)
    chosen[places.astype(np.int64)] = True
    return chosen


def _given(values: Numbers, name: str) -> Numbers:
    given = values[~np.isnan(values)]
    if len(given) < DEFAULT_K:
        raise ScienceError(f"Fewer than {DEFAULT_K} of the {name} people have an outcome; that many are needed.")
    if deviation_tells(given, DEFAULT_K):
        raise ScienceError(
            f"Figures of the {name} people would tell how many have an outcome that fewer than {DEFAULT_K} have."
        )
    if np.ptp(given) * SQUARABLE < 1:
        raise ScienceError(f"The outcomes of the {name} people differ by less than can be squared.")
    return given
