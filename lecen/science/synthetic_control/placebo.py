"""How unusual is the treated unit? The same computation for every donor as if it had been treated.

Each donor's placebo is built from the other donors; the treated unit is never among them. Units are ranked by the ratio
of their error after to their error before, so that a unit that was never matched does not pass for an effect. Sources:
Abadie, Diamond & Hainmueller (2010), for ranks; Firpo & Possebom, "Synthetic control method: inference,
sensitivity analysis and confidence sets", Journal of Causal Inference 6 (2018), for intervals from ranks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers, generator
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval
from lecen.science.synthetic_control.methods import CLASSIC, FEWEST_DONORS, Fit, built, fit, outcome_table
from lecen.science.synthetic_control.predictors import Matching

# Shares of the outcome's own spread: an error before the treatment below the first says nothing about fit; below the
# second it counts as that much.
EXACT, ROUNDING = 1e-6, 1e-9


@dataclass(frozen=True, eq=False)
class PlaceboTest:
    """Where the treated unit stands among the donors."""

    effect: float
    """Mean gap of the treated unit after the treatment began, in the outcome's units."""
    before_error: float
    """Its root mean squared gap before, in the outcome's units."""
    ratio: float
    """Its root mean squared gap after, divided by that before."""
    rank: int
    """1 where no donor's ratio is as large; a tie counts against the treated unit."""
    n: int
    """Placebos and the treated unit together."""
    p: float
    """rank / n: the share of units with a ratio at least as large."""
    interval: Interval
    """Average effects that the placebos do not rule out: |effect - value| divided by the error before is compared with
    each placebo's |mean gap| divided by its error before. Endless where n is too small for the level."""
    level: float
    """Confidence level of the interval."""
    spread: float
    """Standard deviation of the placebos' mean gaps, in the outcome's units."""
    effects: Numbers
    """Mean gap of each placebo, in the order of the donors (or of the draws)."""
    ratios: Numbers
    """Ratio of each placebo."""
    before_errors: Numbers
    """Root mean squared gap before of each placebo."""
    exact: int
    """How many placebos are matched exactly before, so that their ratios are those of rounding errors."""
    drawn: bool
    """Whether the placebos are drawn groups of donors (several treated units) rather than every donor once."""


def placebo_test(
    outcome: object,
    before: int,
    *,
    method: str = CLASSIC,
    matching: Matching | None = None,
    treated_count: int = 1,
    level: float = 0.95,
    draws: int = 500,
    seed: int = 0,
) -> PlaceboTest:
    """Compare the unit in the first row of a table with every other unit as if that had been treated.

    Parameters
    ----------
    outcome, before, method, matching, treated_count
        As for `fit`; at least 3 donors.
    level : float
        Confidence level of the interval.
    draws, seed : int
        With several treated units: how many groups of as many donors are drawn, and the seed of the draws.

    Returns
    -------
    PlaceboTest

    Raises
    ------
    ScienceError
        As `fit`, or where too few donors are left to build placebos from.

    """
    table, before = outcome_table(outcome, before, FEWEST_DONORS + 1)
    fraction(level, "The level")
    treated = fit(table, before, method=method, matching=matching, treated_count=treated_count)
    groups = _groups(len(table) - 1, treated_count, whole(draws, "The number of draws", least=1), seed)
    placebos = [_placebo(table, before, group, method, matching) for group in groups]
    return rank_among(treated, placebos, scale=float(table[:, :before].std()), level=level, drawn=treated_count > 1)


def rank_among(treated: Fit, placebos: list[Fit], *, scale: float, level: float, drawn: bool = False) -> PlaceboTest:
    """Rank a fit among placebos.

    Parameters
    ----------
    treated, placebos : Fit, list of Fit
        The treated unit's, and one a placebo.
    scale : float
        Spread of the outcome; an error below a billionth of it counts as that much.
    level : float
        Confidence level of the interval, between 0 and 1.
    drawn : bool
        Whether the placebos are drawn groups.

    Returns
    -------
    PlaceboTest

    Raises
    ------
    Nothing: fits were checked before.

    """
    least = max(ROUNDING * scale, float(np.finfo(float).tiny))
    errors = np.array([max(one.before_error, least) for one in placebos])
    effects = np.array([one.effect for one in placebos])
    ratios = np.array([one.after_error for one in placebos]) / errors
    own_error = max(treated.before_error, least)
    ratio = treated.after_error / own_error
    n = len(placebos) + 1
    rank = 1 + int((ratios >= ratio * (1 - ROUNDING)).sum())
    # A value is kept while more than (1 - level) of all n units lie at least as far out as the treated unit then does.
    outer = int((1 - level) * n + ROUNDING)
    reach = float(np.sort(np.abs(effects) / errors)[-outer]) * own_error if outer else np.inf
    return PlaceboTest(
        effect=treated.effect,
        before_error=treated.before_error,
        ratio=ratio,
        rank=rank,
        n=n,
        p=rank / n,
        interval=Interval(treated.effect - reach, treated.effect + reach),
        level=level,
        spread=float(effects.std(ddof=1)) if len(effects) > 1 else 0.0,
        effects=effects,
        ratios=ratios,
        before_errors=np.array([one.before_error for one in placebos]),
        exact=sum(one.before_error <= EXACT * scale for one in placebos),
        drawn=drawn,
    )


def _groups(donors: int, treated_count: int, draws: int, seed: int) -> list[NDArray[np.int_]]:
    """Give the donors' places (0, 1, ...) of each placebo: every donor once, or drawn groups."""
    if treated_count == 1:
        return [np.array([donor]) for donor in range(donors)]
    if donors < treated_count + FEWEST_DONORS:
        raise ScienceError(
            f"{donors} donors are too few for placebos of {treated_count} units each: "
            f"at least {treated_count + FEWEST_DONORS} are needed."
        )
    chance = generator(seed)
    return [chance.choice(donors, size=treated_count, replace=False) for _ in range(draws)]


def _placebo(table: Numbers, before: int, group: NDArray[np.int_], method: str, matching: Matching | None) -> Fit:
    rows = np.append(group + 1, np.delete(np.arange(1, len(table)), group))
    units = table[rows]
    if len(group) > 1:
        units = np.vstack([units[: len(group)].mean(axis=0), units[len(group) :]])
    return built(units, before, method, None if matching is None else matching.of(rows), len(group))
