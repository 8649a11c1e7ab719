"""A score for each person who answered enough items, and the mean of them with its interval."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import Numbers
from lecen.science.cautions import Caution, few_answers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval
from lecen.science.scales.answers import Scale, nearly_unanimous, oriented

LARGE_UNSCORED = 0.1


@dataclass(frozen=True)
class PersonScores:
    """One score a person, in the units of the scale; NaN where too little was answered. For further analysis only."""

    values: Numbers
    scored: int
    unscored: int
    needed: int  # items a person must have answered


@dataclass(frozen=True)
class MeanScore:
    """The mean score of those who can be scored, in the units of the scale."""

    mean: float
    interval: Interval
    standard_deviation: float
    people: int
    scored: int
    unscored: int
    cautions: tuple[Caution, ...]


def score_people(answers: Any, scale: Scale, *, least_share: float = 0.5) -> PersonScores:
    """Score each person by the mean of the items answered; never takes an unanswered item as zero.

    `answers` is people by items, NaN for none. A person who answered less than `least_share` of the items (above 0, at
    most 1) gets no score, NaN. Raises `ScienceError` where the answers do not fit the scale. Source: the "half rule"
    of person-mean imputation, e.g. Fairclough and Cella, Quality of Life Research 5 (1996).
    """
    needed = items_needed(len(scale.names), least_share) if isinstance(scale, Scale) else 0
    turned = oriented(answers, scale)
    answered = (~np.isnan(turned)).sum(axis=1)
    enough = answered >= needed
    values = np.full(len(turned), np.nan)
    values[enough] = np.nansum(turned[enough], axis=1) / answered[enough]
    return PersonScores(values=values, scored=int(enough.sum()), unscored=int((~enough).sum()), needed=needed)


def mean_score(
    answers: Any, scale: Scale, *, least_share: float = 0.5, level: float = 0.95, k: int = DEFAULT_K
) -> MeanScore:
    """Give the mean score of a group with its interval and the number of people who could not be scored.

    Parameters
    ----------
    answers : people by items
        NaN where an item was not answered.
    scale : Scale
        What was asked.
    least_share : float
        Share of the items that a person must have answered; above 0, at most 1.
    level : float
        Of the interval of the mean, by Student's distribution; it holds for people drawn at random.
    k : int
        Fewest people about whom a mean is told.

    Returns
    -------
    MeanScore

    Raises
    ------
    ScienceError
        The answers do not fit the scale; fewer than k people can be scored; all but fewer than k have one and the same
        score, so that the mean would tell what they answered.

    """
    level, k = fraction(level, "The level"), whole(k, "k", least=2)
    persons = score_people(answers, scale, least_share=least_share)
    if persons.scored < k:
        raise ScienceError(f"Only {persons.scored} people answered enough to be scored; at least {k} are needed.")
    values = persons.values[~np.isnan(persons.values)]
    if nearly_unanimous(values, k):
        raise ScienceError(f"All, or all but fewer than {k}, have the same score; a mean would tell their answers.")
    deviation = float(values.std(ddof=1))
    middle = float(values.mean())
    half = float(stats.t.ppf(0.5 + level / 2, len(values) - 1)) * deviation / len(values) ** 0.5
    return MeanScore(
        mean=middle,
        # A mean cannot lie outside the scale, whatever Student's distribution says.
        interval=Interval(max(middle - half, scale.minimum), min(middle + half, scale.maximum)),
        standard_deviation=deviation,
        people=len(persons.values),
        scored=persons.scored,
        unscored=persons.unscored,
        cautions=few_answers(persons.scored) + _many_unscored(persons),
    )


def items_needed(items: int, least_share: float) -> int:
    """Give how many of the items a person must have answered; at least one. Raises `ScienceError`."""
    share = 1.0 if least_share == 1 and not isinstance(least_share, bool) else fraction(least_share, "The least share")
    return max(1, int(np.ceil(share * items - 1e-9)))  # 0.6 of 5 items is 3, whatever the last binary digit says


def _many_unscored(persons: PersonScores) -> tuple[Caution, ...]:
    share = persons.unscored / len(persons.values)
    if share <= LARGE_UNSCORED:
        return ()
    text = f"{share:.0%} of the people answered too little to be scored; they may differ from the others."
    return (Caution("many-unscored", text),)
