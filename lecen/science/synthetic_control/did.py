"""Synthetic difference-in-differences: donors weighted to run parallel before, periods weighted to resemble those after.

Source: Arkhangelsky, Athey, Hirshberg, Imbens & Wager, "Synthetic difference-in-differences", American Economic Review
111 (2021) 4088-4118, algorithm 1 (weights and their penalties). The weights are found exactly, where the authors'
program stops an iteration early; figures differ in the third or fourth digit.
"""

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.synthetic_control.solve import mixture

PERIOD_PENALTY = 1e-6  # the paper's choice: only enough to make the weights of periods unique


def donor_penalty(donors: Numbers, before: int, treated_count: int) -> float:
    """Give the squared penalty on donors' weights: the noise of one period's change, times a power of what is treated.

    `donors` (donors × all periods), `before` periods of it come before the treatment, which `treated_count` units get.
    """
    after = donors.shape[1] - before
    return float(np.sqrt(treated_count * after) * _noise(donors, before) ** 2)


def donor_shares(target: Numbers, donors: Numbers, penalty: float) -> Numbers:
    """Give donors' shares; `target` and `donors` hold the pre-periods, whose own means do not count."""
    level, levels = target.mean(), donors.mean(axis=1, keepdims=True)
    return mixture(target - level, donors - levels, ridge=penalty * len(target))


def period_shares(donors: Numbers, before: int) -> Numbers:
    """Give the shares of the pre-periods whose mixture resembles the donors' mean after; `donors` × all periods."""
    earlier, later = donors[:, :before], donors[:, before:].mean(axis=1)
    ridge = (PERIOD_PENALTY * _noise(donors, before)) ** 2 * len(donors)
    return mixture(later - later.mean(), (earlier - earlier.mean(axis=0)).T, ridge=ridge)


def _noise(donors: Numbers, before: int) -> float:
    changes = np.diff(donors[:, :before], axis=1)
    return float(changes.std(ddof=1)) if changes.size > 1 else 0.0
