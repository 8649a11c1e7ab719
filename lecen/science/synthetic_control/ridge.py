"""Ridge augmentation: what is left of the pre-period misfit is corrected by a ridge regression on the pre-periods.

Source: Ben-Michael, Feller & Rothstein, "The augmented synthetic control method", Journal of the American Statistical
Association 116 (2021) 1789-1803 (the weights, and choosing the penalty by leaving out periods).
"""

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.synthetic_control.solve import mixture

PENALTIES = 20
MOST_LEFT_OUT = 30  # periods tried, evenly spread: more cost time and change little
SMALLEST_PENALTY = 1e-8  # relative to the largest: the largest squared singular value of the donors' pre-periods


def augmented(target: Numbers, donors: Numbers, shares: Numbers) -> tuple[Numbers, float]:
    """Give weights that sum to 1, may be negative and fit the pre-periods closer than `shares`, and the penalty used.

    `target` has one number a pre-period, `donors` is donors × pre-periods, `shares` one a donor. The penalty is the
    largest whose error on left-out pre-periods is within one standard error of the least.
    """
    unit = float(np.abs(donors - target).max()) or 1.0  # squares of squares below must stay within what floats hold
    target, donors = target / unit, donors / unit
    penalties = _penalties(donors)
    tried = np.unique(np.linspace(0, len(target) - 1, min(len(target), MOST_LEFT_OUT)).round().astype(int))
    errors = np.array([_left_out(target, donors, int(period), penalties) for period in tried]) ** 2
    means = errors.mean(axis=0)
    best = int(means.argmin())
    allowed = means[best] + errors[:, best].std(ddof=1) / np.sqrt(len(tried))
    penalty = float(penalties[np.flatnonzero(means <= allowed)[0]])
    return shares + corrections(target, donors, shares, np.array([penalty]))[0], penalty * unit**2


def corrections(target: Numbers, donors: Numbers, shares: Numbers, penalties: Numbers) -> Numbers:
    """Give what is added to `shares` for each of `penalties` (penalties × donors); each row sums to 0."""
    centered = donors - donors.mean(axis=0)
    left, sizes, right = np.linalg.svd(centered, full_matrices=False)
    misfit = right @ (target - shares @ donors)
    added: Numbers = (misfit * sizes / (sizes**2 + penalties[:, None])) @ left.T
    return added


def _penalties(donors: Numbers) -> Numbers:
    largest = float(np.linalg.norm(donors - donors.mean(axis=0), 2)) ** 2
    return max(largest, np.finfo(float).tiny) * np.geomspace(1, SMALLEST_PENALTY, PENALTIES)


def _left_out(target: Numbers, donors: Numbers, period: int, penalties: Numbers) -> Numbers:
    """Give the error in `period` of weights found without it, for each penalty."""
    kept, rest = np.delete(target, period), np.delete(donors, period, axis=1)
    shares = mixture(kept, rest)
    weights = shares + corrections(kept, rest, shares, penalties)
    errors: Numbers = target[period] - weights @ donors[:, period]
    return errors
