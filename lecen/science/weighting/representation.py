"""Who answered beside who lives here: each category's share of respondents over its share of the population."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.designs import NOT_REPRESENTATIVE, Design, read_design
from lecen.science.disclosure import DEFAULT_K, protect
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval, wilson
from lecen.science.weighting.coding import NOT_GIVEN, as_list, code, population_sizes


@dataclass(frozen=True)
class RepresentationRatio:
    """One category. All but the population's share is None where the count is withheld, or nobody lives there.

    `ratio` 1 is a fair share, 0.5 half of it; `interval` is the ratio's.
    """

    category: Hashable
    population_share: float
    respondents: int | None
    share: float | None
    ratio: float | None
    interval: Interval | None


@dataclass(frozen=True)
class Representation:
    """Ratios by category, safe to show.

    `n` counts all respondents, None below k. `no_answer` counts those whose category is not known, None where
    withheld. Shares are of those whose category is known where `no_answer` is shown; where it is withheld they are of
    all n, because the other way would tell it.
    """

    ratios: tuple[RepresentationRatio, ...]
    n: int | None
    no_answer: int | None
    verdict: str


def representation_ratios(
    categories: Any, margin: Mapping[Any, float], *, design: Design | str, k: int = DEFAULT_K, level: float = 0.95
) -> Representation:
    """Compare the categories of respondents with those of the population, withholding small groups.

    Parameters
    ----------
    categories : list or array
        Each respondent's category; None or NaN where not known.
    margin : mapping of category to number
        Counts of people (or shares) of the population. Taken as exact. Where a small category needs another withheld
        beside it, that is a neighbor in this order; those who gave no category come last.
    design : Design
        How respondents were found. It changes the verdict, not the ratios.
    k : int
        Smallest count of people that may be shown; at least 2.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    Representation
        A ratio times the population's share gives back the count of respondents, so ratios are made from the
        `protect`ed counts alone and tell nothing that those do not.

    Raises
    ------
    ScienceError
        A category that the margin does not have, or input that is not as above.

    Notes
    -----
    The intervals are Wilson's for a share, over the population's share. Model: each of the n respondents fell into the
    category independently with one probability; they say how much a ratio would move if as many others had answered in
    the same way. They say nothing of what non-respondents think.

    """
    found, k = read_design(design), whole(k, "k", least=2)
    fraction(level, "The level")
    sizes = population_sizes(margin, "The margin")
    values = as_list(categories, "Categories")
    codes = code(values, list(margin), "Categories")
    counts = np.bincount(np.where(codes == NOT_GIVEN, len(sizes), codes), minlength=len(sizes) + 1)
    # Labeled by place, so that a small category's neighbor is the one beside it in the margin.
    release = protect({str(place): int(count) for place, count in enumerate(counts)}, k)
    *shown, absent = (release.cells[str(place)].value for place in range(len(counts)))
    n = release.total.value
    among = (n or 0) - (absent or 0)
    ratios = tuple(
        _ratio(label, share, count, among, level)
        for label, share, count in zip(margin, sizes / sizes.sum(), shown, strict=True)
    )
    return Representation(ratios, n, absent, _verdict(found, n, k))


def _ratio(label: Hashable, share: float, count: int | None, among: int, level: float) -> RepresentationRatio:
    if count is None:
        return RepresentationRatio(label, float(share), None, None, None, None)
    if share <= 0:
        return RepresentationRatio(label, 0.0, count, count / among, None, None)
    ends: tuple[Numbers, Numbers] = wilson(count, among, level)
    interval = Interval(float(ends[0][0] / share), float(ends[1][0] / share))
    return RepresentationRatio(label, float(share), count, count / among, float(count / among / share), interval)


def _verdict(design: Design, n: int | None, k: int) -> str:
    if n is None:
        return f"Fewer than {k} people answered; nothing can be said about who they are."
    if design is Design.OPT_IN:
        return f"These {n:,} answers are {NOT_REPRESENTATIVE}: people chose for themselves whether to answer."
    return f"These {n:,} answers come from a sample drawn by chance; ratios far from 1 show who did not answer."
