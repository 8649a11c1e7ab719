"""Whether a synthetic unit deserves trust: fit, hull, what one donor decides, and effects where there can be none."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.synthetic_control.comparison import Comparison
from lecen.science.synthetic_control.methods import DEMEANED, DID, FEWEST_BEFORE, FEWEST_DONORS, Fit, built
from lecen.science.synthetic_control.placebo import EXACT, placebo_test
from lecen.science.synthetic_control.predictors import Matching
from lecen.science.synthetic_control.solve import mixture

# This project's own limits: the error before as a share of how far units differ (0.25: 94 % of the variance is matched).
GOOD, FAIR = 0.25, 0.5
SMALL_SHARE = 0.01


@dataclass(frozen=True)
class PreFit:
    """How close the synthetic unit is before the treatment."""

    error: float
    """Root mean squared gap, in the outcome's units."""
    relative: float
    """The same as a share of the standard deviation between units in a period."""
    grade: str
    """"good" up to 0.25, "fair" up to 0.5, else "poor"."""
    exact: bool
    """Nothing is left of the gaps: with many donors and few periods that is easily had and says little."""


@dataclass(frozen=True)
class Hull:
    """Whether any mixture of the donors can be the treated unit before the treatment."""

    inside: bool
    distance: float
    """Root mean squared distance of the nearest mixture, in the outcome's units."""
    above: tuple[Any, ...]
    """Periods before the treatment in which the treated unit is above every donor."""
    below: tuple[Any, ...]
    """Periods in which it is below every donor."""


@dataclass(frozen=True)
class LeftOut:
    """The result without one of the donors that carry weight."""

    donor: str
    share: float
    effect: float
    before_error: float


@dataclass(frozen=True)
class TimePlacebo:
    """The result for a start at which nothing happened, from the periods before the treatment alone."""

    start: Any
    effect: float
    ratio: float
    rank: int
    n: int


def pre_fit(table: Numbers, fitted: Fit, method: str) -> PreFit:
    """Grade a fit; `table` is units × periods, the treated first, and `method` says whether levels count."""
    earlier = _matched(table[:, : fitted.before], method)
    spread = float(np.sqrt(np.mean(earlier.var(axis=0, ddof=1))))
    error = fitted.before_error
    relative = error / spread if spread > 0 else 0.0
    grade = "good" if relative <= GOOD else "fair" if relative <= FAIR else "poor"
    return PreFit(error, relative, grade, exact=relative <= EXACT)


def hull(comparison: Comparison, method: str) -> Hull:
    """Tell whether the treated unit lies within the donors' convex hull, in the space in which `method` matches."""
    earlier = _matched(comparison.table()[:, : comparison.before], method)
    target, donors = earlier[0], earlier[1:]
    distance = float(np.sqrt(np.mean((target - mixture(target, donors) @ donors) ** 2)))
    periods = comparison.periods[: comparison.before]
    return Hull(
        inside=distance <= EXACT * float(earlier.std()),
        distance=distance,
        above=tuple(period for period, out in zip(periods, target > donors.max(axis=0), strict=True) if out),
        below=tuple(period for period, out in zip(periods, target < donors.min(axis=0), strict=True) if out),
    )


def leave_one_out(comparison: Comparison, fitted: Fit, method: str, matching: Matching | None) -> tuple[LeftOut, ...]:
    """Do it again without each donor that carries at least 1 %, the heaviest first; nothing where too few would stay."""
    table = comparison.table()
    if len(table) - 1 <= FEWEST_DONORS:
        return ()
    results = []
    for donor in np.argsort(-np.abs(fitted.shares), kind="stable"):
        if abs(fitted.shares[donor]) < SMALL_SHARE:
            break
        rows = np.delete(np.arange(len(table)), donor + 1)
        rest = None if matching is None else matching.of(rows)
        again = built(table[rows], comparison.before, method, rest, comparison.treated_count)
        name, share = comparison.donors[donor], float(fitted.shares[donor])
        results.append(LeftOut(name, share, again.effect, again.before_error))
    return tuple(results)


def placebos_in_time(comparison: Comparison, method: str, *, draws: int, seed: int) -> tuple[TimePlacebo, ...]:
    """Pretend a start after a half, two thirds and five sixths of the pre-period, where at least 3 periods lie before.

    Predictors are not used: they are measured up to the treatment, so they would know what comes after the false start.
    A start before which everything is matched exactly is left out: ratios then rank rounding errors. So are all where
    the treated unit never changes before the treatment.
    """
    table = comparison.table()[:, : comparison.before]
    if np.ptp(table[0]) == 0:
        return ()
    starts = {comparison.before * part // 6 for part in (3, 4, 5)}
    results = []
    for start in sorted(start for start in starts if FEWEST_BEFORE <= start < comparison.before):
        test = placebo_test(table, start, method=method, treated_count=comparison.treated_count, draws=draws, seed=seed)
        if test.before_error > EXACT * float(table[:, :start].std()):
            results.append(TimePlacebo(comparison.periods[start], test.effect, test.ratio, test.rank, test.n))
    return tuple(results)


def _matched(earlier: Numbers, method: str) -> Numbers:
    return earlier - earlier.mean(axis=1, keepdims=True) if method in (DEMEANED, DID) else earlier
