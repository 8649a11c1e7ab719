"""Intervals that several methods give beside their figures."""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction


class Interval(NamedTuple):
    """The ends of an interval, in the units of the figure it belongs to."""

    low: float
    high: float


def normal_quantile(level: float) -> float:
    """Give the half-width of a two-sided normal interval in standard errors: 1.96 for a `level` of 0.95."""
    return NormalDist().inv_cdf(0.5 + fraction(level, "The level") / 2)


def wilson(counts: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Numbers, Numbers]:
    """Give score intervals for shares: `counts` of `n` each, any matching shapes of one dimension.

    Returns low and high ends between 0 and 1; where n is 0, the interval is all of 0 to 1. Raises `ScienceError`
    where a count is negative or above its n. Source: Wilson, Journal of the American Statistical Association 22
    (1927) 209-212, without continuity correction.
    """
    successes, trials = np.broadcast_arrays(
        numbers(np.atleast_1d(counts), "Counts"), numbers(np.atleast_1d(n), "Numbers of people")
    )
    if (successes < 0).any() or (successes > trials).any():
        raise ScienceError("Counts must lie between 0 and the number of people they are out of.")
    z = normal_quantile(level)
    spread = trials + z**2
    middle = (successes + z**2 / 2) / spread
    half = z * np.sqrt(successes * (trials - successes) / np.maximum(trials, 1) + z**2 / 4) / spread
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def share_difference(
    counts: ArrayLike, n: ArrayLike, other_counts: ArrayLike, other_n: ArrayLike, level: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Give intervals for the first shares less the others, of separate people.

    Parameters
    ----------
    counts, n, other_counts, other_n : array-like of numbers, one dimension
        `counts` of `n` people each, and `other_counts` of `other_n` people they are compared with.
    level : float
        Coverage of an interval.

    Returns
    -------
    tuple of ndarray
        Low and high ends, from -1 to 1.

    Raises
    ------
    ScienceError
        A count is negative or above its n, an n is 0, or the level is not between 0 and 1.

    Notes
    -----
    Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10: each share's own score interval, squared and added.

    """
    low, high = wilson(counts, n, level)
    other_low, other_high = wilson(other_counts, other_n, level)
    people, others = (
        numbers(np.atleast_1d(n), "Numbers of people"),
        numbers(np.atleast_1d(other_n), "Numbers of people"),
    )
    if (people == 0).any() or (others == 0).any():
        raise ScienceError("A difference of shares needs at least one person on each side.")
    share, other_share = np.atleast_1d(counts) / people, np.atleast_1d(other_counts) / others
    difference = share - other_share
    return (
        difference - np.hypot(share - low, other_high - other_share),
        difference + np.hypot(high - share, other_share - other_low),
    )
