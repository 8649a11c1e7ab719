"""What a mean and a standard deviation tell of how many people gave each answer."""

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, numbers

MOST_VALUES = 11  # 0 to 10; with more, counts are left open unless nearly all answered alike
ROUNDING = 1e-7
FEWEST_OPEN = 4  # of three counts with known n and mean, the middle one is known up to multiples of 2


def nearly_unanimous(values: Numbers, k: int) -> bool:
    """Tell whether all but fewer than k people gave one and the same answer, so that a mean would give them away."""
    return bool(np.unique(_comparable(values), return_counts=True)[1].max() > len(values) - k)


def deviation_tells(values: Numbers, k: int) -> bool:
    """Tell whether mean and standard deviation of what people answered could tell a count of fewer than k people.

    They can where nearly all answered alike, and where answers are few: n, mean and deviation of whole numbers leave
    so little room that many a count has only a few values left, and often one.
    """
    counts = np.unique(_comparable(values), return_counts=True)[1]
    return nearly_unanimous(values, k) or (len(counts) <= MOST_VALUES and bool(counts.min() < k))


def leave_open(answers: Any, counts: Sequence[int], *, k: int, known: Collection[int] = ()) -> bool:
    """Tell whether every count below k may be any of 0 to k-1 for a reader of n and the mean.

    Parameters
    ----------
    answers : array-like of shape (m,)
        The different answers that could be given, in rising order.
    counts : sequence of m whole numbers
        How many people gave each.
    k : int
        Smallest count of people that may be told.
    known : collection of int
        Places of counts that are told beside n and the mean.

    Returns
    -------
    bool
        Counts are bounded by the corners of what n and the mean leave possible: solutions in which no more than two
        counts are above zero. For answers at equal distances the tests compare this with all tables of whole counts.

    """
    hidden = [place for place in range(len(counts)) if place not in known]
    small = [hidden.index(place) for place in hidden if counts[place] < k]
    if not small:
        return True
    if len(hidden) < FEWEST_OPEN:
        return False
    values, people = numbers(answers, "Answers")[hidden], np.asarray(counts, dtype=float)[hidden]
    scaled, n = (values - values[0]) / np.ptp(values), people.sum()
    places = np.array(list(combinations(range(len(hidden)), 2)))
    upper = (people @ scaled - n * scaled[places[:, 0]]) / (scaled[places[:, 1]] - scaled[places[:, 0]])
    corners = np.zeros((len(places), len(hidden)))
    np.put_along_axis(corners, places, np.column_stack([n - upper, upper]), axis=1)
    possible = corners[(corners >= -ROUNDING * n).all(axis=1)][:, small]
    return bool((possible.min(axis=0) < ROUNDING * n).all() and (possible.max(axis=0) > k - 1 - ROUNDING).all())


def _comparable(values: Numbers) -> Numbers:
    """Bring values to a size of 1 and drop the last digits, where equal answers may differ by rounding."""
    rounded: Numbers = np.round(values / float(np.abs(values).max() or 1), 9)
    return rounded
