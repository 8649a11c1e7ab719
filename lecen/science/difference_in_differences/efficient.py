"""The efficient estimator for treatment dates drawn by lot.

Where chance decided who came when, cohorts were alike before, so any difference before treatment is noise and may be
used to take noise out. Of all multiples of it the estimator subtracts the best; difference-in-differences subtracts it
once. Not for dates that agencies chose. Source: Roth and Sant'Anna, Efficient estimation for staggered rollout designs,
Journal of Political Economy Microeconomics 1 (2023) 669-709: the scalar adjustment, with Neyman's conservative error
and the studentized randomization test.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from lecen.science.arrays import MOST_NUMBERS, Numbers, generator
from lecen.science.difference_in_differences.comparisons import Comparisons, compare
from lecen.science.difference_in_differences.estimates import Estimates, Overall, overall_of, part_of
from lecen.science.difference_in_differences.inference import normal, too_few
from lecen.science.difference_in_differences.influence import coefficients
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.panel import Panel, Places
from lecen.science.difference_in_differences.weights import Kind, scheme
from lecen.science.errors import ScienceError

ROUNDING = 1e-13  # variance below the square of this share of the largest outcome is one of arithmetic
CLOSE = 1e-9


@dataclass(frozen=True)
class EfficientEffects:
    """Effects of treatment whose dates were drawn by lot, in the units of the outcome.

    `at` places `estimates` as in `AggregatedEffects`, after treatment alone; `overall` is their summary and
    `adjustment` the multiple of the difference before treatment that was subtracted for it. `unadjusted` is the
    difference-in-differences (a multiple of 1) with the same kind of error. `balance_p_value` is for no difference
    before treatment, overall: a small one speaks against a lot.
    """

    kind: str
    at: Places
    estimates: Estimates
    overall: Overall
    adjustment: float
    unadjusted: Overall
    balance_p_value: float
    method: str
    said: str


@dataclass(frozen=True)
class _Parts:
    """Comparisons after and before treatment, and the variances that lots give them; one place an estimate.

    Variances that are nothing but rounding are 0.
    """

    after: Numbers
    before: Numbers
    after_variance: Numbers
    before_variance: Numbers
    covariance: Numbers

    def best(self) -> Numbers:
        """Give the multiple that leaves the least variance; 0 where nothing varied before."""
        varies = self.before_variance > 0
        return np.where(varies, self.covariance / np.where(varies, self.before_variance, 1), 0)

    def adjusted(self, by: Numbers) -> tuple[Numbers, Numbers]:
        """Subtract that multiple of the difference before: estimates, and errors (NaN where there is no variance)."""
        variance = self.after_variance - 2 * by * self.covariance + by**2 * self.before_variance
        errors = np.sqrt(np.maximum(variance, 0))
        return self.after - by * self.before, np.where(errors > CLOSE * np.sqrt(self.after_variance), errors, np.nan)

    def best_estimates(self) -> tuple[Numbers, Numbers]:
        return self.adjusted(self.best())

    def balance(self) -> float:
        """Give the p-value for no difference before treatment, overall."""
        if self.before_variance[-1] == 0:
            return float("nan")
        return float(2 * ndtr(-np.abs(self.before[-1]) / np.sqrt(self.before_variance[-1])))


@dataclass(frozen=True)
class _Lot:
    """What a unit's outcomes count for in comparisons after and before treatment: cohorts × periods × estimates."""

    comparisons: Comparisons
    after: Numbers
    before: Numbers

    def draw(self, outcomes: Numbers) -> _Parts:
        """Estimate from outcomes of units in the order of their cohorts."""
        one = self.comparisons
        ends = [self._counted(outcomes, coefficient) for coefficient in (self.after, self.before)]
        sums = [one.cohort_sums(end) for end in ends]
        sizes = np.maximum(one.sizes, 2)[:, None]  # an empty cohort has sums of 0
        after, before = (end - (total / sizes)[one.cohort_of] for end, total in zip(ends, sums, strict=True))
        within = [one.cohort_sums(product) for product in (after**2, before**2, after * before)]
        variances = [(part * sizes / (sizes - 1)).sum(axis=0) for part in within]
        least = (ROUNDING * np.abs(outcomes).max()) ** 2
        after_variance, before_variance = (np.where(each > least, each, 0) for each in variances[:2])
        return _Parts(sums[0].sum(axis=0), sums[1].sum(axis=0), after_variance, before_variance, variances[2])

    def _counted(self, outcomes: Numbers, coefficient: Numbers) -> Numbers:
        starts = self.comparisons.starts
        spans = zip(starts, starts[1:], coefficient, strict=False)
        return np.vstack([outcomes[start:end] @ cohort for start, end, cohort in spans])


