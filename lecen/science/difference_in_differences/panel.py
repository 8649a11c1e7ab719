"""The panel: every unit's outcome in every period, and when each unit was first treated."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers, labels_of, numbers
from lecen.science.errors import ScienceError

Places = NDArray[np.int64]
NEVER = math.inf  # how `treated_from` says that a unit was never treated; a missing date is refused, not guessed at
LEAST = 2  # units, and periods
MOST_EXTREME = 1e100  # squares of larger outcomes would overflow


@dataclass(frozen=True)
class Panel:
    """A balanced panel, checked.

    `outcomes` is units × periods; `periods` rises; `treated_from` holds for each unit the first period in which it was
    treated, or `NEVER`; `clusters` numbers from 0 the group each unit was sampled or treated with (itself by default).
    """

    outcomes: Numbers
    periods: Places
    treated_from: Numbers
    clusters: Places


def wide_panel(outcomes: Any, treated_from: Any, *, periods: Any = None, clusters: Any = None) -> Panel:
    """Take a table of outcomes, one row a unit and one column a period, as a panel.

    Parameters
    ----------
    outcomes : array-like, units × periods
        In any one unit of measure; rates where units differ in size.
    treated_from : array-like, one number a unit
        The first period in which the unit was treated, as `periods` has it; `NEVER` (infinity) where there is none.
        A date after the last period is kept: such a unit is one not yet treated.
    periods : array-like of whole numbers, rising
        Years, or months counted through; 0, 1, 2, ... where not given. Effects are placed by their differences.
    clusters : array-like, one label a unit
        Units that share shocks or were treated together, a state's cities for instance; each unit alone by default.

    Returns
    -------
    Panel

    Raises
    ------
    ScienceError
        Missing outcomes (with counts), no variation, lengths that differ, a first treated period before the first
        period or that is none of them, fewer than two units or periods.

    """
    table = numbers(outcomes, "The outcomes", dimensions=2, missing=True)
    _refuse_gaps(table)
    units, length = table.shape
    if min(units, length) < LEAST:
        raise ScienceError(f"A panel needs at least 2 units and 2 periods, not {units} and {length}.")
    if np.abs(table).max() > MOST_EXTREME:
        raise ScienceError("The outcomes hold numbers beyond 1e100; state them in larger units.")
    if (table == table[0, 0]).all():
        raise ScienceError(
            f"The outcome is {table[0, 0]:g} for every unit in every period: there is nothing to compare."
        )
    times = _rising(np.arange(length) if periods is None else periods, length)
    codes = np.arange(units) if clusters is None else labels_of(clusters, "The clusters", units)[1]
    return Panel(table, times, _first_treated(treated_from, units, times), codes)


def long_panel(units: Any, periods: Any, outcomes: Any, treated_from: Any, *, clusters: Any = None) -> Panel:
    """Take rows of one unit in one period each, in any order, as a panel.

    Parameters
    ----------
    units, periods, outcomes, treated_from : array-like of one length
        A row's unit (a number or text), its period (a whole number), its outcome, and the first period in which this
        unit was treated (`NEVER` where there is none; the same in all rows of the unit).
    clusters : array-like of that length
        The cluster of the row's unit; each unit alone by default.

    Returns
    -------
    Panel
        Units in the order of their labels.

    Raises
    ------
    ScienceError
        A unit with two rows for a period, or with none (with counts); a unit whose first treated period or cluster
        changes; and what `wide_panel` refuses.

    """
    values = numbers(outcomes, "The outcomes", missing=True)
    labels, unit = labels_of(units, "The units", values.size)
    times, period = labels_of(numbers(periods, "The periods"), "The periods", values.size)
    _refuse_uneven_rows(labels, unit, times, period)
    table = np.empty((labels.size, times.size))
    table[unit, period] = values
    since = _steady(unit, _dates(treated_from, values.size), labels, "first treated period")
    group = (
        None
        if clusters is None
        else _steady(unit, labels_of(clusters, "The clusters", unit.size)[1], labels, "cluster")
    )
    return wide_panel(table, since, periods=times, clusters=group)


def _refuse_gaps(table: Numbers) -> None:
    gaps = np.isnan(table)
    if gaps.any():
        units, periods = gaps.any(axis=1), gaps.any(axis=0)
        raise ScienceError(
            f"The panel is not balanced: {gaps.sum():,} of {gaps.size:,} outcomes are missing, "
            f"in {units.sum():,} of {units.size:,} units and {periods.sum():,} of {periods.size:,} periods."
        )


def _refuse_uneven_rows(labels: NDArray[Any], unit: Places, times: Numbers, period: Places) -> None:
    rows = np.bincount(unit * times.size + period, minlength=labels.size * times.size)
    if rows.max() > 1:
        place = int(rows.argmax())
        raise ScienceError(
            f"Unit {labels[place // times.size]} has {rows.max()} rows for period {times[place % times.size]:g}; "
            f"{(rows > 1).sum():,} pairs of unit and period stand twice or more."
        )
    if rows.min() == 0:
        table = np.where(rows.reshape(labels.size, times.size) == 0, np.nan, 0.0)
        _refuse_gaps(table)


def _steady(unit: Places, values: NDArray[Any], labels: NDArray[Any], name: str) -> NDArray[Any]:
    """Give each unit's one value; refuse a unit that has several."""
    one = np.empty(labels.size, dtype=values.dtype)
    one[unit] = values
    if (changed := values != one[unit]).any():
        raise ScienceError(f"Unit {labels[unit[changed][0]]} has more than one {name}.")
    return one


def _rising(values: Any, length: int) -> Places:
    times = numbers(values, "The periods")
    if times.shape != (length,):
        raise ScienceError(f"The outcomes have {length} periods, but {times.size} are named.")
    if (times != np.rint(times)).any() or np.abs(times).max() > 2**53:
        raise ScienceError("The periods must be whole numbers: years, or months counted through.")
    if (np.diff(times) <= 0).any():
        raise ScienceError("The periods must rise from each column to the next.")
    return times.astype(np.int64)


def _dates(values: Any, length: int) -> Numbers:
    """Take first treated periods, `NEVER` among them."""
    try:
        dates: Numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ScienceError(
            "First treated periods must be numbers, NEVER (infinity) for a unit never treated."
        ) from None
    if dates.shape != (length,):
        raise ScienceError(f"First treated periods must be a list of {length}; the shape given is {dates.shape}.")
    if np.isnan(dates).any() or np.isneginf(dates).any():
        raise ScienceError(
            f"Place {int(np.argmax(~(dates > -NEVER)))} (counted from 0) has no first treated period: "
            "write NEVER (infinity) where a unit was never treated."
        )
    return dates


def _first_treated(values: Any, units: int, periods: Places) -> Numbers:
    dates = _dates(values, units)
    if (early := dates < periods[0]).any():
        raise ScienceError(
            f"A unit is first treated in {dates[early][0]:g}, before the first period: write {periods[0]} where a unit "
            "was treated all along, NEVER (infinity) where it never was."
        )
    late = (dates > periods[-1]) & (np.isinf(dates) | (dates == np.rint(dates)))
    if (stray := ~late & ~np.isin(dates, periods)).any():
        raise ScienceError(f"A unit is first treated in {dates[stray][0]:g}, which is no period of the panel.")
    return dates
