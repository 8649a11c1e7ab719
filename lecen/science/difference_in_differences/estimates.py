"""What is given out: figures with their errors and intervals, and how these were found."""

from dataclasses import dataclass, fields

from lecen.science.arrays import Numbers
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.options import Method
from lecen.science.difference_in_differences.panel import Places


@dataclass(frozen=True)
class Estimates:
    """Figures in the units of the outcome, one place an estimate; NaN where the method gives none.

    `low` and `high` hold one estimate at a time with the level asked for; `band_low` and `band_high` hold all of them
    together. `p_values` are two-sided, for no effect.
    """

    values: Numbers
    errors: Numbers
    low: Numbers
    high: Numbers
    p_values: Numbers
    band_low: Numbers
    band_high: Numbers


@dataclass(frozen=True)
class Overall:
    """One figure for all, in the units of the outcome."""

    value: float
    error: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True)
class GroupTimeEffects:
    """The effect on each cohort in each period.

    `cohorts`, `periods` and `bases` say for each estimate when its cohort was first treated, in which period it was
    looked at and against which earlier one; `treated` and `controls` count its units. Estimates before treatment are
    checks of the design, not effects. `left_out` counts units treated (or expecting it) in every period.
    `method` is how errors were found, `said` the same in a sentence.
    """

    cohorts: Places
    periods: Places
    bases: Places
    treated: Places
    controls: Places
    estimates: Estimates
    left_out: int
    method: Method
    said: str
    comparisons: Comparisons


@dataclass(frozen=True)
class AggregatedEffects:
    """Group-time effects put together.

    `at` is the time since treatment (event), the first treated period (group) or the period (calendar) of each
    estimate, empty for simple; `treated` counts the treated units behind each; `overall` is their one summary.
    """

    kind: str
    at: Places
    treated: Places
    estimates: Estimates
    overall: Overall
    method: Method
    said: str


def part_of(found: Estimates, places: slice) -> Estimates:
    """Take some of the estimates."""
    return Estimates(*(getattr(found, field.name)[places] for field in fields(found)))


def overall_of(found: Estimates) -> Overall:
    """Take the last of the estimates, the overall one."""
    columns = (found.values, found.errors, found.low, found.high, found.p_values)
    return Overall(*(float(column[-1]) for column in columns))
