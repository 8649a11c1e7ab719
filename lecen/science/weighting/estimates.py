"""Weighted means and shares: with an interval for a sample drawn by chance, without one for people who came by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from lecen.science.arrays import SQUARABLE, Numbers, numbers
from lecen.science.designs import NOT_REPRESENTATIVE, OPT_IN_HAS_NO_MARGIN, Design, Sample, read_sample
from lecen.science.disclosure import DEFAULT_K, protect
from lecen.science.disclosure.moments import MOST_VALUES, deviation_tells, leave_open, nearly_unanimous
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval, normal_quantile, wilson
from lecen.science.weighting.coding import NOT_GIVEN, as_list, code
from lecen.science.weighting.efficiency import effective_n, positive_weights
from lecen.science.weighting.variance import Sampling, read_sampling, variance

LINEARIZED = "Taylor linearization, with replacement"
LINEARIZED_RAKED = "Taylor linearization of the residuals from the raking variables, with replacement"


@dataclass(frozen=True)
class MeanEstimate:
    """A weighted mean in the units of the answers.

    `n` is None below k. `value` is None too where, with n and equal weights, it would tell how many gave an answer that
    fewer than k gave. `standard_error` and `interval` are None, and `method` empty, for an opt-in sample, and where they
    would tell such a count.
    """

    design: Design
    n: int | None
    effective_n: float | None
    value: float | None
    standard_error: float | None
    interval: Interval | None
    method: str
    words: str


@dataclass(frozen=True)
class ShareEstimates:
    """Weighted shares by option, between 0 and 1; None where `protect` withholds the option's count.

    `intervals` is empty for an opt-in sample, and None for an option that is withheld.
    """

    design: Design
    n: int | None
    effective_n: float | None
    shares: Mapping[Any, float | None]
    intervals: Mapping[Any, Interval | None]
    method: str
    words: str


def margin_of_error(answers: ArrayLike, sample: Sample, level: float = 0.95) -> float:
    """Give the half-width of the interval of a weighted mean, in the units of `answers`; for people drawn by chance only.

    `answers` are numbers of shape (n,), 0 and 1 for a share; `level` lies between 0 and 1. Sampling is taken as with
    replacement, quantiles from Student's t with clusters less strata degrees of freedom; raked weights are treated as a
    regression on the raking variables (Deville & Särndal, JASA 87 (1992) 376-382). Raises `ScienceError` for an opt-in
    sample, always: it has no sampling margin; where, with equal weights, the margin would tell a count of fewer than 10
    people (few different answers, or nearly all alike); and for input that is not as said, or a stratum of one cluster.
    """
    if read_sample(sample) is Design.OPT_IN:
        raise ScienceError(OPT_IN_HAS_NO_MARGIN)
    values = numbers(answers, "Answers", largest=SQUARABLE)
    if _error_tells(values, DEFAULT_K):
        raise ScienceError(f"A margin of error would tell how many gave an answer that fewer than {DEFAULT_K} gave.")
    drawn = read_sampling(len(values), sample)
    return _quantile(drawn, level) * _standard_error(values, positive_weights(sample.weights, len(values)), drawn)


def estimate_mean(answers: ArrayLike, sample: Sample, *, level: float = 0.95, k: int = DEFAULT_K) -> MeanEstimate:
    """Estimate a mean and say in words what may be made of it.

    `answers` are numbers of shape (n,); `level` is of the interval; `k` is the smallest count of people that may be
    shown. Returns an interval for a probability sample (as `margin_of_error` has it) where it tells no smaller count, and
    "not representative", without one, for an opt-in sample. Raises `ScienceError` for input that is not as said.
    """
    found, k = read_sample(sample), whole(k, "k", least=2)
    fraction(level, "The level")
    values = numbers(answers, "Answers", largest=SQUARABLE)
    weights = positive_weights(sample.weights, len(values))
    n = len(values)
    if n < k or _mean_tells(values, k):
        told = None if n < k else n
        return MeanEstimate(found, told, None, None, None, None, "", _withheld(told, k))
    mean, effective = float(weights @ values / n), effective_n(weights)
    drawn = None if found is Design.OPT_IN else read_sampling(n, sample)
    if drawn is None or _error_tells(values, k):
        words = _words(found, n, effective, level) if drawn is None else _without_interval(n, effective, k)
        return MeanEstimate(found, n, effective, mean, None, None, "", words)
    error, words = _standard_error(values, weights, drawn), _words(found, n, effective, level)
    half = error * _quantile(drawn, level)
    return MeanEstimate(found, n, effective, mean, error, Interval(mean - half, mean + half), _method(sample), words)


def estimate_shares(
    answers: Any, sample: Sample, *, options: Any, level: float = 0.95, k: int = DEFAULT_K
) -> ShareEstimates:
    """Estimate the share of each option of a question and say in words what may be made of it.

    Parameters
    ----------
    answers : list of shape (n,)
        The option each respondent chose, none missing: those who left the question out are left out before.
    sample : Sample
        How they were found and weighted.
    options : list
        Every option of the question, chosen or not, at least 2, in their order on the form.
    level : float
        Of the intervals, between 0 and 1.
    k : int
        Smallest count of people that may be shown; at least 2.

    Returns
    -------
    ShareEstimates
        Options whose count `protect` withholds have no share: with equal weights a share gives back its count. The
        intervals of a probability sample are Wilson's at the effective number of respondents, so they stay between 0
        and 1; that number is corrected for its degrees of freedom (Korn & Graubard, Survey Methodology 24 (1998)
        193-201).

    Raises
    ------
    ScienceError
        Input that is not as above.

    """
    found, k = read_sample(sample), whole(k, "k", least=2)
    fraction(level, "The level")
    choices = list(dict.fromkeys(as_list(options, "The options")))
    if len(choices) < 2:  # noqa: PLR2004
        raise ScienceError("The options must be at least 2.")
    codes = code(as_list(answers, "Answers"), choices, "Answers")
    if (codes == NOT_GIVEN).any():
        raise ScienceError("Some answers are missing: leave those respondents out, and say how many they are.")
    n = len(codes)
    weights = positive_weights(sample.weights, n)
    counts = np.bincount(codes, minlength=len(choices))
    release = protect({str(place): int(count) for place, count in enumerate(counts)}, k)
    if release.withheld:
        return ShareEstimates(found, None, None, dict.fromkeys(choices), {}, "", _withheld(None, k))
    shown = [not release.cells[str(place)].suppressed for place in range(len(choices))]
    shares, effective = np.bincount(codes, weights, minlength=len(choices)) / n, effective_n(weights)
    told = {option: float(share) if one else None for option, share, one in zip(choices, shares, shown, strict=True)}
    words = _words(found, n, effective, level)
    if found is Design.OPT_IN:
        return ShareEstimates(found, n, effective, told, {}, "", words)
    chosen = (codes[:, None] == np.flatnonzero(shown)[None, :]).astype(float)
    ends = iter(_share_intervals(shares[shown], chosen, weights, read_sampling(n, sample), level))
    intervals = {option: next(ends) if one else None for option, one in zip(choices, shown, strict=True)}
    return ShareEstimates(found, n, effective, told, intervals, _method(sample), words)


def _answers(values: Numbers) -> Numbers:
    """Give the answers that could be given: those that were and, for whole numbers close together, those between."""
    given = np.unique(values)
    if (given == np.round(given)).all() and np.ptp(given) < MOST_VALUES:
        return np.arange(given[0], given[-1] + 1)
    return given


def _mean_tells(values: Numbers, k: int) -> bool:
    """Tell whether n and the mean leave a reader too little doubt about an answer that fewer than k people gave."""
    answers = _answers(values)
    if nearly_unanimous(values, k) or len(answers) > MOST_VALUES:
        return nearly_unanimous(values, k)
    counts = np.bincount(np.searchsorted(answers, values), minlength=len(answers))
    return not leave_open(answers, counts.tolist(), k=k)


def _error_tells(values: Numbers, k: int) -> bool:
    """Tell whether n, mean and error could give away an answer that fewer than k people, or nobody, gave."""
    return deviation_tells(values, k) or len(np.unique(values)) < len(_answers(values)) <= MOST_VALUES


def _standard_error(values: Numbers, weights: Numbers, sampling: Sampling) -> float:
    """Give the standard error of a weighted mean, by answers brought to a size of 1: squares of tiny ones would vanish."""
    size = float(np.abs(values).max()) or 1.0
    return size * float(np.sqrt(variance((values / size)[:, None], weights, sampling)[0]))


def _method(sample: Sample) -> str:
    return LINEARIZED if sample.raked_on is None or not len(sample.raked_on) else LINEARIZED_RAKED


def _share_intervals(
    shares: Numbers, chosen: Numbers, weights: Numbers, sampling: Sampling, level: float
) -> list[Interval]:
    """Give Wilson's interval of each share at the number of respondents whose simple sample would vary as much."""
    if not len(shares):
        return []
    correction = (normal_quantile(level) / _quantile(sampling, level)) ** 2
    spread = np.maximum(variance(chosen, weights, sampling), np.finfo(float).tiny ** 0.5)
    worth = shares * (1 - shares) / spread * correction
    lows, highs = wilson(shares * worth, worth, level)
    return [Interval(float(low), float(high)) for low, high in zip(lows, highs, strict=True)]


def _quantile(sampling: Sampling, level: float) -> float:
    return float(stdtrit(sampling.degrees_of_freedom, 0.5 + fraction(level, "The level") / 2))


def _withheld(n: int | None, k: int) -> str:
    if n is None:
        return f"Fewer than {k} people answered; nothing is shown."
    return f"{n:,} people answered; a mean would tell how many gave an answer that fewer than {k} gave."


def _without_interval(n: int, effective: float, k: int) -> str:
    return (
        f"{n:,} people drawn by chance, weighted to an effective n of {effective:,.0f}. No margin of sampling error is "
        f"shown: it would tell how many gave an answer that fewer than {k} gave."
    )


def _words(design: Design, n: int, effective: float, level: float) -> str:
    if design is Design.OPT_IN:
        return (
            f"{NOT_REPRESENTATIVE.capitalize()}: {n:,} people who chose for themselves to answer, weighted to an "
            f"effective n of {effective:,.0f}. No margin of sampling error can be given."
        )
    return (
        f"{n:,} people drawn by chance, weighted to an effective n of {effective:,.0f}; the interval is the {level:.0%} "
        "margin of sampling error, and leaves out other errors such as who did not answer."
    )
