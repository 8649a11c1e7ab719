"""Did cohorts and controls move alike before treatment? A joint test, and how large a drift it would miss.

Sources: Callaway and Sant'Anna, Journal of Econometrics 225 (2021) 200-230 (the test); Hotelling, Annals of
Mathematical Statistics 2 (1931) 360-378 (its F form, which keeps its size in small samples); Roth, American Economic
Review: Insights 4 (2022) 305-322 (why passing such a test shows little).
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import sparse
from scipy.optimize import brentq
from scipy.special import fdtrc, fdtri, ncfdtr

from lecen.science.arrays import Numbers
from lecen.science.difference_in_differences import randomization
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.estimates import GroupTimeEffects
from lecen.science.difference_in_differences.inference import too_few
from lecen.science.difference_in_differences.influence import cluster_contributions, usable
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.weights import Scheme, Weighted, each_alone, scheme
from lecen.science.errors import ScienceError

FREEDOM_AN_ESTIMATE = 5
SIZE, POWER = 0.05, 0.8
SINGULAR = 1e-10

Of = Literal["event", "group_time"]


@dataclass(frozen=True)
class PreTrends:
    """A joint test that nothing differs before treatment.

    `statistic` is Wald's with `restrictions` estimates ("wald"), or the largest of the standardized estimates
    ("randomization"). `p_value` is for no difference at all. `largest` is the estimate farthest from 0, in the units of
    the outcome. `detectable_slope` is the steady drift of the treated against their controls, in those units a period,
    that the test finds 4 times in 5 at the 5 % level; a smaller one it will mostly miss. It is NaN under randomization.
    """

    statistic: float
    restrictions: int
    p_value: float
    largest: float
    detectable_slope: float
    method: Literal["wald", "randomization"]
    said: str


def pre_trends(effects: GroupTimeEffects, *, of: Of = "event", inference: Inference | None = None) -> PreTrends:
    """Test jointly that estimates before treatment (and before anticipation) are 0.

    Parameters: `of` takes the averages by time to treatment, or every cohort and period by itself, which needs far more
    units; `inference` names draws and seed for few clusters, where assignments are dealt anew. Passing does not show
    that trends would have stayed alike: compare `detectable_slope` with the effect. Raises `ScienceError` where there
    is no such estimate, where clusters are too few for so many, or where one of them repeats others.
    """
    options = inference or Inference()
    options.check()
    if of not in get_args(Of):
        raise ScienceError(f"The test is of {' or '.join(get_args(Of))}, not {of!r}.")
    comparisons = effects.comparisons
    chosen = _before(comparisons, of)
    weighted = chosen.apply(comparisons)
    each = np.hstack([block for _, block in cluster_contributions(comparisons, weighted)])
    freedom = _freedom(comparisons, each)
    few = bool(too_few(comparisons)) or freedom < FREEDOM_AN_ESTIMATE * chosen.labels.size
    if options.method == "randomization" or (options.method == "automatic" and few):
        return _dealt(comparisons, chosen, options)
    return _wald(comparisons, weighted, each, freedom)


def _before(comparisons: Comparisons, of: Of) -> Scheme:
    """Keep of a scheme what lies before any reaction to treatment."""
    if of == "event":
        whole = scheme(comparisons, "event")
        early = np.flatnonzero(whole.labels < -comparisons.anticipation)
    else:
        whole = each_alone(comparisons)
        early = np.flatnonzero(comparisons.event_times < -comparisons.anticipation)
    if not early.size:
        raise ScienceError("There is no estimate before treatment to test: the panel begins too late.")
    members = whole.members[:, early]
    return Scheme(whole.labels[early], members, sparse.eye_array(early.size, format="csc"), overall=False)


def _freedom(comparisons: Comparisons, each: Numbers) -> float:
    """Give the degrees of freedom of the least certain error, after Welch and Satterthwaite: cohorts differ in spread."""
    if not randomization.possible(comparisons):
        return each.shape[0] - 1
    _, first = np.unique(comparisons.clusters, return_index=True)
    cohort = comparisons.cohort_of[first]
    by_cohort = np.zeros((comparisons.cohorts.size, each.shape[1]))
    np.add.at(by_cohort, cohort, each**2)
    rest = np.maximum(comparisons.cluster_counts - 1, 1)[:, None]
    below = (by_cohort**2 / rest).sum(axis=0)
    return float((by_cohort.sum(axis=0) ** 2 / np.where(below > 0, below, 1)).min())


def _wald(comparisons: Comparisons, weighted: Weighted, each: Numbers, freedom: float) -> PreTrends:
    count, rest = weighted.values.size, freedom - weighted.values.size + 1
    errors = usable(np.sqrt((each**2).sum(axis=0)), comparisons, weighted)
    if np.isnan(errors).any():
        raise ScienceError("An estimate before treatment has no error, for want of variation or of a second unit.")
    if rest < 1:
        raise ScienceError(f"{count:,} estimates before treatment are too many to test with {comparisons.counted}.")
    standardized = each / errors
    if np.linalg.eigvalsh(standardized.T @ standardized)[0] < SINGULAR:
        raise ScienceError("The estimates before treatment repeat each other and cannot be tested jointly.")
    covariance = each.T @ each
    statistic = float(weighted.values @ np.linalg.solve(covariance, weighted.values))
    spans = comparisons.panel.periods[comparisons.period] - comparisons.panel.periods[comparisons.base]
    drift = weighted.weights.T @ spans.astype(np.float64)
    strength = float(drift @ np.linalg.solve(covariance, drift))
    return PreTrends(
        statistic=statistic,
        restrictions=count,
        p_value=float(fdtrc(count, rest, statistic * rest / (count * freedom))),
        largest=float(weighted.values[np.abs(weighted.values).argmax()]),
        detectable_slope=float(np.sqrt(_needed(count, rest) / strength)),
        method="wald",
        said=f"Joint Wald test of {count} estimates before treatment with {comparisons.counted}.",
    )


def _needed(count: int, rest: float) -> float:
    """Give the noncentrality at which an F test of this size reaches the power wanted."""
    critical = fdtri(count, rest, 1 - SIZE)

    def missed(strength: float) -> float:
        return float(ncfdtr(count, rest, strength, critical)) - (1 - POWER)

    high = 1.0
    while missed(high) > 0:
        high *= 2
    # The distribution cannot be computed far out, which only tests with next to no freedom need.
    return float(brentq(missed, high / 2, high)) if high > 1 and missed(high) <= 0 else float("nan")


def _dealt(comparisons: Comparisons, chosen: Scheme, options: Inference) -> PreTrends:
    """Set the largest standardized estimate beside those under other assignments."""
    under_none, _, share = randomization.assignments(comparisons, chosen, options.draws, options.seed)
    spread = under_none.std(axis=0)
    if (spread <= randomization.CLOSE * np.abs(comparisons.panel.outcomes).max()).any():
        raise ScienceError("An estimate before treatment is the same whoever is treated: nothing varies there.")
    largest = np.abs(under_none / spread).max(axis=1)
    values = under_none[0]
    return PreTrends(
        statistic=float(largest[0]),
        restrictions=values.size,
        p_value=float((largest >= largest[0] * (1 - randomization.CLOSE)).mean()),
        largest=float(values[np.abs(values).argmax()]),
        detectable_slope=float("nan"),
        method="randomization",
        said=f"Largest of {values.size} estimates before treatment beside {share} of cohorts to {comparisons.counted}.",
    )
