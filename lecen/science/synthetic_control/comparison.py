"""What is compared with what: a treated unit, its donors, the outcome of all in every period, and why some are left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.synthetic_control.labels import known, period_labels, unit_names
from lecen.science.synthetic_control.methods import FEWEST_DONORS, outcome_table
from lecen.science.synthetic_control.predictors import Matching


@dataclass(frozen=True, eq=False)
class Comparison:
    """A checked panel: every unit in every period."""

    units: tuple[str, ...]
    """Names, the treated first, then the donors, then donors left out, each in the order given."""
    treated_count: int
    periods: tuple[Any, ...]
    """Whole numbers or dates, evenly spaced."""
    before: int
    """How many periods come before the treatment."""
    outcome: Numbers
    """units × periods; NaN only where a donor left out has no figure."""
    exclusions: Mapping[str, str]
    """Donor left out → why."""
    doubts: Mapping[str, str]
    """Donor kept although there is a reason to leave it out → that reason."""
    predictors: Numbers | None
    """units × predictors."""
    predictor_names: tuple[str, ...]

    @property
    def treated(self) -> tuple[str, ...]:
        return self.units[: self.treated_count]

    @property
    def donors(self) -> tuple[str, ...]:
        return self.units[self.treated_count : len(self.units) - len(self.exclusions)]

    @property
    def first_treated(self) -> Any:
        return self.periods[self.before]

    def table(self) -> Numbers:
        """Give the treated unit's (or the treated units' mean) outcome first, the donors' below: units × periods."""
        end = len(self.units) - len(self.exclusions)
        rows = self.outcome[self.treated_count : end]
        return np.vstack([self.outcome[: self.treated_count].mean(axis=0), rows])

    def matching(self, weights: Numbers | None, starts: int, seed: int) -> Matching:
        """Give the predictors in the order of `table`, with `weights` or a search for them."""
        if self.predictors is None:
            raise ScienceError("The comparison has no predictors to match on.")
        end = len(self.units) - len(self.exclusions)
        own = self.predictors[: self.treated_count].mean(axis=0)
        return Matching(np.vstack([own, self.predictors[self.treated_count : end]]), weights, starts, seed)

    def with_excluded(self) -> "Comparison":
        """Give the same with every donor kept that has all outcomes; the reasons against these become doubts."""
        end = len(self.units) - len(self.exclusions)
        whole = [row for row in range(end, len(self.units)) if not np.isnan(self.outcome[row]).any()]
        rows = [*range(end), *whole, *(row for row in range(end, len(self.units)) if row not in whole)]
        back = {self.units[row]: self.exclusions[self.units[row]] for row in whole}
        return replace(
            self,
            units=tuple(self.units[row] for row in rows),
            outcome=self.outcome[rows],
            predictors=None if self.predictors is None else self.predictors[rows],
            exclusions={unit: why for unit, why in self.exclusions.items() if unit not in back},
            doubts={**self.doubts, **back},
        )

    def without(self, donor: str, reason: str) -> "Comparison":
        """Give the same with one more donor left out. Raises `ScienceError` where too few are left."""
        rows = [*(place for place, unit in enumerate(self.units) if unit != donor), self.units.index(donor)]
        smaller = replace(
            self,
            units=tuple(self.units[row] for row in rows),
            outcome=self.outcome[rows],
            predictors=None if self.predictors is None else self.predictors[rows],
            exclusions={**self.exclusions, donor: reason},
            doubts={unit: why for unit, why in self.doubts.items() if unit != donor},
        )
        outcome_table(smaller.table(), smaller.before)
        return smaller

    def from_period(self, first: Any) -> "Comparison":
        """Give the same without the periods before `first`. Raises `ScienceError` where too few are left."""
        if first not in self.periods:
            raise ScienceError(f"Period {first} is not among the periods given.")
        start = self.periods.index(first)
        shorter = replace(
            self, periods=self.periods[start:], before=self.before - start, outcome=self.outcome[:, start:]
        )
        outcome_table(shorter.table(), shorter.before)
        return shorter

    def in_logs(self) -> "Comparison":
        """Give the same with the outcome's logarithm. Raises `ScienceError` where an outcome is 0 or below."""
        used = self.outcome[: len(self.units) - len(self.exclusions)]
        if (used <= 0).any():
            row, column = np.argwhere(used <= 0)[0]
            raise ScienceError(
                f"Logarithms need an outcome above 0; {self.units[row]!r} has {used[row, column]:g} "
                f"in {self.periods[column]}."
            )
        positive = np.where(self.outcome > 0, self.outcome, np.nan)
        return replace(self, outcome=np.log(positive))


