"""Incident files of any size as a panel of units and periods: counts with zeros filled in, rates, lags, windows.

One Ibis expression, so that the same lines run on DuckDB (a file on one machine) and on PySpark (a cluster).
Nothing is computed before the answer is asked for. No person's row leaves the expression: it yields counts.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import ibis
import ibis.expr.types as ir
import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

PER_PEOPLE = 100_000  # rates are per this many people of the population given
MOST_PERIODS = 10_000
DIGITS = 9  # of a rate, in a checksum: two engines add in different orders


class Period(StrEnum):
    """What a panel counts by; weeks begin on Monday."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_UNITS = {Period.WEEK: "W", Period.MONTH: "M", Period.QUARTER: "Q", Period.YEAR: "Y"}
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True)
class PanelMatrix:
    """A panel as an array: `figures` of shape (units, periods), rows and columns in the order of the two names."""

    units: tuple[object, ...]
    periods: tuple[date, ...]
    figures: Numbers


def build_panel(
    incidents: ir.Table,
    units: ir.Table,
    *,
    period: Period | str,
    first: date,
    last: date,
    unit: str = "unit",
    at: str = "at",
    lags: Sequence[int] = (),
    windows: Sequence[int] = (),
) -> ir.Table:
    """Count incidents by unit and period, a zero where a unit had none.

    Parameters
    ----------
    incidents : table of Ibis
        One row an incident, with the column `unit` and the date or timestamp `at`. Rows without either, of a unit not
        in `units`, or outside of `first` to `last` are left out: `set_aside` counts them by reason.
    units : table of Ibis on the same backend
        One row a unit: the column `unit` of the same type and, for rates, `population` (people, above zero; NULL
        where not known gives a NULL rate). A unit that did not report has no zero to fill: leave it out.
    period : Period or its name
        "week", "month", "quarter" or "year".
    first, last : date
        A day in the first and a day in the last period; both periods are counted whole.
    unit, at : str
        The names of the columns.
    lags : whole numbers, at least 1
        Adds `incidents_lag_2`, the count two periods earlier: NULL in the first two periods.
    windows : whole numbers, at least 2
        Adds `incidents_mean_12`, the mean of this and the 11 periods before: NULL until there are 12.

    Returns
    -------
    table of Ibis, not yet computed
        `unit`, `period` (its first day), `number` (0 for the first period), `incidents`, then lags, windows and, where
        `units` has `population`, `population` and `rate` (incidents per 100,000 people and period). One row for every
        unit and period, in no order.

    Raises
    ------
    ScienceError
        A column is missing or of another type, a unit is named twice, the dates are reversed or span too many periods,
        or a lag or window is longer than the panel. Only the table of units is read to find out.

    """
    starts = period_starts(period, first=first, last=last)
    _require_columns(incidents, units, unit=unit, at=at)
    _require_distinct(units, unit)
    for lag in lags:
        whole(lag, "A lag", least=1, most=len(starts) - 1)
    for width in windows:
        whole(width, "A window", least=2, most=len(starts))
    inside = incidents[at].cast("date").between(starts[0], _last_day(starts, Period(period)))
    counted = (
        incidents.filter(inside)
        .select(unit=incidents[unit], period=incidents[at].cast("date").truncate(_UNITS[Period(period)]).cast("date"))
        .group_by("unit", "period")
        .agg(incidents=lambda rows: rows.count())
    )
    grid = _grid(units, unit, starts)
    filled = grid.left_join(counted, ["unit", "period"]).drop("unit_right", "period_right")
    return _with_history(filled.mutate(incidents=filled.incidents.fill_null(0).cast("int64")), lags, windows)


