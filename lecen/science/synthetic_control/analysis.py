"""One estimate with all that is needed to judge it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.intervals import Interval
from lecen.science.synthetic_control.comparison import Comparison
from lecen.science.synthetic_control.conformal import conformal_interval, conformal_p
from lecen.science.synthetic_control.diagnostics import (
    Hull,
    LeftOut,
    PreFit,
    TimePlacebo,
    hull,
    leave_one_out,
    placebos_in_time,
    pre_fit,
)
from lecen.science.synthetic_control.flags import Flag, flags_of
from lecen.science.synthetic_control.methods import CLASSIC, Fit, fit
from lecen.science.synthetic_control.placebo import PlaceboTest, placebo_test
from lecen.science.synthetic_control.predictors import Matching

PLACEBO, CONFORMAL = "placebo", "conformal"
NESTED, EQUAL = "nested", "equal"
Weights = str | Sequence[float] | None


@dataclass(frozen=True, eq=False)
class Analysis:
    """An estimate, its uncertainty and its diagnostics."""

    comparison: Comparison
    """What was compared, with exclusions and doubts."""
    method: str
    fit: Fit
    """The shares as an array, the gaps, the weights of predictors and periods."""
    weights: Mapping[str, float]
    """Donor → its share, the largest first, zeros left out."""
    observed: Mapping[Any, float]
    """Period → outcome of the treated unit (or mean of the treated units)."""
    synthetic: Mapping[Any, float]
    """Period → outcome of the synthetic unit, its level moved to the treated unit's where the method does so."""
    effects: Mapping[Any, float]
    """Treated period → observed minus synthetic, in the outcome's units."""
    effect: float
    """Mean of `effects`."""
    percent: float | None
    """`effect` in percent of the mean synthetic outcome after; None where that is not above 0."""
    placebo: PlaceboTest
    """Rank, n, p and ratio, and the same of every placebo."""
    interval: Interval | None
    """Of the average effect (placebo) or of a constant effect (conformal); None where no constant effect agrees."""
    interval_by: str
    """"placebo" or "conformal"."""
    conformal_p: float | None
    """p of no effect in any period, where the interval is conformal."""
    pre_fit: PreFit
    hull: Hull
    left_out: tuple[LeftOut, ...]
    in_time: tuple[TimePlacebo, ...]
    flags: tuple[Flag, ...]

    @property
    def left_out_range(self) -> Interval:
        """Least and greatest estimate with one donor left out, or none."""
        found = [self.effect, *(one.effect for one in self.left_out)]
        return Interval(min(found), max(found))


def analyze(
    comparison: Comparison,
    *,
    method: str = CLASSIC,
    predictor_weights: Weights = None,
    interval_by: str = PLACEBO,
    level: float = 0.95,
    starts: int = 20,
    draws: int = 500,
    seed: int = 0,
) -> Analysis:
    """Estimate the effect on the treated unit, and everything that speaks for or against the estimate.

    Parameters
    ----------
    comparison : Comparison
        The panel, as `comparison` gives it.
    method : str
        "classic", "demeaned", "ridge_augmented" or "synthetic_did".
    predictor_weights : str or sequence of float, optional
        None: every pre-period's outcome is matched, predictors are not used. "equal", or one number a predictor: the
        predictors are matched with these weights. "nested": with the weights that fit the outcome before best,
        searched anew for every placebo (a quarter of a minute for 39 units and 7 predictors).
    interval_by : str
        "placebo" or "conformal" (only for "classic" and "demeaned" without predictors).
    level : float
        Confidence level.
    starts, draws, seed : int
        Starting points of the nested search, placebo groups of several treated units, and the seed of both.

    Returns
    -------
    Analysis

    Raises
    ------
    ScienceError
        A combination that no method has, or too few donors for placebos.

    """
    if interval_by not in (PLACEBO, CONFORMAL):
        raise ScienceError(f"The interval must be by {PLACEBO!r} or {CONFORMAL!r}, not {interval_by!r}.")
    table, before, count = comparison.table(), comparison.before, comparison.treated_count
    matching = matching_of(comparison, predictor_weights, starts=starts, seed=seed)
    if interval_by == CONFORMAL and matching is not None:
        raise ScienceError("Conformal inference does not take predictors; use a placebo interval.")
    fitted = fit(table, before, method=method, matching=matching, treated_count=count)
    placebo = placebo_test(
        table, before, method=method, matching=matching, treated_count=count, level=level, draws=draws, seed=seed
    )
    interval: Interval | None = placebo.interval
    no_effect = None
    if interval_by == CONFORMAL:
        interval = conformal_interval(table, before, level=level, method=method)
        no_effect = conformal_p(table, before, method=method)
    diagnosed: dict[str, Any] = {
        "hull": hull(comparison, method),
        "left_out": leave_one_out(comparison, fitted, method, matching),
        "in_time": () if matching is not None else placebos_in_time(comparison, method, draws=draws, seed=seed),
    }
    fit_before = pre_fit(table, fitted, method)
    flags = flags_of(comparison, fitted, placebo=placebo, fit_before=fit_before, **diagnosed)
    synthetic = table[0] - fitted.gaps
    return Analysis(
        comparison=comparison,
        method=method,
        fit=fitted,
        weights=weights_by_name(comparison, fitted),
        observed=dict(zip(comparison.periods, table[0].tolist(), strict=True)),
        synthetic=dict(zip(comparison.periods, synthetic.tolist(), strict=True)),
        effects=dict(zip(comparison.periods[before:], fitted.gaps[before:].tolist(), strict=True)),
        effect=fitted.effect,
        percent=percent_of(fitted.effect, synthetic[before:]),
        placebo=placebo,
        interval=interval,
        interval_by=interval_by,
        conformal_p=no_effect,
        pre_fit=fit_before,
        flags=flags,
        **diagnosed,
    )


def weights_by_name(comparison: Comparison, fitted: Fit) -> dict[str, float]:
    """Give donors' shares by name, the largest first, without those below a millionth."""
    pairs = zip(comparison.donors, fitted.shares.tolist(), strict=True)
    return dict(sorted((pair for pair in pairs if abs(pair[1]) > 1e-6), key=lambda pair: -abs(pair[1])))  # noqa: PLR2004


def percent_of(effect: float, synthetic: Numbers) -> float | None:
    """Give an effect in percent of the mean synthetic outcome; None where that is not above 0."""
    mean = float(synthetic.mean())
    return 100 * effect / mean if mean > 0 else None


def matching_of(comparison: Comparison, weights: Weights, *, starts: int, seed: int) -> Matching | None:
    """Give how predictors are matched, or None. Raises `ScienceError` where the weights do not suit the predictors."""
    if weights is None:
        return None
    if isinstance(weights, str):
        if weights not in (NESTED, EQUAL):
            raise ScienceError(f"Predictor weights must be {NESTED!r}, {EQUAL!r} or numbers, not {weights!r}.")
        fixed = None if weights == NESTED else np.ones(max(len(comparison.predictor_names), 1))
        return comparison.matching(fixed, starts, seed)
    return comparison.matching(numbers(weights, "Predictor weights"), starts, seed)
