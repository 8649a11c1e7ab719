"""The panel a plan names, taken from the rows of its data file; every fault of the file is told with unit and period."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.plans.lines import one_line
from lecen.science.plans.periods import is_month, label_of, period_of, place_of, written
from lecen.science.plans.schema import Data, Design, Outcome, Plan, Spread

FEWEST_DONORS = 5
EXAMPLES = 5
MOST_SHOWN = 400
EMPTY = {"", "NA", "N/A", "NaN", "nan", "null", "None"}


@dataclass(frozen=True, eq=False)
class StudyPanel:
    """The data of a study: every unit in every period."""

    units: tuple[str, ...]
    """In alphabetical order: the treated, their donors, and the excluded that have complete data."""
    periods: tuple[int | date, ...]
    """Years as whole numbers, months as their first days."""
    places: tuple[int, ...]
    """The same counted through: years, or months since year 0."""
    figures: Numbers
    """units × periods: the outcome as the plan counts it, a rate where it is per people."""
    counts: Numbers
    """The same before dividing."""
    since: Mapping[str, int]
    """Treated unit → the place of its first treated period."""
    excluded: Mapping[str, str]
    """Unit that must not be a donor → the plan's reason."""
    left_out: Mapping[str, str]
    """Unit without complete data → what it lacks."""

    def of(self, unit: str, period: int | str) -> tuple[float, float]:
        """Give count and figure of a unit in a period, written as in the plan."""
        place = self.units.index(unit), self.periods.index(period_of(period))
        return float(self.counts[place]), float(self.figures[place])


def panel_of(plan: Plan, rows: Iterable[Mapping[str, str | None]], *, outcome: str | None = None) -> StudyPanel:
    """Take what the plan needs from the rows of its data file.

    Parameters
    ----------
    plan : Plan
        With a part `data`.
    rows : mappings of column to text
        As `csv.DictReader` gives them. NA and empty fields are missing figures.
    outcome : str, optional
        Which of the plan's outcomes; the primary one by default.

    Returns
    -------
    StudyPanel
        A donor without a figure in some period is left out and named.

    Raises
    ------
    ScienceError
        A column is missing; a unit stands twice in a period; a unit of the plan is not in the file; a treated unit has
        a gap; a figure is not a number or negative; too few donors are left; an outcome never changes.

    """
    if plan.data is None or plan.periods is None or plan.primary is None:
        raise ScienceError("This plan names no data.")
    chosen = plan.outcomes.get(outcome or plan.primary)
    if chosen is None:
        raise ScienceError(f"The plan has no outcome {outcome!r}; it has {', '.join(plan.outcomes)}.")
    read = _Reading(plan, plan.data, plan.periods, chosen)
    for number, row in enumerate(rows, start=2):
        read.take(row, number)
    return read.finished()


