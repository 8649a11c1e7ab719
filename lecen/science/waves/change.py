"""What false matches do to a change found in pairs, and the change without them.

A false pair compares two people. Its difference says nothing of anybody's change: it is that between the newcomers of
the second wave and those who left after the first. So the mean change found is a mixture, (1 - f) times the true one
and f times the difference of the people not joined; and the two waves of a false pair do not go together, so that
correlations shrink by 1 - f. Neter, Maynes and Ramanathan, Journal of the American Statistical Association (1965),
describe the latter for any mismatched pairs.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import SQUARABLE, Numbers, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.disclosure.moments import nearly_unanimous
from lecen.science.errors import ScienceError
from lecen.science.intervals import Interval
from lecen.science.waves.attrition import chosen_places
from lecen.science.waves.matching import Matching

MOST_FALSE = 0.5


@dataclass(frozen=True)
class ChangeUnderErrors:
    """A mean change in pairs, second minus first, as found and without false matches; units of the outcome.

    `corrected` uses the false share estimated, `bounds` the ends of its interval (they hold no error of sampling: that
    is the business of the paired comparison). Effects on change that differ between people, and correlations, are
    multiplied by `attenuation`, 1 - f; `correlation_corrected` divides by it.
    """

    pairs: int
    observed: float
    corrected: float | None
    bounds: Interval | None
    attenuation: float
    correlation: float
    correlation_corrected: float
    cautions: tuple[str, ...]


def change_under_errors(first: Any, second: Any, matching: Matching) -> ChangeUnderErrors:
    """Tell a mean change between two waves as found, and as it would be without the false matches expected.

    `first` and `second` hold the outcome of everybody in the wave, in the order of the codes matched, NaN for none.
    Raises `ScienceError` below 10 pairs with both outcomes, where half the pairs may be false, or where an outcome
    or all but fewer than 10 changes are the same.
    """
    if not isinstance(matching, Matching):
        raise ScienceError(f"The matching must be a Matching, not {type(matching).__name__}.")
    before, after = (
        numbers(values, name, missing=True, largest=SQUARABLE)
        for values, name in ((first, "First outcomes"), (second, "Second outcomes"))
    )
    if (len(before), len(after)) != matching.people:
        raise ScienceError(f"Outcomes of {matching.people} people are needed, not of {(len(before), len(after))}.")
    one, other = before[matching.first], after[matching.second]
    both = ~(np.isnan(one) | np.isnan(other))
    one, other = one[both], other[both]
    share, ends = matching.errors.false_share, matching.errors.false_share_interval
    _check(one, other, ends)
    observed, correlation = float((other - one).mean()), float(np.corrcoef(one, other)[0, 1])
    apart = _difference_of_others(before, after, matching)
    corrected = [None if apart is None else (observed - f * apart) / (1 - f) for f in (share, *ends)]
    known = [value for value in corrected if value is not None]
    return ChangeUnderErrors(
        pairs=len(one),
        observed=observed,
        corrected=corrected[0],
        bounds=Interval(min(known), max(known)) if known else None,
        attenuation=1 - share,
        correlation=correlation,
        correlation_corrected=float(np.clip(correlation / (1 - share), -1, 1)),
        cautions=() if known else (_too_few_others(),),
    )


def _check(one: Numbers, other: Numbers, ends: Interval) -> None:
    if len(one) < DEFAULT_K:
        raise ScienceError(f"Fewer than {DEFAULT_K} pairs have both outcomes; that many are needed.")
    if ends.high >= MOST_FALSE:
        raise ScienceError(f"Up to {ends.high:.0%} of the pairs may be false; nothing can be said of change.")
    if min(np.ptp(one), np.ptp(other)) * SQUARABLE < 1 or nearly_unanimous(other - one, DEFAULT_K):
        raise ScienceError(f"An outcome, or all but fewer than {DEFAULT_K} of the changes, is the same for everybody.")


def _difference_of_others(before: Numbers, after: Numbers, matching: Matching) -> float | None:
    left = before[~chosen_places(matching.first, len(before))]
    came = after[~chosen_places(matching.second, len(after))]
    left, came = left[~np.isnan(left)], came[~np.isnan(came)]
    if min(len(left), len(came)) < DEFAULT_K:
        return None
    return float(came.mean() - left.mean())


def _too_few_others() -> str:
    return f"Fewer than {DEFAULT_K} people of a wave were not joined, so the change cannot be corrected by theirs."
