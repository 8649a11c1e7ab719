"""How far the items of a scale agree: coefficient alpha, omega total, and Spearman-Brown for two items.

All rest on the people who answered every item: the interval of alpha needs one number of people, and covariances
taken pair by pair from different people may fit no scale at all. How many were left out is told.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import Numbers, generator, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.disclosure.moments import deviation_tells
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval, normal_quantile
from lecen.science.scales.answers import FEWEST_ITEMS, Scale, complete_rows, few_answers, told
from lecen.science.scales.factor import LEAST_UNIQUENESS, OneFactor, omega_of, one_factor, refit

LARGE_LEFT_OUT = 0.2
MOST_FAILED = 0.05
MOST_RESAMPLES = 100_000


@dataclass(frozen=True)
class Reliability:
    """One coefficient of a scale's mean score.

    `standard_error` is that of one person's score, in the units of the scale: standard deviation of the scores times
    the root of 1 - value; None where such a deviation is not told (see `mean_score`). `people` answered every item; `left_out` did not, None below 10.
    """

    coefficient: str
    value: float
    interval: Interval
    standard_error: float | None
    people: int
    left_out: int | None
    items: int
    cautions: tuple[str, ...]


def cronbach_alpha(answers: Any, scale: Scale, *, level: float = 0.95) -> Reliability:
    """Give coefficient alpha of a scale of three or more items, people by items, NaN for an item not answered.

    Raises `ScienceError` for two items (`spearman_brown`), below 10 people with every item answered, or where an item
    does not vary. Sources: Cronbach, Psychometrika 16 (1951) 297-334; interval by Feldt, Psychometrika 30 (1965)
    357-370, exact where answers are normal and all items measure alike.
    """
    rows = _rows(answers, scale, 3)
    value = alpha_of(np.cov(rows.T))
    return _reliability("alpha", value, alpha_interval(value, *rows.shape, level=level), rows, len(answers))


def omega_total(answers: Any, scale: Scale, *, seed: int, level: float = 0.95, resamples: int = 1_000) -> Reliability:
    """Give McDonald's omega total of a scale of three or more items by the one-factor model.

    Parameters
    ----------
    answers : people by items
        NaN where an item was not answered.
    scale : Scale
        What was asked.
    seed : int
        Of the resampling behind the interval.
    level : float
        Of the interval: percentiles of omega over people drawn again with replacement.
    resamples : int
        At least 100.

    Returns
    -------
    Reliability

    Raises
    ------
    ScienceError
        As `cronbach_alpha`; the model's fit is a Heywood case or does not come to rest; or more than 5 % of the
        resamples cannot be fitted. Source: McDonald, Test Theory (Erlbaum 1999), chapter 6.

    """
    rows = _rows(answers, scale, 3)
    fit = one_factor(np.cov(rows.T))
    resampled = _resampled_omegas(rows, fit, whole(resamples, "Resamples", least=100, most=MOST_RESAMPLES), seed)
    tail = (1 - fraction(level, "The level")) / 2
    low, high = np.quantile(resampled.omegas, [tail, 1 - tail])
    found = _reliability(
        "omega total",
        float(omega_of(fit.loadings, fit.uniquenesses)),
        Interval(float(low), float(high)),
        rows,
        len(answers),
    )
    extra = _unstable(resampled.heywood_share) + _against(fit.loadings < 0, scale)
    return replace(found, cautions=found.cautions + extra)


def spearman_brown(answers: Any, scale: Scale, *, level: float = 0.95) -> Reliability:
    """Give the reliability of a scale of two items from their correlation r: 2r / (1 + r).

    Raises `ScienceError` for other numbers of items and as `cronbach_alpha`. The interval is that of Fisher's z, put
    through the same formula. Source: Eisinga, te Grotenhuis and Pelzer, International Journal of Public Health 58
    (2013) 637-642.
    """
    rows = complete_rows(answers, scale)
    if rows.shape[1] != FEWEST_ITEMS:
        raise ScienceError(f"Spearman-Brown is for two items; this scale has {rows.shape[1]}: use omega or alpha.")
    correlation = float(np.corrcoef(rows[:, 0], rows[:, 1])[0, 1])
    if abs(correlation) > 1 - 1e-12:
        raise ScienceError("The two items were answered in lockstep; check that they are not one item read twice.")
    ends = fisher_interval(correlation, len(rows), level)
    return _reliability(
        "Spearman-Brown",
        2 * correlation / (1 + correlation),
        Interval(2 * ends.low / (1 + ends.low), 2 * ends.high / (1 + ends.high)),
        rows,
        len(answers),
    )


def alpha_of(covariance: Numbers) -> float:
    """Give alpha from the covariances of the items; the sum of the items must vary."""
    items = len(covariance)
    total = float(covariance.sum())
    if total <= 1e-12 * float(np.trace(covariance)):
        raise ScienceError("The sum of the items does not vary: they cancel each other. Is an item to be reversed?")
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total)


def alpha_interval(alpha: float, people: int, items: int, *, level: float = 0.95) -> Interval:
    """Give Feldt's interval for an alpha found among so many people with so many items. Raises `ScienceError`."""
    people, items = whole(people, "People", least=2), whole(items, "Items", least=2)
    if numbers([alpha], "Alpha")[0] > 1:
        raise ScienceError(f"Alpha lies at or below 1, not at {alpha!r}.")
    tail = (1 - fraction(level, "The level")) / 2
    degrees = people - 1, (people - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * float(stats.f.ppf(place, *degrees)) for place in (1 - tail, tail))
    return Interval(low, high)