class _Reading:
    """The figures found so far, by unit and period."""

    def __init__(self, plan: Plan, data: Data, spread: Spread, outcome: Outcome) -> None:
        self.plan, self.data, self.outcome = plan, data, outcome
        self.months = is_month(spread.first)
        first, last = (place_of(end, "A period") for end in (spread.first, spread.last))
        self.places = range(first, last + 1)
        self.since = {part.unit: place_of(part.since, "since") for part in plan.treated}
        self.found: dict[str, dict[int, tuple[float, float]]] = {}
        self.told: dict[str, int | None] = {}
        self.times: Counter[tuple[str, int]] = Counter()
        self.names: dict[str, str] = {}

    def take(self, row: Mapping[str, str | None], number: int) -> None:
        columns = [self.data.unit, self.data.period, self.outcome.column]
        columns += [self.data.population] if self.data.population and self.outcome.per else []
        if missing := [column for column in (*columns, self.data.since) if column and column not in row]:
            raise ScienceError(f"The data file has no column {missing[0]!r}; it has {_listed(row)}.")
        unit = self._unit(row[self.data.unit] or "", number)
        place = place_of(row[self.data.period] or "", f"Row {number}: the period")
        if not unit:
            raise ScienceError(f"Row {number}: the unit is empty.")
        if is_month(row[self.data.period]) != self.months:
            raise ScienceError(
                f"Row {number}: the period is {row[self.data.period]}; the plan writes periods otherwise."
            )
        if place not in self.places:
            return
        self.times[unit, place] += 1
        if self.data.since:
            self._take_since(unit, row[self.data.since] or "", number)
        figures = [_figure(row[column], f"Row {number}: {column} of {unit}") for column in columns[2:]]
        self.found.setdefault(unit, {})[place] = (figures[0], figures[1] if len(figures) > 1 else 1.0)

    def _unit(self, written_name: str, number: int) -> str:
        if written_name not in self.names:
            try:
                self.names[written_name] = one_line(written_name, "the unit")
            except ValueError as fault:
                raise ScienceError(f"Row {number}: {fault}.") from None
        return self.names[written_name]

    def _take_since(self, unit: str, text: str, number: int) -> None:
        never = text.strip() in EMPTY
        place = None if never else place_of(text, f"Row {number}: {self.data.since}") or None
        if place is not None and is_month(text) != self.months:
            raise ScienceError(f"Row {number}: {self.data.since} is {text.strip()}; the plan writes periods otherwise.")
        if self.told.setdefault(unit, place) != place:
            raise ScienceError(f"Row {number}: {unit} has another {self.data.since} than in an earlier row.")
        if place is not None and place <= self.places[-1]:
            # Treated before the study is treated all along.
            self.since[unit] = max(place, self.places[0])

    def finished(self) -> StudyPanel:
        if not self.found:
            raise ScienceError(
                f"The data file has no row from {self._name(self.places[0])} to {self._name(self.places[-1])}."
            )
        if twice := sorted(pair for pair, times in self.times.items() if times > 1):
            unit, place = twice[0]
            raise ScienceError(
                f"{unit} stands {self.times[unit, place]} times in {self._name(place)}; one row each, please."
            )
        self._require_known()
        for part in self.plan.exclude:
            self.since.pop(part.unit, None)
        left_out = self._gaps()
        units = sorted(set(self.found) - set(left_out))
        excluded = {part.unit: part.reason for part in self.plan.exclude if part.unit not in left_out}
        self._require_donors(len(units) - len(excluded) - len(self.since), len(left_out))
        cells = np.array([[self.found[unit][place] for place in self.places] for unit in units])
        counts, people = cells[..., 0], cells[..., 1]
        figures = counts / people * self.outcome.per if self.outcome.per else counts
        _require_change(units, figures, self.since)
        periods = tuple(label_of(place, months=self.months) for place in self.places)
        since = {unit: place for unit, place in sorted(self.since.items()) if unit in units}
        return StudyPanel(tuple(units), periods, tuple(self.places), figures, counts, since, excluded, left_out)

    def _require_known(self) -> None:
        if unknown := [unit for unit in self.plan.named_units if unit not in self.found]:
            near = [unit for unit in sorted(self.found) if unknown[0].casefold()[:4] in unit.casefold()][:EXAMPLES]
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise ScienceError(f"The plan names {unknown[0]!r}, which is not in the data file.{hint}")

    def _gaps(self) -> dict[str, str]:
        """Units that lack a figure; an error where one of them is treated."""
        gaps = {}
        for unit, figures in self.found.items():
            lacking = [place for place in self.places if not _complete(figures.get(place))]
            if lacking:
                gaps[unit] = f"no figure for {', '.join(map(self._name, lacking[:EXAMPLES]))}" + (
                    f" and {len(lacking) - EXAMPLES} more" if len(lacking) > EXAMPLES else ""
                )
        if lost := sorted(self.since.keys() & gaps.keys()):
            raise ScienceError(f"{lost[0]} is treated and has {gaps[lost[0]]}.")
        return gaps

    def _require_donors(self, donors: int, left_out: int) -> None:
        if self.plan.design is not Design.INTERRUPTED_SERIES and donors < FEWEST_DONORS:
            raise ScienceError(
                f"Only {donors} units are left to compare with ({left_out} lack figures); "
                f"at least {FEWEST_DONORS} are needed."
            )

    def _name(self, place: int) -> str:
        return written(place, months=self.months)


def _figure(text: str | None, name: str) -> float:
    """The number written; NaN where it is missing."""
    plain = (text or "").strip()
    if plain in EMPTY:
        return float("nan")
    try:
        number = float("" if "_" in plain else plain)
    except ValueError:
        raise ScienceError(f"{name} is not a number: {plain[:40]!r}.") from None
    if not 0 <= number < float("inf"):
        raise ScienceError(f"{name} must be a number of at least 0, not {plain[:40]}.")
    return number


def _listed(columns: Iterable[object]) -> str:
    """The columns of a file in a sentence: enough to see what is wrong, and not a page of them."""
    text = ", ".join("" if column is None else str(column) for column in columns)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _complete(figures: tuple[float, float] | None) -> bool:
    return figures is not None and not isnan(figures[0]) and figures[1] > 0


def _require_change(units: list[str], figures: Numbers, treated: Collection[str]) -> None:
    """An outcome that never changes, over all or in a treated unit, can show nothing."""
    for unit, row in zip(units, figures, strict=True):
        if unit in treated and (row == row[0]).all():
            raise ScienceError(f"The outcome is constant: {unit} has {row[0]:g} in every period.")