def efficient_effects(panel: Panel, kind: Kind = "simple", *, inference: Inference | None = None) -> EfficientEffects:
    """Estimate effects where chance alone decided which unit was treated when.

    Parameters: `kind` as for `aggregate`, after treatment; `inference` of method "automatic" (analytic from 20 units
    on each side; else the studentized randomization test), "analytic" or "randomization". Controls are all units not
    yet treated. Raises `ScienceError` where units came in clusters, where a cohort has one unit, and where `compare`
    finds nothing to compare.
    """
    options = inference or Inference()
    options.check()
    comparisons = compare(panel, controls="not_yet", base="varying", anticipation=0)
    _refuse_what_no_lot_gives(comparisons, options)
    chosen = scheme(comparisons, kind)
    shown = np.flatnonzero((chosen.labels >= 0) | (kind != "event"))
    weights = chosen.apply(comparisons).weights[:, np.append(shown, chosen.labels.size)]
    lot = _Lot(comparisons, *(coefficients(comparisons, weights, ends)[:, :-1] for ends in ((1, 0), (0, 1))))
    outcomes = panel.outcomes[comparisons.units] - panel.outcomes.mean(axis=0)
    parts = lot.draw(outcomes)
    drawn = options.method == "randomization" or (options.method == "automatic" and bool(too_few(comparisons)))
    values, errors = parts.best_estimates()
    if drawn:
        found = _beside_other_lots(lot, outcomes, options)
        said = f"Studentized randomization test over {options.draws:,} lots among {comparisons.counted}"
    else:
        found = normal(values, errors, options.level, np.full(values.size, np.nan))
        said = f"Analytic errors (Neyman's, conservative) from {comparisons.counted}"
    plain, plain_errors = parts.adjusted(np.ones(values.size))
    return EfficientEffects(
        kind=kind,
        at=chosen.labels[shown],
        estimates=part_of(found, slice(0, shown.size)),
        overall=overall_of(found),
        adjustment=float(parts.best()[-1]),
        unadjusted=overall_of(normal(plain, plain_errors, options.level, np.full(values.size, np.nan))),
        balance_p_value=parts.balance(),
        method="randomization" if drawn else "analytic",
        said=f"{said}.",
    )


def _refuse_what_no_lot_gives(comparisons: Comparisons, options: Inference) -> None:
    if options.method not in ("automatic", "analytic", "randomization"):
        raise ScienceError(f"The efficient estimator takes analytic errors or randomization, not {options.method!r}.")
    if np.unique(comparisons.clusters).size < comparisons.units.size:
        raise ScienceError("The efficient estimator is for units drawn one by one: add clusters up to units first.")
    if (alone := comparisons.sizes == 1).any():
        date = comparisons.cohorts[alone][0]
        name = "never treated" if np.isinf(date) else f"first treated in {date:g}"
        raise ScienceError(f"Only one unit was {name}: its chance cannot be estimated from the data; leave it out.")


def _beside_other_lots(lot: _Lot, outcomes: Numbers, options: Inference) -> Estimates:
    """Set each estimate in its errors beside those of other lots; the intervals take their quantiles."""
    values, errors = lot.draw(outcomes).best_estimates()
    chance = generator(options.seed)
    if options.draws * values.size > MOST_NUMBERS:
        raise ScienceError(f"{options.draws:,} lots of {values.size:,} estimates are too many to hold.")
    drawn = np.empty((options.draws, values.size))
    for row in drawn:
        other, spread = lot.draw(chance.permutation(outcomes)).best_estimates()
        row[:] = np.abs(other) / spread
    drawn[np.isnan(drawn)] = np.inf  # a lot without spread counts against the finding
    standardized = np.abs(values) / errors
    p_values = (1 + (drawn >= standardized * (1 - CLOSE)).sum(axis=0)) / (options.draws + 1)
    p_values[np.isnan(errors)] = np.nan
    half = np.quantile(drawn, options.level, axis=0, method="higher") * errors
    nothing = np.full(values.size, np.nan)
    return Estimates(values, errors, values - half, values + half, p_values, nothing, nothing)
