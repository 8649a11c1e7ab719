"""The effect found in a trial, with an error that follows from how units were assigned.

Sources: Neyman (1923), translated in Statistical Science 5 (1990) 465-472; Imbens and Rubin, Causal Inference
(Cambridge 2015), chapters 6 and 9; Pashley and Miratrix, Journal of Educational and Behavioral Statistics 46
(2021) 271-296 (blocks with a single unit in an arm); Hayes and Moulton, Cluster Randomised Trials (2nd edition 2017),
chapter 10 (means of clusters).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.experiments.trial import Trial, center_and_scale, trial_of
from lecen.science.inputs import fraction
from lecen.science.intervals import Interval
from lecen.science.robust_variance import cluster_fit

LEAST_LONELY_BLOCKS = 3
FEW_CLUSTERS = 10
LEAST_DEGREES = 4
ROUNDING = 1e-12


@dataclass(frozen=True)
class Arm:
    """How many rows and assigned units an arm has, and the mean over its rows."""

    rows: int
    units: int
    mean: float


@dataclass(frozen=True)
class Difference:
    """Treated minus comparison, in the outcome's units, with a t-distribution of `degrees` degrees of freedom.

    `assigned` is "units" or "clusters", `blocks` their number (1 where there were none); `method` names the error.
    `cautions` are sentences to show with the figure.
    """

    effect: float
    standard_error: float
    degrees: float
    interval: Interval
    p_value: float
    level: float
    assigned: str
    blocks: int
    treated: Arm
    comparison: Arm
    method: str
    cautions: tuple[str, ...]


def difference(
    outcome: Any, treated: Any, *, blocks: Any = None, clusters: Any = None, people: bool = True, level: float = 0.95
) -> Difference:
    """Estimate the effect of a trial as it was designed: complete, in blocks, of clusters, or of clusters in blocks.

    Parameters
    ----------
    outcome : array-like of numbers
        One a row.
    treated : array-like of 0 and 1
        As drawn by lot, whether or not the program was then delivered.
    blocks, clusters : array-like of labels, optional
        One a row, as used in the draw. With clusters each cluster's mean counts once, whatever its size; blocks count
        by their units.
    people : bool
        Whether rows are people (then ten are needed in each arm) or places.
    level : float
        Of the interval.

    Returns
    -------
    Difference

    Raises
    ------
    ScienceError
        One unit or cluster in an arm, a block without both arms, a cluster in both, fewer than ten people in an arm,
        lengths that differ, or an outcome that never varies.

    """
    trial, level = trial_of(outcome, treated, blocks, clusters, people=people), fraction(level, "The level")
    # Figures near the outcome's own size keep their digits, and squares their range.
    middle, scale = center_and_scale(trial.means)
    scaled = (trial.means - middle) / scale
    effects, variances, degrees, shares = _by_block(trial, scaled)
    effect = float(shares @ effects)
    alone = np.isnan(variances)
    parts = [(share**2 * variance, df) for share, variance, df in zip(shares, variances, degrees, strict=True)]
    known = [part for part, lonely in zip(parts, alone, strict=True) if not lonely]
    if alone.any():
        known.append(_between_blocks(effects[alone], shares[alone]))
    variance = float(sum(part for part, _ in known))
    spread = float(sum(part**2 / df for part, df in known))
    if variance <= ROUNDING**2:
        raise ScienceError("The outcome does not vary within the arms; chance cannot be told from it.")
    return _result(
        trial, (effect * scale, np.sqrt(variance) * scale, variance**2 / spread), _method(trial, alone), level
    )


def clustered_difference(
    outcome: Any, treated: Any, clusters: Any, *, people: bool = True, level: float = 0.95
) -> Difference:
    """Estimate the difference between people, each counted once, where whole clusters were assigned (no blocks).

    Parameters
    ----------
    outcome, treated, people, level
        As in `difference`.
    clusters : array-like of labels
        One a row.

    Returns
    -------
    Difference
        With CR2 errors and Satterthwaite degrees of freedom. Where the effect is larger in large clusters this differs
        from `difference`, which counts clusters.

    Raises
    ------
    ScienceError
        As in `difference`.

    """
    trial, level = trial_of(outcome, treated, None, clusters, people=people), fraction(level, "The level")
    y = np.asarray(outcome, dtype=np.float64)
    middle, scale = center_and_scale(y)
    design = np.column_stack([np.ones(len(y)), np.asarray(treated, dtype=np.float64)])
    fit = cluster_fit(design, (y - middle) / scale, clusters)
    if fit.errors[1] <= ROUNDING:
        raise ScienceError("The outcome does not vary within the arms; chance cannot be told from it.")
    found = (float(fit.coefficients[1]) * scale, float(fit.errors[1]) * scale, float(fit.degrees[1]))
    return _result(trial, found, "difference of people's means; CR2 error, Satterthwaite degrees of freedom", level)


def _by_block(trial: Trial, means: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Effect, variance (NaN where an arm has one unit), degrees and share of units of each block."""
    squares, counts, averages = [], [], []
    for arm in (trial.treated, ~trial.treated):
        count = np.bincount(trial.block[arm], minlength=trial.blocks)
        average = np.bincount(trial.block[arm], means[arm], minlength=trial.blocks) / count
        deviations = (means[arm] - average[trial.block[arm]]) ** 2
        square = np.bincount(trial.block[arm], deviations, minlength=trial.blocks)
        squares.append(np.where(count > 1, square / np.maximum(count - 1, 1) / count, np.nan))
        counts.append(count)
        averages.append(average)
    variances = squares[0] + squares[1]
    spread = squares[0] ** 2 / np.maximum(counts[0] - 1, 1) + squares[1] ** 2 / np.maximum(counts[1] - 1, 1)
    degrees = np.where(spread > 0, variances**2 / np.where(spread > 0, spread, 1), 1.0)
    units = counts[0] + counts[1]
    return averages[0] - averages[1], variances, degrees, units / units.sum()