def fisher_interval(correlation: float, pairs: int, level: float) -> Interval:
    """Give the interval of a correlation between -1 and 1, neither included, by Fisher's z."""
    half = normal_quantile(level) / (pairs - 3) ** 0.5
    middle = np.arctanh(correlation)
    return Interval(float(np.tanh(middle - half)), float(np.tanh(middle + half)))


def _rows(answers: Any, scale: Scale, fewest_items: int) -> Numbers:
    rows = complete_rows(answers, scale, needed=DEFAULT_K)
    if rows.shape[1] < fewest_items:
        raise ScienceError("A scale of two items has neither alpha nor omega worth the name; use spearman_brown.")
    return rows


def _reliability(coefficient: str, value: float, interval: Interval, rows: Numbers, people: int) -> Reliability:
    scores = rows.mean(axis=1)
    left_out = told(people - len(rows), DEFAULT_K)
    return Reliability(
        coefficient=coefficient,
        value=value,
        interval=interval,
        standard_error=None
        if deviation_tells(scores, DEFAULT_K)
        else float(scores.std(ddof=1) * np.sqrt(1 - min(max(value, 0), 1))),
        people=len(rows),
        left_out=left_out,
        items=rows.shape[1],
        cautions=few_answers(len(rows)) + _many_left_out(left_out, people) + _negative(value),
    )


@dataclass(frozen=True)
class _Resampled:
    omegas: Numbers
    heywood_share: float


def _resampled_omegas(rows: Numbers, fit: OneFactor, resamples: int, seed: int) -> _Resampled:
    covariances = _resampled_covariances(rows, resamples, generator(seed))
    variances = np.einsum("bii->bi", covariances)
    usable = (variances > 1e-12 * np.diag(np.cov(rows.T))).all(axis=1)
    loadings, uniquenesses, resting = refit(covariances[usable], fit)
    if resting.sum() < (1 - MOST_FAILED) * resamples:
        raise ScienceError("One factor cannot be fitted to more than 5 % of the resamples; omega has no interval.")
    heywood = (uniquenesses <= LEAST_UNIQUENESS * 1.01 * variances[usable]).any(axis=1)[resting]
    return _Resampled(omega_of(loadings[resting], uniquenesses[resting]), float(heywood.mean()))


def _resampled_covariances(rows: Numbers, resamples: int, chance: np.random.Generator) -> Numbers:
    """Draw people again with replacement; by how often each was drawn, so that memory stays small."""
    people = len(rows)
    centered = rows - rows.mean(axis=0)
    covariances = np.empty((resamples, rows.shape[1], rows.shape[1]))
    for one in range(resamples):
        times = np.bincount(chance.integers(0, people, people), minlength=people)
        middle = times @ centered / people
        covariances[one] = ((centered.T * times) @ centered - people * np.outer(middle, middle)) / (people - 1)
    return covariances


def _many_left_out(left_out: int | None, people: int) -> tuple[str, ...]:
    if left_out is None or left_out <= LARGE_LEFT_OUT * people:
        return ()
    text = f"{left_out / people:.0%} of the people left out an item, so this describes the others only."
    return (text,)


def _negative(value: float) -> tuple[str, ...]:
    if value >= 0:
        return ()
    return ("The items go against each other: check which of them are to be reversed.",)


def _unstable(heywood_share: float) -> tuple[str, ...]:
    if heywood_share <= MOST_FAILED:
        return ()
    text = f"In {heywood_share:.0%} of the resamples an item had no variance of its own; the interval is rough."
    return (text,)


def _against(negative: Any, scale: Scale) -> tuple[str, ...]:
    names = ", ".join(name for name, against in zip(scale.names, negative, strict=True) if against)
    if not names:
        return ()
    return (f"These items go against the others; are they to be reversed? {names}",)
