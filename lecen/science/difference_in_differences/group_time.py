"""The effect on each cohort in each period.

Source: Callaway and Sant'Anna, Difference-in-differences with multiple time periods, Journal of Econometrics 225
(2021) 200-230, without covariates.
"""

import numpy as np

from lecen.science.arrays import MOST_NUMBERS, Numbers
from lecen.science.difference_in_differences.comparisons import Base, Comparisons, Controls, compare
from lecen.science.difference_in_differences.estimates import GroupTimeEffects
from lecen.science.difference_in_differences.inference import infer
from lecen.science.difference_in_differences.influence import unit_contributions
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.panel import Panel
from lecen.science.difference_in_differences.weights import Kind, each_alone, scheme
from lecen.science.errors import ScienceError


def group_time_effects(
    panel: Panel,
    *,
    controls: Controls = "never",
    base: Base = "varying",
    anticipation: int = 0,
    inference: Inference | None = None,
) -> GroupTimeEffects:
    """Estimate the effect on each cohort in each period against units not treated by then.

    Parameters
    ----------
    panel : Panel
        From `wide_panel` or `long_panel`; every unit counts alike, whatever its size.
    controls : "never" or "not_yet"
        Compare with units never treated, or with all not treated by the period in question.
    base : "varying" or "universal"
        Before treatment compare with the period before, or with the last one before treatment. After it, both compare
        with the last one before treatment.
    anticipation : int
        For how long before their date (in units of the periods) units may already react; the last period before that
        is the base.
    inference : Inference, optional
        How errors are found; by default analytic, or for few clusters what the result then says.

    Returns
    -------
    GroupTimeEffects
        In the units of the outcome, cohort by cohort, period by period.

    Raises
    ------
    ScienceError
        No unit to compare with, none with a period before, or options that do not exist.

    """
    comparisons = compare(panel, controls=controls, base=base, anticipation=anticipation)
    estimates, method, said = infer(comparisons, each_alone(comparisons), inference or Inference())
    sizes = comparisons.sizes
    return GroupTimeEffects(
        cohorts=comparisons.cohorts[comparisons.cohort].astype(np.int64),
        periods=panel.periods[comparisons.period],
        bases=panel.periods[comparisons.base],
        treated=sizes[comparisons.cohort].astype(np.int64),
        controls=comparisons.control_sizes(sizes).astype(np.int64),
        estimates=estimates,
        left_out=panel.outcomes.shape[0] - comparisons.units.size,
        method=method,
        said=said,
        comparisons=comparisons,
    )


def influence_functions(effects: GroupTimeEffects, kind: Kind | None = None) -> Numbers:
    """Give what each unit contributes to each estimate: units of the panel × estimates.

    With `kind` those of `aggregate(effects, kind)`, the overall estimate last. Scaled so that the squares of a column
    sum to the variance of its estimate; units left out have zeros. Raises `ScienceError` where they would not fit.
    """
    comparisons: Comparisons = effects.comparisons
    weighted = (scheme(comparisons, kind) if kind else each_alone(comparisons)).apply(comparisons)
    units, count = comparisons.panel.outcomes.shape[0], weighted.values.size
    if units * count > MOST_NUMBERS:
        raise ScienceError(f"The influence of {units:,} units on {count:,} estimates is too much to hold.")
    result = np.zeros((units, count))
    result[comparisons.units] = unit_contributions(comparisons, weighted)
    return result
