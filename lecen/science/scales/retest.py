"""The same people asked twice while nothing happened: how far their scores stay what they were."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy import stats

from lecen.science.arrays import SQUARABLE, Numbers, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.disclosure.moments import nearly_unanimous
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.intervals import Interval
from lecen.science.scales.answers import few_answers, told
from lecen.science.scales.reliability import fisher_interval

Form = Literal["ICC(1,1)", "ICC(2,1)", "ICC(3,1)"]
FORMS: tuple[Form, ...] = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)")
FEWEST_ROWS = 3
NOISE = 1e-12


@dataclass(frozen=True)
class Agreement:
    """An intraclass correlation of single measurements, named after Shrout and Fleiss; `error_variance` in units²."""

    form: Form
    value: float
    interval: Interval
    error_variance: float


@dataclass(frozen=True)
class Retest:
    """Two occasions compared over `pairs` people measured on both.

    `standard_error` of one person's score and `detectable_change` (how far two scores of one person must lie apart to
    be more than error at the same level) are in the units of the scores; so is `shift`, the mean of second minus first. `unpaired` people were measured once or never, None below 10.
    """

    agreement: Agreement
    correlation: float
    correlation_interval: Interval
    shift: float
    standard_error: float
    detectable_change: float
    pairs: int
    unpaired: int | None
    cautions: tuple[str, ...]


def retest(first: Any, second: Any, *, form: Form = "ICC(2,1)", level: float = 0.95) -> Retest:
    """Compare the scores of the same people on two occasions, place by place, NaN where a person was not measured.

    ICC(2,1) asks for the same score again; ICC(3,1) lets all scores shift together. Raises `ScienceError` below 10
    people measured on both occasions, or where all but fewer than 10 scores are one or all move in lockstep. Sources: Shrout and Fleiss,
    Psychological Bulletin 86 (1979) 420-428; McGraw and Wong, Psychological Methods 1 (1996) 30-46.
    """
    before, after = (
        numbers(scores, name, missing=True, largest=SQUARABLE)
        for scores, name in ((first, "First"), (second, "Second"))
    )
    if len(before) != len(after):
        raise ScienceError(f"First and second scores must be of the same people: {len(before)} and {len(after)}.")
    both = ~(np.isnan(before) | np.isnan(after))
    pairs = int(both.sum())
    if pairs < DEFAULT_K:
        raise ScienceError(f"Fewer than {DEFAULT_K} people were measured on both occasions; that many are needed.")
    before, after = before[both], after[both]
    if min(np.ptp(before), np.ptp(after)) <= NOISE * max(np.abs(before).max(), np.abs(after).max()):
        raise ScienceError("On one occasion everybody has the same score; nothing can be compared.")
    if nearly_unanimous(before, DEFAULT_K) or nearly_unanimous(after, DEFAULT_K):
        raise ScienceError(f"On one occasion all but fewer than {DEFAULT_K} people have the same score.")
    agreement = intraclass(np.column_stack([before, after]), form=form, level=level)
    correlation = float(np.corrcoef(before, after)[0, 1])
    if abs(correlation) > 1 - NOISE:
        raise ScienceError("The two occasions move in lockstep; check that one was not read twice.")
    error = agreement.error_variance**0.5
    return Retest(
        agreement=agreement,
        correlation=correlation,
        correlation_interval=fisher_interval(correlation, pairs, level),
        shift=float((after - before).mean()),
        standard_error=error,
        detectable_change=float(stats.norm.ppf(0.5 + level / 2)) * 2**0.5 * error,
        pairs=pairs,
        unpaired=told(int((~both).sum()), DEFAULT_K),
        cautions=few_answers(pairs),
    )


def intraclass(ratings: Any, *, form: Form, level: float = 0.95) -> Agreement:
    """Give an intraclass correlation of a full table, targets by occasions or judges, with its interval.

    The small-number rule is `retest`'s; targets here may be files or places. Raises `ScienceError` below 3 rows or 2
    columns, or where nothing is left to chance: judges who agree up to a constant.
    """
    table = numbers(ratings, "Ratings", dimensions=2, largest=SQUARABLE)
    level = fraction(level, "The level")
    if form not in FORMS:
        raise ScienceError(f"The form must be one of {', '.join(FORMS)}, not {form!r}.")
    if table.shape[0] < FEWEST_ROWS or table.shape[1] < 2:  # noqa: PLR2004
        raise ScienceError(f"Ratings must have at least {FEWEST_ROWS} rows and 2 columns, not {table.shape}.")
    squares = _mean_squares(table)
    if squares.error <= NOISE * max(squares.rows, squares.columns, NOISE * float((table**2).mean())):
        raise ScienceError("The columns move in lockstep, or nothing varies; there is no error to estimate.")
    value, interval, error = _FORMULAS[form](squares, level)
    return Agreement(form=form, value=value, interval=interval, error_variance=error)


@dataclass(frozen=True)
class _Squares:
    """Mean squares of a table without repetition: between rows, between columns, within rows, and what is left."""

    rows: float
    columns: float
    within: float
    error: float
    n: int
    k: int


def _mean_squares(table: Numbers) -> _Squares:
    n, k = table.shape
    middle = table.mean()
    by_row, by_column = table.mean(axis=1) - middle, table.mean(axis=0) - middle
    rest = table - middle - by_row[:, None] - by_column
    within = ((table - table.mean(axis=1, keepdims=True)) ** 2).sum() / (n * (k - 1))
    return _Squares(
        rows=float(k * (by_row**2).sum() / (n - 1)),
        columns=float(n * (by_column**2).sum() / (k - 1)),
        within=float(within),
        error=float((rest**2).sum() / ((n - 1) * (k - 1))),
        n=n,
        k=k,
    )


def _one_way(squares: _Squares, level: float) -> tuple[float, Interval, float]:
    ratio, degrees = squares.rows / squares.within, (squares.n - 1, squares.n * (squares.k - 1))
    return _single(ratio, squares.k), _ratio_interval(ratio, degrees, squares.k, level), squares.within


def _consistency(squares: _Squares, level: float) -> tuple[float, Interval, float]:
    ratio, degrees = squares.rows / squares.error, (squares.n - 1, (squares.n - 1) * (squares.k - 1))
    return _single(ratio, squares.k), _ratio_interval(ratio, degrees, squares.k, level), squares.error


def _single(ratio: float, k: int) -> float:
    return (ratio - 1) / (ratio + k - 1)


def _ratio_interval(ratio: float, degrees: tuple[int, int], k: int, level: float) -> Interval:
    upper = float(stats.f.ppf(0.5 + level / 2, *degrees))
    lower = float(stats.f.ppf(0.5 + level / 2, *degrees[::-1]))
    return Interval(_single(ratio / upper, k), _single(ratio * lower, k))


def _agreement(squares: _Squares, level: float) -> tuple[float, Interval, float]:
    n, k, rows, columns, error = squares.n, squares.k, squares.rows, squares.columns, squares.error
    value = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    ratio = columns / error
    weight = n * (1 + (k - 1) * value) - k * value
    # Satterthwaite's degrees of freedom, Shrout and Fleiss 1979.
    degrees = (k - 1) * (n - 1) * (k * value * ratio + weight) ** 2 / ((n - 1) * (k * value * ratio) ** 2 + weight**2)
    upper = float(stats.f.ppf(0.5 + level / 2, n - 1, degrees))
    lower = float(stats.f.ppf(0.5 + level / 2, degrees, n - 1))
    spread = k * columns + (k * n - k - n) * error
    interval = Interval(
        n * (rows - upper * error) / (upper * spread + n * rows),
        n * (lower * rows - error) / (spread + n * lower * rows),
    )
    return value, interval, error + max(columns - error, 0) / n


_FORMULAS = {"ICC(1,1)": _one_way, "ICC(2,1)": _agreement, "ICC(3,1)": _consistency}
