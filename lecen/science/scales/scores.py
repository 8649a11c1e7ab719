"""A score for each person who answered enough items, and the mean of them with its interval."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import Numbers
from lecen.science.designs import NOT_REPRESENTATIVE, Design, read_design
from lecen.science.disclosure import DEFAULT_K
from lecen.science.disclosure.moments import MOST_VALUES, deviation_tells, leave_open, nearly_unanimous
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval
from lecen.science.scales.answers import Scale, described_rows, few_answers, oriented, told

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
    """The mean score of those who can be scored, in the units of the scale.

    `interval` is None for people who chose for themselves to answer: they have no margin of sampling error. It is
    None with `standard_deviation` where up to 11 different scores occur, one of them from fewer than k people. `unscored`
    is None where it is below k, and so is `people`, from which it could be worked out.
    """

    mean: float
    interval: Interval | None
    standard_deviation: float | None
    people: int | None
    scored: int
    unscored: int | None
    cautions: tuple[str, ...]


def score_people(answers: Any, scale: Scale, *, least_share: float = 0.5) -> PersonScores:
    """Score each person by the mean of the items answered; never takes an unanswered item as zero.

    `answers` is people by items, NaN for none. A person who answered less than `least_share` of the items (above 0, at
    most 1) gets no score, NaN. Raises `ScienceError` where the answers do not fit the scale. Source: the "half rule"
    of person-mean imputation, e.g. Fairclough and Cella, Quality of Life Research 5 (1996).
    """
    turned = oriented(answers, scale)
    return _scored(turned, items_needed(len(scale.names), least_share))


def mean_score(
    answers: Any,
    scale: Scale,
    *,
    design: Design | str,
    least_share: float = 0.5,
    level: float = 0.95,
    k: int = DEFAULT_K,
) -> MeanScore:
    """Give the mean score of a group with its interval and the number of people who could not be scored.

    Parameters
    ----------
    answers : people by items
        NaN where an item was not answered.
    scale : Scale
        What was asked.
    design : Design
        How people were found: "probability" or "opt-in".
    least_share : float
        Share of the items that a person must have answered; above 0, at most 1.
    level : float
        Of the interval of the mean, by Student's distribution, for people drawn at random.
    k : int
        Fewest people about whom a mean is told.

    Returns
    -------
    MeanScore
        Where fewer than k people left out some items, they are left out: see `described_rows`.

    Raises
    ------
    ScienceError
        The answers do not fit the scale; fewer than k people can be scored; all but fewer than k have one and the same
        score, or few scores are possible, so that the mean would tell how many have one of them.

    """
    found, level, k = read_design(design), fraction(level, "The level"), whole(k, "k", least=2)
    turned = oriented(answers, scale)
    persons = _scored(described_rows(turned, k), items_needed(len(scale.names), least_share))
    if persons.scored < k:
        raise ScienceError(f"Fewer than {k} people answered enough to be scored.")
    values = persons.values[~np.isnan(persons.values)]
    if _mean_tells(values, turned.shape[1], scale, k):
        raise ScienceError(f"The mean would tell how many have a score that fewer than {k} have.")
    unscored = told(len(turned) - persons.scored, k)
    deviation = None if deviation_tells(values, k) else float(values.std(ddof=1))
    middle = float(values.mean())
    return MeanScore(
        mean=middle,
        interval=None if found is Design.OPT_IN or deviation is None else _interval(values, scale, level),
        standard_deviation=deviation,
        people=None if unscored is None else len(turned),
        scored=persons.scored,
        unscored=unscored,
        cautions=_opt_in(found, persons.scored) + few_answers(persons.scored) + _many_unscored(unscored, len(turned)),
    )


def items_needed(items: int, least_share: float) -> int:
    """Give how many of the items a person must have answered; at least one. Raises `ScienceError`."""
    share = 1.0 if least_share == 1 and not isinstance(least_share, bool) else fraction(least_share, "The least share")
    return max(1, int(np.ceil(share * items - 1e-9)))  # 0.6 of 5 items is 3, whatever the last binary digit says


def _scored(turned: Numbers, needed: int) -> PersonScores:
    answered = (~np.isnan(turned)).sum(axis=1)
    enough = answered >= needed
    values = np.full(len(turned), np.nan)
    values[enough] = np.nansum(turned[enough], axis=1) / answered[enough]
    return PersonScores(values=values, scored=int(enough.sum()), unscored=int((~enough).sum()), needed=needed)


def _mean_tells(values: Numbers, items: int, scale: Scale, k: int) -> bool:
    if nearly_unanimous(values, k):
        return True
    steps = MOST_VALUES if scale.options is None else items * (scale.options - 1)
    if steps >= MOST_VALUES:
        return False
    places = (values - scale.minimum) / (scale.maximum - scale.minimum) * steps
    # Who left out items may score between the scores of the others.
    answers = np.unique(np.concatenate([np.arange(steps + 1), np.round(places, 6)]))
    counts = np.bincount(np.searchsorted(answers, np.round(places, 6)), minlength=len(answers))
    return not leave_open(answers, counts.tolist(), k=k)


def _interval(values: Numbers, scale: Scale, level: float) -> Interval:
    """Give Student's interval; a mean cannot lie outside the scale, whatever that distribution says."""
    middle, error = float(values.mean()), float(values.std(ddof=1)) / len(values) ** 0.5
    half = float(stats.t.ppf(0.5 + level / 2, len(values) - 1)) * error
    return Interval(max(middle - half, scale.minimum), min(middle + half, scale.maximum))


def _opt_in(design: Design, scored: int) -> tuple[str, ...]:
    if design is not Design.OPT_IN:
        return ()
    text = f"These {scored:,} people are {NOT_REPRESENTATIVE}: they chose for themselves whether to answer."
    return (text,)


def _many_unscored(unscored: int | None, people: int) -> tuple[str, ...]:
    if unscored is None or unscored <= LARGE_UNSCORED * people:
        return ()
    text = f"{unscored / people:.0%} of the people answered too little to be scored; they may differ from the others."
    return (text,)
