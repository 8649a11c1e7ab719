"""The same people before and after: what changed, for whom it is known, and what that cannot show.

Sources: Wilcoxon, Biometrics Bulletin 1 (1945) 80-83; Morris and DeShon, Psychological Methods 7 (2002) 105-125 (the
standardized change and its error); Hedges, Journal of Educational Statistics 6 (1981) 107-128 (its correction).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from scipy.special import gammaln

from lecen.science.arrays import Numbers, numbers
from lecen.science.disclosure import DEFAULT_K, ProtectedTable, protect
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval

LARGEST = 1e100
ROUNDING = 1e-9
EXACT_UP_TO = 50

CANNOT_SHOW = (
    "There is no comparison: the change is associated with the program, which is not to say that the program made it.",
    "Whatever else happened between the two dates is in the figure: news, seasons, other work.",
    "People who come when things are at their worst tend to do better later, with or without a program.",
    "Answering a second time changes answers by itself.",
    "It tells about those who answered twice, not about those who did not.",
)


@dataclass(frozen=True)
class Attrition:
    """Who is in the figure: `first` answered before, `both` again. `gap` is how much higher those who stayed were
    before than those who left. Where one to nine left, `first` and `gap` are None. `sentence` says it in words.
    """

    first: int | None
    both: int
    gap: float | None
    sentence: str


@dataclass(frozen=True)
class Standardized:
    """The mean change over the standard deviation before, corrected for small numbers, with its standard error."""

    effect: float
    standard_error: float


@dataclass(frozen=True)
class BeforeAfter:
    """A mean change of people who answered twice.

    `interval` and `p_value` are the paired t-test's; `wilcoxon_p` asks the same by ranks, `sign_p` by counting ups and
    downs only. `directions` holds how many went up, stayed or went down, small counts withheld, and then `sign_p` is
    None because the counts could be worked out from it. `sentence` may be shown
    as it is, with `cannot_show` beside it.
    """

    pairs: int
    mean_before: float
    mean_after: float
    change: float
    standard_error: float
    interval: Interval
    p_value: float
    wilcoxon_p: float
    sign_p: float | None
    level: float
    standardized: Standardized
    directions: ProtectedTable
    attrition: Attrition
    sentence: str
    cannot_show: tuple[str, ...]


def before_after(before: Any, after: Any, *, level: float = 0.95, k: int = DEFAULT_K) -> BeforeAfter:
    """Compare the answers of the same people at two times.

    Parameters
    ----------
    before, after : array-like of numbers
        One a person, in the same order; NaN where somebody did not answer that time.
    level : float
        Of the interval.
    k : int
        Smallest number of people that may be described, 10 as a rule.

    Returns
    -------
    BeforeAfter

    Raises
    ------
    ScienceError
        Fewer than k people answered twice, lengths differ, everybody answered alike at one time, or all changed by the
        same.

    """
    first, second = numbers(before, "Answers before", missing=True), numbers(after, "Answers after", missing=True)
    level, k = fraction(level, "The level"), whole(k, "k", least=2)
    if len(first) != len(second):
        raise ScienceError(f"Answers must come in pairs; there are {len(first)} before and {len(second)} after.")
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < k:
        raise ScienceError(f"Fewer than {k} people answered both times; groups that small are not described.")
    x, y = first[both], second[both]
    _refuse_uniform(x, y)
    change = y - x
    count, mean = len(change), float(change.mean())
    error = float(change.std(ddof=1) / np.sqrt(count))
    half = float(stats.t.ppf((1 + level) / 2, count - 1)) * error
    interval, directions = Interval(mean - half, mean + half), _directions(change, k)
    return BeforeAfter(
        pairs=count,
        mean_before=float(x.mean()),
        mean_after=float(y.mean()),
        change=mean,
        standard_error=error,
        interval=interval,
        p_value=float(2 * stats.t.sf(abs(mean) / error, count - 1)),
        wilcoxon_p=_wilcoxon(change),
        sign_p=_sign(change) if directions.complete else None,
        level=level,
        standardized=_standardized(x, y),
        directions=directions,
        attrition=_attrition(first, both, k),
        sentence=_sentence(x, y, interval, level),
        cannot_show=CANNOT_SHOW,
    )


def _refuse_uniform(x: Numbers, y: Numbers) -> None:
    if max(np.abs(x).max(), np.abs(y).max()) > LARGEST:
        raise ScienceError("The answers are too large to be worked with; choose another unit.")
    for answers, when in ((x, "before"), (y, "after")):
        if answers.min() == answers.max():
            raise ScienceError(f"Everybody answered alike {when}; a mean would tell what each of them said.")
    change = y - x
    if np.ptp(change) <= ROUNDING * max(np.abs(x).max(), np.abs(y).max()):
        raise ScienceError("All answers changed by the same; an error cannot be learned from that.")


def _wilcoxon(change: Numbers) -> float:
    moved = change[change != 0]
    tied = len(np.unique(np.abs(moved))) < len(moved)
    method = "exact" if len(moved) <= EXACT_UP_TO and not tied else "asymptotic"
    return float(stats.wilcoxon(moved, method=method).pvalue)


def _sign(change: Numbers) -> float:
    up, down = int((change > 0).sum()), int((change < 0).sum())
    return float(stats.binomtest(up, up + down).pvalue)


def _directions(change: Numbers, k: int) -> ProtectedTable:
    counts = {"up": (change > 0).sum(), "same": (change == 0).sum(), "down": (change < 0).sum()}
    return protect({name: int(count) for name, count in counts.items()}, k)


def _standardized(x: Numbers, y: Numbers) -> Standardized:
    """Morris and DeShon's change in the metric of raw scores, by the deviation before; their variance for one group."""
    count, deviation = len(x), float(x.std(ddof=1))
    degrees = count - 1
    correction = float(np.exp(gammaln(degrees / 2) - gammaln((degrees - 1) / 2)) / np.sqrt(degrees / 2))
    effect = correction * float((y - x).mean()) / deviation
    # One minus the correlation, by the two spreads at once: with equal spreads it is that exactly.
    apart = float((y - x).var(ddof=1) / (x.var(ddof=1) + y.var(ddof=1)))
    factor = 2 * apart / count
    variance = factor * degrees / (degrees - 2) * (1 + effect**2 / factor) - effect**2 / correction**2
    return Standardized(effect, float(correction * np.sqrt(variance)))


def _attrition(first: Numbers, both: Any, k: int) -> Attrition:
    answered = ~np.isnan(first)
    total, stayed = int(answered.sum()), int(both.sum())
    left = answered & ~both
    if total == stayed:
        return Attrition(total, stayed, None, f"All {total} people who answered before answered again.")
    if left.sum() < k:
        # The number of those who answered before would tell how few left.
        return Attrition(
            None, stayed, None, f"{stayed} people answered twice; fewer than {k} who answered before did not again."
        )
    gap = float(first[both].mean() - first[left].mean())
    side = "higher" if gap > 0 else "lower"
    sentence = (
        f"Of {total} people who answered before, {stayed} answered again; before, those who stayed were {abs(gap):.2g} "
        f"{side} on average than those who left."
    )
    return Attrition(total, stayed, gap, sentence)


def _sentence(x: Numbers, y: Numbers, interval: Interval, level: float) -> str:
    change = float((y - x).mean())
    side = "higher" if change > 0 else "lower" if change < 0 else "different"
    return (
        f"Among {len(x)} people who answered twice, the mean was {x.mean():.3g} before and {y.mean():.3g} after: "
        f"{abs(change):.2g} {side} ({level:.0%} range {interval.low:.2g} to {interval.high:.2g})."
    )
