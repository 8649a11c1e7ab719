"""Which cohort is compared with which, in which period, against which period before: everything but the outcomes."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.difference_in_differences.panel import NEVER, Panel, Places
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

Controls = Literal["never", "not_yet"]
Base = Literal["varying", "universal"]


@dataclass(frozen=True)
class Comparisons:
    """Units by cohort, and one place in `cohort`, `period`, `base` and `first` for each comparison.

    The units kept are sorted by cohort, `units` giving their rows in the panel and `starts` where each cohort begins.
    `cohorts` are first treated periods, rising, `NEVER` always last though nobody may be in it. `outcomes` are the kept
    units' with the means of units and of periods taken out, which changes no comparison and keeps digits. Comparison k
    sets cohort `cohort[k]` against the cohorts from `first[k]` on, itself left out; all are places, not dates.
    """

    panel: Panel
    units: Places
    starts: Places
    cohorts: Numbers
    outcomes: Numbers
    anticipation: int
    cohort: Places
    period: Places
    base: Places
    first: Places

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.starts).astype(np.float64)

    @property
    def cohort_of(self) -> Places:
        """The cohort of each kept unit, in their order."""
        return np.repeat(np.arange(self.cohorts.size), np.diff(self.starts))

    @property
    def clusters(self) -> Places:
        """The cluster of each kept unit, in their order."""
        return self.panel.clusters[self.units]

    @property
    def counted(self) -> str:
        """How many units or clusters stand behind the errors, in words."""
        alone = np.unique(self.panel.clusters).size == self.panel.clusters.size
        return f"{np.unique(self.clusters).size:,} {'units' if alone else 'clusters'}"

    @property
    def cluster_counts(self) -> Numbers:
        """How many clusters hold units of each cohort."""
        pairs = np.unique(np.stack([self.clusters, self.cohort_of]), axis=1)
        return np.bincount(pairs[1], minlength=self.cohorts.size).astype(np.float64)

    @property
    def lonely(self) -> NDArray[np.bool_]:
        """Whether a comparison has one cluster on a side, whose own chance no error from the data can show."""
        clusters = self.cluster_counts
        lonely: NDArray[np.bool_] = (clusters[self.cohort] <= 1) | (self.control_sizes(clusters) <= 1)
        return lonely

    @property
    def event_times(self) -> Places:
        """Periods since each comparison's cohort was first treated; negative before."""
        return self.panel.periods[self.period] - self.cohorts[self.cohort].astype(np.int64)

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether a comparison's own cohort is among those treated later, from which it is left out."""
        inside: NDArray[np.bool_] = self.cohort >= self.first
        return inside

    def cohort_sums(self, values: Numbers) -> Numbers:
        """Sum rows of kept units by cohort: an array of cohorts × columns."""
        ones = np.ones(self.units.size)
        by_cohort = sparse.csr_array((ones, np.arange(self.units.size), self.starts))
        sums: Numbers = by_cohort @ values
        return sums

    def control_sizes(self, sizes: Numbers) -> Numbers:
        """How many units each comparison's controls are, `sizes` being those of cohorts (last axis)."""
        return tails(sizes)[..., self.first] - np.where(self.inside, sizes[..., self.cohort], 0)

    def effects(self, sums: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
        """Give each comparison's mean change among the treated and among their controls.

        Parameters: `sums` of outcomes, ... × cohorts × periods; `sizes`, ... × cohorts. Returns two arrays,
        ... × comparisons. Leading dimensions are other assignments of the same units.
        """
        later = tails(sums, axis=-2)
        treated = sums[..., self.cohort, self.period] - sums[..., self.cohort, self.base]
        controls = later[..., self.first, self.period] - later[..., self.first, self.base]
        controls = controls - np.where(self.inside, treated, 0)
        return treated / sizes[..., self.cohort], controls / self.control_sizes(sizes)


def tails(values: Numbers, axis: int = -1) -> Numbers:
    """Sum each cohort with all after it."""
    return np.flip(np.cumsum(np.flip(values, axis), axis), axis)


def compare(panel: Panel, *, controls: Controls, base: Base, anticipation: int) -> Comparisons:
    """List the comparisons that a panel allows; refuse a panel that allows none. Raises `ScienceError`."""
    if controls not in get_args(Controls):
        raise ScienceError(f"The controls must be 'never' or 'not_yet' treated, not {controls!r}.")
    if base not in get_args(Base):
        raise ScienceError(f"The base period must be 'varying' or 'universal', not {base!r}.")
    ahead = whole(anticipation, "Anticipation", least=0, most=int(panel.periods[-1] - panel.periods[0]))
    dates = np.where(panel.treated_from > panel.periods[-1] + ahead, NEVER, panel.treated_from)
    kept = np.flatnonzero(dates - ahead > panel.periods[0])
    _refuse_without_two_sides(dates[kept], controls)
    order = kept[np.argsort(dates[kept], kind="stable")]
    cohorts = np.unique(np.append(dates[order], NEVER))
    starts = np.append(np.searchsorted(dates[order], cohorts), order.size).astype(np.int64)
    cells = _cells(panel.periods, cohorts, base, ahead)
    first = _first_controls(panel.periods, cohorts, cells, controls, ahead)
    outcomes = panel.outcomes[order]
    outcomes = outcomes - outcomes.mean(axis=1, keepdims=True)
    outcomes -= outcomes.mean(axis=0)
    listed = Comparisons(panel, order, starts, cohorts, outcomes, ahead, *cells, first)
    usable = listed.control_sizes(listed.sizes) > 0
    if not usable.any():
        raise ScienceError("In no period is a treated unit beside one that is not treated yet.")
    cohort, period, earlier = (cell[usable] for cell in cells)
    return replace(listed, cohort=cohort, period=period, base=earlier, first=first[usable])


def _refuse_without_two_sides(dates: Numbers, controls: Controls) -> None:
    if not np.isfinite(dates).any():
        raise ScienceError("No unit is first treated after the first period, so none has a before and an after.")
    if controls == "never" and np.isfinite(dates).all():
        raise ScienceError("No unit is never treated; compare with those not yet treated instead.")


def _cells(periods: Places, cohorts: Numbers, base: Base, ahead: int) -> tuple[Places, Places, Places]:
    """Give cohort, period and base period (as places) of every comparison one could ask for."""
    last_before = np.searchsorted(periods, cohorts[:-1] - ahead) - 1
    cohort, period = (grid.ravel() for grid in np.indices((cohorts.size - 1, periods.size)))
    fixed = last_before[cohort]
    at = fixed if base == "universal" else np.where(period > fixed, fixed, period - 1)
    asked = (at >= 0) & (at != period)
    return cohort[asked], period[asked], at[asked]


def _first_controls(
    periods: Places, cohorts: Numbers, cells: tuple[Places, Places, Places], controls: Controls, ahead: int
) -> Places:
    """Give the first cohort that is still untouched by treatment in both periods of each comparison."""
    _, period, base = cells
    if controls == "never":
        return np.full(period.size, cohorts.size - 1, dtype=np.int64)
    return np.searchsorted(cohorts, periods[np.maximum(period, base)] + ahead, side="right").astype(np.int64)