def comparison(
    outcome: object,
    *,
    units: Sequence[str],
    periods: Sequence[Any],
    treated: str | Sequence[str],
    first_treated: Any,
    exclusions: Mapping[str, str] | None = None,
    predictors: Mapping[str, Sequence[float]] | None = None,
) -> Comparison:
    """Check a panel and set up the comparison of treated units with donors.

    Parameters
    ----------
    outcome : array-like, units × periods
        One figure for every unit in every period, none missing.
    units : sequence of str
        Names of the rows, each once.
    periods : sequence of int or of date
        Labels of the columns: whole numbers or dates, rising, evenly spaced (dates by months or by days).
    treated : str or sequence of str
        The treated unit; several only for synthetic difference-in-differences.
    first_treated : int or date
        The first period under treatment; at least 3 periods come before it.
    exclusions : mapping of str to str, optional
        Units that must not be donors, each with its reason; the result carries both.
    predictors : mapping of str to sequence of float, optional
        Name → one figure a unit, in the order of `units`, measured before the treatment.

    Returns
    -------
    Comparison

    Raises
    ------
    ScienceError
        Missing, infinite or non-numeric outcomes; names or periods that repeat, run backwards or leave a gap; a treated
        unit or first period that is not there; too few pre-periods or donors; an exclusion without a reason; a unit
        whose outcome never changes; predictors that do not differ.

    """
    names = unit_names(units)
    labels = period_labels(periods)
    chosen = unit_names([treated] if isinstance(treated, str) else treated, "The treated units")
    known(chosen, names, "Treated unit")
    reasons = _reasons(exclusions or {}, names, chosen)
    table = _outcomes(outcome, names, labels, reasons)
    if first_treated not in labels:
        raise ScienceError(
            f"The first treated period {first_treated} is not among the periods {labels[0]} to {labels[-1]}."
        )
    order = [names.index(name) for name in chosen]
    order += [row for row, name in enumerate(names) if name not in chosen and name not in reasons]
    order += [names.index(name) for name in reasons]
    values = None if not predictors else _predictors(predictors, names)[order]
    made = Comparison(
        units=tuple(names[row] for row in order),
        treated_count=len(chosen),
        periods=labels,
        before=labels.index(first_treated),
        outcome=table[order],
        exclusions=reasons,
        doubts={},
        predictors=values,
        predictor_names=tuple(predictors or ()),
    )
    _changing(made)
    outcome_table(made.table(), made.before, FEWEST_DONORS)
    return made


def _outcomes(outcome: object, names: Sequence[str], labels: Sequence[Any], excluded: Iterable[str]) -> Numbers:
    table = numbers(outcome, "The outcome", dimensions=2, missing=True)
    if table.shape != (len(names), len(labels)):
        raise ScienceError(
            f"The outcome must be {len(names)} units × {len(labels)} periods, not {table.shape[0]} × {table.shape[1]}."
        )
    missing = np.isnan(table) & ~np.isin(names, list(excluded))[:, None]
    if missing.any():
        row, column = np.argwhere(missing)[0]
        raise ScienceError(
            f"The outcome of {names[row]!r} in {labels[column]} is missing; "
            "leave the unit out with a reason, or compare fewer periods."
        )
    return table


def _reasons(exclusions: Mapping[str, str], names: Sequence[str], chosen: Sequence[str]) -> dict[str, str]:
    known(exclusions, names, "Excluded donor")
    for name, reason in exclusions.items():
        if name in chosen:
            raise ScienceError(f"{name!r} is treated, so it cannot be excluded as a donor.")
        if not isinstance(reason, str) or not reason.strip():
            raise ScienceError(f"The exclusion of {name!r} needs a reason.")
    return dict(exclusions)


def _predictors(predictors: Mapping[str, Sequence[float]], names: Sequence[str]) -> Numbers:
    columns = []
    for name, values in predictors.items():
        column = numbers(values, f"Predictor {name!r}")
        if len(column) != len(names):
            raise ScienceError(f"Predictor {name!r} must have {len(names)} figures, one a unit, not {len(column)}.")
        if not float(np.ptp(column)) > 1e-12 * float(np.abs(column).max()):
            raise ScienceError(f"Predictor {name!r} is the same for every unit.")
        columns.append(column)
    return np.column_stack(columns)


def _changing(made: Comparison) -> None:
    """Refuse a unit whose outcome never changes: most often it was not reported."""
    used = made.outcome[: len(made.units) - len(made.exclusions)]
    flat = np.flatnonzero(np.ptp(used, axis=1) <= 1e-12 * np.abs(used).max(axis=1))
    if len(flat):
        name, value = made.units[flat[0]], used[flat[0], 0]
        way = "" if flat[0] < made.treated_count else "; exclude it with a reason"
        raise ScienceError(f"The outcome of {name!r} is {value:g} in every period{way}.")