def set_aside(
    incidents: ir.Table,
    units: ir.Table,
    *,
    period: Period | str,
    first: date,
    last: date,
    unit: str = "unit",
    at: str = "at",
) -> ir.Table:
    """Count the incidents that `build_panel` left out, so that none is lost without a word.

    Parameters: as for `build_panel`.

    Returns: a table of one row, not yet computed, each incident in one column: `counted`, `without_unit`,
    `without_date`, `unknown_unit`, `outside_dates`.

    Raises `ScienceError` as `build_panel` does.
    """
    starts = period_starts(period, first=first, last=last)
    _require_columns(incidents, units, unit=unit, at=at)
    _require_distinct(units, unit)
    known = units.select(known=units[unit]).mutate(is_known=ibis.literal(1))
    rows = incidents.select(unit=incidents[unit], day=incidents[at].cast("date"))
    rows = rows.left_join(known, rows.unit == known.known)
    reason = ibis.cases(
        (rows.unit.isnull(), "without_unit"),
        (rows.day.isnull(), "without_date"),
        (rows.is_known.isnull(), "unknown_unit"),
        (~rows.day.between(starts[0], _last_day(starts, Period(period))), "outside_dates"),
        else_="counted",
    )
    names = ("counted", "without_unit", "without_date", "unknown_unit", "outside_dates")
    return rows.select(reason=reason).agg(**{name: _sum_of(name) for name in names})


def period_starts(period: Period | str, *, first: date, last: date) -> list[date]:
    """List the first days of the periods from the one that holds `first` to the one that holds `last`, in order.

    Raises `ScienceError` where the period has no such name, the dates are reversed or the periods more than 10,000.
    """
    if period not in list(Period):
        raise ScienceError(f"The period must be one of {', '.join(Period)}, not {period!r}.")
    if not (type(first) is date and type(last) is date):
        raise ScienceError("The first and the last day of a panel must be dates without a time.")
    if last < first:
        raise ScienceError(f"The dates are reversed: the last day, {last}, comes before the first, {first}.")
    if last.year == date.max.year:
        raise ScienceError(f"The last day of a panel must lie before the year {date.max.year}, not on {last}.")
    start, starts = _start(Period(period), first), []
    while start <= last:
        starts.append(start)
        start = _next(Period(period), start)
        if len(starts) > MOST_PERIODS:
            raise ScienceError(f"From {first} to {last} are more than {MOST_PERIODS:,} periods.")
    return starts


def panel_matrix(panel: ir.Table, *, value: str = "incidents") -> PanelMatrix:
    """Compute one column of a panel as an array with units in order of their names and periods in time.

    Returns NaN where the value is NULL. Raises `ScienceError` where the panel has no such column or is empty.
    """
    if value not in panel.columns:
        raise ScienceError(f"The panel has no column {value!r}; it has {', '.join(panel.columns)}.")
    rows = panel.select("unit", "period", "number", chosen=panel[value].cast("float64"))
    table = rows.order_by("unit", "number").to_pandas()
    if table.empty:
        raise ScienceError("The panel is empty: there is no unit in it.")
    periods = int(table["number"].max()) + 1
    days = [_as_date(day) for day in table["period"].iloc[:periods]]
    values = table["chosen"].to_numpy(dtype=np.float64, na_value=np.nan).reshape(-1, periods)
    return PanelMatrix(tuple(table["unit"].iloc[::periods]), tuple(days), values)


def checksum(panel: ir.Table) -> str:
    """Compute the SHA-256 of a panel's rows in order, as 64 hexadecimal digits: equal panels on any engine, equal sums.

    Fractions count to nine digits, since engines add in different orders.
    """
    columns = sorted(set(panel.columns) - {"unit", "number"})
    table = panel.order_by("unit", "number").to_pandas()
    for name in columns:
        if table[name].dtype.kind == "f":
            table[name] = table[name].map(lambda number: "" if np.isnan(number) else f"{number:.{DIGITS}g}")
    table["period"] = table["period"].map(_as_date)
    written = table[["unit", "number", *columns]].to_csv(index=False, na_rep="")
    return hashlib.sha256(written.encode()).hexdigest()


