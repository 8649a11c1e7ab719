"""Raking: weights that bring respondents to several margins of the population at once."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from lecen.science.arrays import Numbers, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.weighting.coding import Margin, read_margins
from lecen.science.weighting.efficiency import design_effect, positive_weights
from lecen.science.weighting.fitting import Fit, fit, grouped, obstacle

Bounds = tuple[float, float]


@dataclass(frozen=True)
class MarginFit:
    """How far one margin is from the population: the largest difference of shares, before weighting and after.

    Shares are among respondents whose category is known. `missing` says how many gave none: 0 where none may be missing,
    and None below 10, zero included, where they may.
    """

    variable: str
    before: float
    after: float
    missing: int | None


@dataclass(frozen=True)
class Raking:
    """Weights and how they came about; for the analyst who holds the answers, not for a page.

    `weights` have mean 1 (where margins are met), in the order of the respondents; times `population` / n they sum to the population, where
    margins were counts (`population` is None for shares). `trimmed` is how many weights stand at a bound. `obstacle`
    says why margins are not met, and is empty where they are.
    """

    weights: Numbers
    population: float | None
    converged: bool
    iterations: int
    fits: tuple[MarginFit, ...]
    bounds: Bounds | None
    trimmed: int
    collapsed: tuple[str, ...]
    design_effect: float
    effective_n: float
    obstacle: str

    @property
    def words(self) -> str:
        """What was done, in words that may stand in a methods note.

        Its figures are left out where fewer than 10 respondents gave no category: a share's difference from the
        population's, with the effective n, could tell how few.
        """
        n, worst = len(self.weights), max(margin.after for margin in self.fits)
        before = max(margin.before for margin in self.fits)
        names = ", ".join(margin.variable for margin in self.fits)
        told = [f"{n:,} answers were weighted to the population by {names}."]
        if all(margin.missing is not None for margin in self.fits):
            told += [
                f"The largest difference from a population share was {before:.1%} before and is {worst:.1%} after.",
                f"Effective n is {self.effective_n:,.0f} (design effect {self.design_effect:.2f}).",
            ]
        if self.bounds:
            told.append(f"No weight is below {self.bounds[0]:g} or above {self.bounds[1]:g} times the mean.")
        told += [f"Categories were joined: {', '.join(self.collapsed)}."] if self.collapsed else []
        return " ".join(told if self.converged else [f"Margins are not met. {self.obstacle}", *told])


def rake(
    categories: Mapping[str, Any],
    margins: Mapping[str, Mapping[Any, float]],
    *,
    base_weights: ArrayLike | None = None,
    bounds: Bounds | None = None,
    collapse: Mapping[str, Mapping[Hashable, Hashable]] | None = None,
    missing: Literal["refuse", "keep"] = "refuse",
    unmet: Literal["refuse", "report"] = "refuse",
    fewest: int = DEFAULT_K,
    tolerance: float = 1e-6,
    most_iterations: int = 1000,
) -> Raking:
    """Weight respondents so that each margin holds, changing the weights they came with as little as can be.

    Parameters
    ----------
    categories : mapping of variable to list or array
        Each respondent's category, in one order for all variables; None or NaN where not known.
    margins : mapping of variable to mapping of category to number
        Counts of people (or shares) of the population; sums agree between variables to 1 %.
    base_weights : array-like of shape (n,), optional
        Above 0; one over the chance of being drawn. All 1 if left out.
    bounds : (low, high), optional
        Of a weight as a multiple of the mean weight, low < 1 < high. What is cut off one weight goes to others while
        raking, so margins still hold where any weights within the bounds meet them.
    collapse : mapping of variable to mapping of category to category, optional
        Categories to count as part of another, for respondents and population alike.
    missing : "refuse" or "keep"
        What to do where a respondent's category is not known. Kept respondents hold, in that variable, together the
        share of weight they came with; the known ones are brought to the margin. This takes those not known to be
        spread like the population.
    unmet : "refuse" or "report"
        Whether margins that are not met raise, or come back with `converged` False and the `obstacle` told.
    fewest : int
        Respondents that each category must have, at least 10. With fewer a weight speaks for too many, and the effective n
        gives away how few they were.
    tolerance : float
        Largest deviation of a category's weight from its share, relative to the share.
    most_iterations : int
        Rounds over all margins.

    Returns
    -------
    Raking

    Raises
    ------
    ScienceError
        Input that is not as above; a category of the population that fewer than `fewest` answered from; a category of respondents
        that the population does not have; margins of different populations; margins that are not met.

    Notes
    -----
    The weights are those of least discrimination information (Kullback-Leibler) from the base weights among all that
    meet the margins, and the bounds where given. Sources: Deming & Stephan, Annals of Mathematical Statistics 11 (1940)
    427-444; Deville & Särndal, JASA 87 (1992) 376-382; with bounds, alternating projections with the correction of
    Dykstra, JASA 78 (1983) 837-842, in that divergence.

    """
    _require_choices(missing, unmet)
    least = whole(fewest, "The fewest respondents of a category", least=DEFAULT_K)
    read, population = read_margins(categories, margins, collapse, keep_missing=missing == "keep", fewest=least)
    n = len(read[0].codes)
    base = np.ones(n) if base_weights is None else positive_weights(base_weights, n)
    limits = None if bounds is None else _read_bounds(bounds)
    most = whole(most_iterations, "The number of iterations", least=1, most=100_000)
    found = _fitted(read, base, limits, fraction(tolerance, "The tolerance"), most)
    if found.obstacle and unmet == "refuse":
        raise ScienceError(found.obstacle)
    weights, kish = found.weights, design_effect(found.weights)
    return Raking(
        weights=weights,
        population=population,
        converged=not found.obstacle,
        iterations=found.iterations,
        fits=tuple(
            MarginFit(one.variable, _off(one, base), _off(one, weights), _missing(one, may_be=missing == "keep"))
            for one in read
        ),
        bounds=limits,
        trimmed=0 if limits is None else int(((weights <= limits[0]) | (weights >= limits[1])).sum()),
        collapsed=_told(collapse or {}),
        design_effect=kish,
        effective_n=n / kish,
        obstacle=found.obstacle,
    )


def _missing(margin: Margin, *, may_be: bool) -> int | None:
    """Count who gave no category, where that is no small count."""
    absent = int((~margin.known).sum())
    return None if may_be and absent < DEFAULT_K else absent


def _fitted(read: tuple[Margin, ...], base: Numbers, bounds: Bounds | None, tolerance: float, most: int) -> Fit:
    """Fit the weights, having asked first whether any within the bounds can do."""
    groups = grouped(read, base, by_weight=bounds is not None)
    hopeless = obstacle(groups, bounds) if bounds else ""
    found = fit(groups, base, bounds, tolerance, most)
    if found.met:
        return found
    why = hopeless or obstacle(groups, bounds) or f"Margins were not met within {most:,} rounds; allow for more."
    return Fit(found.weights, found.iterations, found.met, why)


def _off(margin: Margin, weights: Numbers) -> float:
    """Give the largest difference between a weighted share and the population's."""
    known = margin.known
    held = np.bincount(margin.codes[known], weights[known], minlength=len(margin.labels))
    return float(np.abs(held / held.sum() - margin.shares).max())


def _read_bounds(bounds: object) -> Bounds:
    low, high = numbers(bounds, "Bounds") if np.size(bounds) == 2 else (np.nan, np.nan)  # type: ignore[arg-type]  # noqa: PLR2004
    if not 0 <= low < 1 < high:
        raise ScienceError(
            f"Bounds must be a low and a high multiple of the mean weight, one below 1 and one above: {bounds!r}."
        )
    return float(low), float(high)


def _require_choices(missing: object, unmet: object) -> None:
    if missing not in {"refuse", "keep"}:
        raise ScienceError(f"missing must be 'refuse' or 'keep', not {missing!r}.")
    if unmet not in {"refuse", "report"}:
        raise ScienceError(f"unmet must be 'refuse' or 'report', not {unmet!r}.")


def _told(collapse: Mapping[str, Mapping[Hashable, Hashable]]) -> tuple[str, ...]:
    return tuple(
        f"{variable}: {source} into {target}" for variable, into in collapse.items() for source, target in into.items()
    )