def _between_blocks(effects: Numbers, shares: Numbers) -> tuple[float, float]:
    """Variance and degrees for blocks in which an arm has one unit, learned from how such blocks differ."""
    count = len(effects)
    if count < LEAST_LONELY_BLOCKS or shares.max() >= shares.sum() / 2:
        raise ScienceError(
            f"{count} blocks have one unit in an arm; an error needs at least {LEAST_LONELY_BLOCKS} such blocks, "
            "none with half of their units. Use randomization_test, or larger blocks."
        )
    total = float(shares.sum())
    mean = shares @ effects / total
    rest = total - 2 * shares
    weights = shares**2 / (rest * (total + (shares**2 / rest).sum()))
    return total**2 * float(weights @ (effects - mean) ** 2), count - 1.0


def _method(trial: Trial, alone: Any) -> str:
    what = "clusters' means" if trial.clustered else "means"
    if trial.blocks == 1:
        return f"difference of {what}; Neyman's error, Welch's degrees of freedom"
    error = "variation between blocks" if alone.all() else "Neyman's error in each block"
    if alone.any() and not alone.all():
        error += ", variation between blocks with one unit in an arm"
    return f"difference of {what} within blocks, blocks by their size; {error}"


def _result(trial: Trial, found: tuple[float, float, float], method: str, level: float) -> Difference:
    effect, error, degrees = found
    half = float(stats.t.ppf((1 + level) / 2, degrees) * error)
    arms = [Arm(trial.rows(arm), int((trial.treated == arm).sum()), trial.mean(arm)) for arm in (True, False)]
    return Difference(
        effect=effect,
        standard_error=float(error),
        degrees=float(degrees),
        interval=Interval(effect - half, effect + half),
        p_value=float(2 * stats.t.sf(abs(effect) / error, degrees)),
        level=level,
        assigned="clusters" if trial.clustered else "units",
        blocks=trial.blocks,
        treated=arms[0],
        comparison=arms[1],
        method=method,
        cautions=_cautions(trial, degrees),
    )


def _cautions(trial: Trial, degrees: float) -> tuple[str, ...]:
    said = []
    if trial.clustered and len(trial.means) < FEW_CLUSTERS:
        said.append(
            f"Only {len(trial.means)} clusters were assigned; show the randomization test beside this interval."
        )
    if degrees < LEAST_DEGREES:
        said.append("Fewer than 4 degrees of freedom: the interval is wide and rests on the bell curve.")
    return tuple(said)