def _require_columns(incidents: ir.Table, units: ir.Table, *, unit: str, at: str) -> None:
    for table, name, column in ((incidents, "incidents", unit), (incidents, "incidents", at), (units, "units", unit)):
        if column not in table.columns:
            raise ScienceError(f"The table of {name} has no column {column!r}; it has {', '.join(table.columns)}.")
    if not incidents[at].type().is_temporal() or incidents[at].type().is_time():
        raise ScienceError(f"The column {at!r} must hold dates or timestamps, not {incidents[at].type()}.")
    kinds = (incidents[unit].type(), units[unit].type())
    if kinds[0].copy(nullable=True) != kinds[1].copy(nullable=True):
        raise ScienceError(f"Units are {kinds[0]} in the incidents and {kinds[1]} in the units: make them alike.")
    if "population" in units.columns and not units.population.type().is_numeric():
        raise ScienceError(f"The population must be numbers, not {units.population.type()}.")


def _require_distinct(units: ir.Table, unit: str) -> None:
    facts = {"rows": units.count(), "names": units[unit].nunique(), "nameless": units[unit].isnull().sum()}
    if "population" in units.columns:
        facts["unpeopled"] = (units.population <= 0).sum()
        if units.population.type().is_floating():
            facts["endless"] = units.population.isinf().sum()
    found = units.agg(**facts).to_pandas().fillna(0).iloc[0]
    if found["rows"] == 0:
        raise ScienceError("The table of units is empty.")
    if found["nameless"]:
        raise ScienceError(f"{int(found['nameless'])} rows of the units have no name.")
    if found["rows"] != found["names"]:
        raise ScienceError(f"{int(found['rows'] - found['names'])} rows of the units name a unit a second time.")
    if found.get("endless"):
        raise ScienceError(f"{int(found['endless'])} units have an infinite population.")
    if found.get("unpeopled"):
        raise ScienceError(f"{int(found['unpeopled'])} units have a population of zero or less.")


def _grid(units: ir.Table, unit: str, starts: Sequence[date]) -> ir.Table:
    named = {"unit": units[unit]} | ({"population": units.population} if "population" in units.columns else {})
    periods = ibis.memtable({"period": list(starts), "number": list(range(len(starts)))})
    return units.select(**named).cross_join(periods.cast({"period": "date", "number": "int64"}))


def _with_history(panel: ir.Table, lags: Sequence[int], windows: Sequence[int]) -> ir.Table:
    order = ibis.window(group_by="unit", order_by="number")
    added = {f"incidents_lag_{lag}": panel.incidents.lag(lag).over(order) for lag in lags}
    for width in windows:
        before = ibis.window(group_by="unit", order_by="number", preceding=width - 1, following=0)
        mean = panel.incidents.sum().over(before).cast("float64") / width
        added[f"incidents_mean_{width}"] = ibis.ifelse(panel.number >= width - 1, mean, ibis.null("float64"))
    shown = ["unit", "period", "number", "incidents"]
    if "population" in panel.columns:
        shown.append("population")
        added["rate"] = panel.incidents.cast("float64") * PER_PEOPLE / panel.population
    return panel.select(*shown, **added)


def _start(period: Period, day: date) -> date:
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    months = _MONTHS[period]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(period: Period, start: date) -> date:
    if period is Period.WEEK:
        return start + timedelta(weeks=1)
    ahead = start.month - 1 + _MONTHS[period]
    return date(start.year + ahead // 12, ahead % 12 + 1, 1)


def _last_day(starts: Sequence[date], period: Period) -> date:
    return _next(period, starts[-1]) - timedelta(days=1)


def _sum_of(name: str) -> ibis.Deferred:
    return ibis.ifelse(ibis._.reason == name, 1, 0).sum().fill_null(0)


def _as_date(day: object) -> date:
    return day if type(day) is date else day.date()  # type: ignore[attr-defined]
