"""The same question asked in every reasonable way, all answers shown: the favorable ones and the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from lecen.science.errors import ScienceError
from lecen.science.intervals import Interval
from lecen.science.synthetic_control.analysis import Weights, matching_of, percent_of, weights_by_name
from lecen.science.synthetic_control.comparison import Comparison
from lecen.science.synthetic_control.diagnostics import PreFit, hull, pre_fit
from lecen.science.synthetic_control.flags import Flag, flags_of
from lecen.science.synthetic_control.methods import DID, METHODS, fit
from lecen.science.synthetic_control.placebo import placebo_test

LEVEL, LOG = "level", "log"
PLANNED, ALL = "planned", "all"


@dataclass(frozen=True)
class Estimate:
    """What one specification finds."""

    effect: float
    """Mean gap after, in the outcome's units or as a difference of logarithms."""
    percent: float | None
    """The same in percent of the synthetic outcome."""
    interval: Interval
    """By placebo, in the units of `effect`."""
    ratio: float
    rank: int
    n: int
    p: float
    pre_fit: PreFit
    heaviest: str
    """The donor with the largest share."""
    share: float
    flags: tuple[Flag, ...]


@dataclass(frozen=True)
class Specification:
    """One way of asking; `estimate` is None where it is refused, with the sentence in `refused`."""

    method: str
    scale: str
    """"level" or "log"."""
    donors: str
    """"planned", or "all" with the excluded donors kept."""
    first_period: Any
    matched_on: str
    """"outcomes" or "predictors"."""
    estimate: Estimate | None
    refused: str | None


def specifications(
    comparison: Comparison,
    *,
    methods: Sequence[str] = METHODS,
    scales: Sequence[str] = (LEVEL, LOG),
    first_periods: Sequence[Any] = (),
    predictor_weights: Weights = None,
    level: float = 0.95,
    draws: int = 500,
    seed: int = 0,
) -> tuple[Specification, ...]:
    """Run every combination of method, scale, donors, first period and matching, and leave none out of the answer.

    Parameters
    ----------
    comparison : Comparison
        As planned. Where it excludes donors, every combination is also run with them kept.
    methods, scales : sequence of str
        Which methods; "level", "log" or both.
    first_periods : sequence
        More first periods to begin the pre-period with, beside the comparison's own.
    predictor_weights : str or sequence of float, optional
        As for `analyze`; where given, predictors are matched as well as outcomes.
    level, draws, seed
        As for `analyze`.

    Returns
    -------
    tuple of Specification, in the order of the combinations; those that cannot be run hold the reason.

    Raises
    ------
    ScienceError
        Unknown names of methods or scales, or predictor weights that do not suit.

    """
    for name, known in [*((method, METHODS) for method in methods), *((scale, (LEVEL, LOG)) for scale in scales)]:
        if name not in known:
            raise ScienceError(f"{name!r} is none of {', '.join(known)}.")
    matching_of(comparison, predictor_weights, starts=1, seed=seed)
    found = []
    for labels in _combinations(comparison, methods, scales, first_periods, predictors=predictor_weights is not None):
        method, scale, donors, first, matched_on = labels
        weights = predictor_weights if matched_on == "predictors" else None
        estimate, refused = None, None
        try:
            varied = _varied(comparison, scale, donors, first)
            estimate = _estimate(varied, method, scale, weights, level=level, draws=draws, seed=seed)
        except ScienceError as error:
            refused = str(error)
        found.append(Specification(*labels, estimate, refused))
    return tuple(found)


def _combinations(
    comparison: Comparison, methods: Sequence[str], scales: Sequence[str], more: Sequence[Any], *, predictors: bool
) -> Iterator[tuple[str, str, str, Any, str]]:
    donors = (PLANNED, ALL) if comparison.exclusions else (PLANNED,)
    firsts = dict.fromkeys((comparison.periods[0], *more))
    matched = ("outcomes", "predictors") if predictors else ("outcomes",)
    for method, scale, kept, first, match in product(methods, scales, donors, firsts, matched):
        if not (method == DID and match == "predictors"):
            yield method, scale, kept, first, match


def _varied(comparison: Comparison, scale: str, donors: str, first: Any) -> Comparison:
    varied = comparison.with_excluded() if donors == ALL else comparison
    varied = varied.from_period(first)
    return varied.in_logs() if scale == LOG else varied


def _estimate(
    varied: Comparison, method: str, scale: str, weights: Weights, *, level: float, draws: int, seed: int
) -> Estimate:
    table, before, count = varied.table(), varied.before, varied.treated_count
    matching = matching_of(varied, weights, starts=20, seed=seed)
    fitted = fit(table, before, method=method, matching=matching, treated_count=count)
    placebo = placebo_test(
        table, before, method=method, matching=matching, treated_count=count, level=level, draws=draws, seed=seed
    )
    fit_before = pre_fit(table, fitted, method)
    heaviest, share = next(iter(weights_by_name(varied, fitted).items()))
    in_levels = percent_of(fitted.effect, table[0, before:] - fitted.gaps[before:])
    return Estimate(
        effect=fitted.effect,
        percent=100 * float(np.expm1(fitted.effect)) if scale == LOG else in_levels,
        interval=placebo.interval,
        ratio=placebo.ratio,
        rank=placebo.rank,
        n=placebo.n,
        p=placebo.p,
        pre_fit=fit_before,
        heaviest=heaviest,
        share=share,
        flags=flags_of(varied, fitted, placebo=placebo, fit_before=fit_before, hull=hull(varied, method)),
    )
