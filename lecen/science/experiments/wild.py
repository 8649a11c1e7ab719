"""A second opinion where few clusters were assigned: the wild cluster bootstrap under "no effect".

Sources: Cameron, Gelbach and Miller, Review of Economics and Statistics 90 (2008) 414-427; Webb, Canadian Journal of
Economics 56 (2023) 839-858 (six-point weights for few clusters); MacKinnon and Webb, Journal of Applied Econometrics 32
(2017) 233-254 (it fails where an arm has very few clusters).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, generator
from lecen.science.errors import ScienceError
from lecen.science.experiments.trial import trial_of
from lecen.science.inputs import whole

LEAST_IN_ARM = 4
ENOUGH_SIGNS = 13  # clusters from which plus and minus alone make enough different draws
SIX_POINTS = np.sqrt([0.5, 1.0, 1.5])
MOST_WORK = 500_000_000


@dataclass(frozen=True)
class WildTest:
    """`p_value` of no effect, two-sided, from `draws` draws; `t` is the difference over its CR1 error."""

    t: float
    p_value: float
    clusters: int
    draws: int
    weights: str


def wild_test(
    outcome: Any, treated: Any, clusters: Any, *, people: bool = True, seed: int, draws: int = 9999
) -> WildTest:
    """Test the difference between people in a cluster-randomized trial (no blocks) by the wild cluster bootstrap.

    Parameters
    ----------
    outcome, treated, clusters, people
        As in `clustered_difference`.
    seed : int
        Of the draws.
    draws : int
        At least 99.

    Returns
    -------
    WildTest

    Raises
    ------
    ScienceError
        Fewer than four clusters in an arm (use `randomization_test`), and as in `difference`.

    """
    trial = trial_of(outcome, treated, None, clusters, people=people)
    rng, draws, count = generator(seed), whole(draws, "Draws", least=99), len(trial.means)
    if draws * count > MOST_WORK:
        raise ScienceError(f"{draws:,} draws of {count:,} clusters are too many; take fewer draws.")
    fewest = min(int(trial.treated.sum()), int((~trial.treated).sum()))
    if fewest < LEAST_IN_ARM:
        raise ScienceError(f"An arm has {fewest} clusters; below {LEAST_IN_ARM} use randomization_test.")
    overall = float(np.average(trial.means, weights=trial.sizes))
    sums = (trial.means - overall) * trial.sizes
    if np.abs(sums).max() <= 0:
        raise ScienceError("The clusters' means are all equal; there is nothing to test.")
    sums = sums / np.abs(sums).max()
    six = count < ENOUGH_SIGNS
    size = (draws, count)
    signs = rng.choice([-1.0, 1.0], size)
    chance = signs * rng.choice(SIX_POINTS, size) if six else signs
    actual = float(_t_statistics(sums[None, :], trial.sizes, trial.treated)[0])
    found = np.abs(_t_statistics(chance * sums, trial.sizes, trial.treated))
    return WildTest(
        t=actual,
        p_value=float((1 + (found >= abs(actual) * (1 - 1e-9)).sum()) / (1 + draws)),
        clusters=count,
        draws=draws,
        weights="six points (Webb)" if six else "plus and minus one (Rademacher)",
    )


def _t_statistics(sums: Numbers, sizes: Numbers, treated: Any) -> Numbers:
    """Give t for each row of cluster sums (draws × clusters); the small-sample factor of CR1 is the same for all rows."""
    rows, clusters = float(sizes.sum()), len(sizes)
    factor = clusters / (clusters - 1) * (rows - 1) / max(rows - 2, 1)
    effect, variance = 0.0, 0.0
    for arm, sign in ((treated, 1), (~treated, -1)):
        total = float(sizes[arm].sum())
        mean = sums[:, arm].sum(axis=1) / total
        effect = effect + sign * mean
        variance = variance + ((sums[:, arm] - mean[:, None] * sizes[arm]) ** 2).sum(axis=1) / total**2
    largest = np.abs(effect).max() ** 2
    # Clusters that agree exactly have no error; such a draw is as extreme as can be.
    return np.asarray(effect / np.sqrt(np.maximum(factor * variance, 1e-24 * max(largest, 1e-300))))
