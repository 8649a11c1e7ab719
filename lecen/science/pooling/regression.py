"""Why effects differ between studies, and whether small studies tell another story; refused where studies are few.

Sources: Knapp and Hartung, Statistics in Medicine 22 (2003) 2693-2710; Egger and others, BMJ 315 (1997) 629-634;
Higgins and others (eds.), Cochrane Handbook for Systematic Reviews of Interventions, sections 10.11.4 and 13.3.5
(ten studies at least).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.intervals import Interval
from lecen.science.pooling.estimates import Basis, Estimates, effects_and_errors, estimates_of
from lecen.science.pooling.heterogeneity import restricted_likelihood, weighted_fit

LEAST_STUDIES = 10
# A sum of squares this small beside the whole is what rounding leaves of none.
ROUNDING = 1e-20
SAME = 1e-9
ALIKE = 1e-3  # errors that differ by less tell no small study from a large one


@dataclass(frozen=True)
class Coefficient:
    """How the effect differs where a moderator is one unit larger; an association between studies, not a cause."""

    name: str
    effect: float
    standard_error: float
    interval: Interval
    p_value: float


@dataclass(frozen=True)
class MetaRegression:
    """A random-effects regression on moderators: REML, Knapp-Hartung errors never below the plain ones.

    `coefficients` begins with "intercept". `tau_squared` is what the moderators leave, `explained` the share of tau²
    that they take away (None where there was none; a rough figure below some 30 studies). `f` tests all moderators
    at once on `degrees` degrees of freedom.
    """

    basis: Basis
    level: float
    count: int
    coefficients: tuple[Coefficient, ...]
    tau_squared: float
    explained: float | None
    f: float
    degrees: tuple[int, int]
    p_value: float


@dataclass(frozen=True)
class SmallStudyCheck:
    """Whether less precise studies report other effects (Egger's regression).

    `slope` is the change of the effect with one unit of standard error, tested by `t` on `degrees` degrees of freedom;
    `limit` is where the effect would stand at an error of 0. A finding has many readings, missing studies among them.
    """

    count: int
    slope: float
    t: float
    degrees: int
    p_value: float
    limit: float
    limit_interval: Interval


def meta_regression(
    effects: Any,
    errors: Any,
    moderators: Any,
    *,
    names: Sequence[str],
    basis: str | Sequence[str],
    level: float = 0.95,
) -> MetaRegression:
    """Relate studies' effects to what differs between them.

    Parameters
    ----------
    effects, errors, basis, level
        As in `random_effects`.
    moderators : array-like, studies × moderators
        Numbers; no column of ones. At least 10 studies for each.
    names : sequence of str
        One a moderator.

    Returns
    -------
    MetaRegression

    Raises
    ------
    ScienceError
        Fewer than 10 studies a moderator, a moderator that is constant or follows from others, and as in
        `random_effects`.

    """
    given, level = estimates_of(effects, errors, basis, least=2), fraction(level, "The level")
    table = _table(moderators, names, len(given))
    # Middles and spreads are taken out and put back: the zero of a moderator (year 0) may lie far away.
    middles = table.mean(axis=0)
    spreads = np.abs(table - middles).max(axis=0)
    design = np.column_stack([np.ones(len(given)), (table - middles) / spreads])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ScienceError("One of the moderators follows from the others; leave it out.")
    tau_squared = restricted_likelihood(given.effects, given.variances, design)
    without = restricted_likelihood(given.effects, given.variances, design[:, :1])
    fit = weighted_fit(given.effects, given.variances, design, tau_squared)
    columns = design.shape[1]
    degrees = (columns - 1, len(given) - columns)
    covariance = fit.covariance * max(1.0, fit.q / degrees[1])
    back = np.eye(columns) / np.concatenate([[1.0], spreads])
    back[0, 1:] = -middles / spreads
    slopes = fit.coefficients[1:]
    f = float(slopes @ np.linalg.solve(covariance[1:, 1:], slopes)) / degrees[0]
    return MetaRegression(
        basis=given.basis,
        level=level,
        count=len(given),
        coefficients=_coefficients(
            back @ fit.coefficients, back @ covariance @ back.T, ("intercept", *names), given, level
        ),
        tau_squared=tau_squared * given.scale**2,
        explained=max(0.0, 1 - tau_squared / without) if without > 0 else None,
        f=f,
        degrees=degrees,
        p_value=float(stats.f.sf(f, *degrees)),
    )


def _table(moderators: Any, names: Sequence[str], count: int) -> Numbers:
    table = numbers(moderators, "Moderators", dimensions=2)
    if isinstance(names, str) or not isinstance(names, Sequence) or len(names) != table.shape[1] or len(table) != count:
        raise ScienceError(f"{count} studies need as many rows of moderators and a name a column; not {table.shape}.")
    if count < LEAST_STUDIES * table.shape[1]:
        needed = LEAST_STUDIES * table.shape[1]
        raise ScienceError(
            f"A meta-regression needs {LEAST_STUDIES} studies a moderator: at least {needed} for {table.shape[1]}, "
            f"and there are {count}."
        )
    for name, column in zip(names, table.T, strict=True):
        if np.ptp(column) <= SAME * np.abs(column).max():
            raise ScienceError(f"The moderator {name!r} is the same in every study.")
    return table


def _coefficients(
    found: Numbers, covariance: Numbers, names: Sequence[str], given: Estimates, level: float
) -> tuple[Coefficient, ...]:
    degrees = len(given) - len(found)
    quantile = float(stats.t.ppf((1 + level) / 2, degrees))
    scale, errors = given.scale, np.sqrt(np.diag(covariance))
    return tuple(
        Coefficient(
            name=name,
            effect=float(value) * scale,
            standard_error=float(error) * scale,
            interval=Interval(float(value - quantile * error) * scale, float(value + quantile * error) * scale),
            p_value=float(2 * stats.t.sf(abs(value) / error, degrees)),
        )
        for name, value, error in zip(names, found, errors, strict=True)
    )


def small_study_check(effects: Any, errors: Any, *, level: float = 0.95) -> SmallStudyCheck:
    """Ask whether small studies report other effects than large ones (Egger's regression on the standard error).

    Parameters: `effects` and standard `errors` as in `random_effects`. Returns `SmallStudyCheck`. Raises
    `ScienceError` where there are fewer than 10 studies, or all are equally precise.
    """
    y, error = effects_and_errors(effects, errors)
    level = fraction(level, "The level")
    if len(y) < LEAST_STUDIES:
        raise ScienceError(f"A check for small-study effects needs at least {LEAST_STUDIES} studies, not {len(y)}.")
    if error.max() - error.min() <= ALIKE * error.max():
        raise ScienceError("All studies are about equally precise; small ones cannot be told from large ones.")
    scale = float(np.median(error))
    fit = weighted_fit(y / scale, (error / scale) ** 2, np.column_stack([np.ones(len(y)), error / scale]))
    degrees = len(y) - 2
    limit, slope = fit.coefficients
    spread = np.sqrt(np.diag(fit.covariance) * fit.q / degrees)
    if fit.q <= ROUNDING * ((y / error) ** 2).sum():
        raise ScienceError("The studies lie on one line exactly; a check for small-study effects says nothing.")
    half = float(stats.t.ppf((1 + level) / 2, degrees) * spread[0])
    t = float(slope / spread[1])
    return SmallStudyCheck(
        count=len(y),
        slope=float(slope),
        t=t,
        degrees=degrees,
        p_value=float(2 * stats.t.sf(abs(t), degrees)),
        limit=float(limit) * scale,
        limit_interval=Interval(float(limit - half) * scale, float(limit + half) * scale),
    )
