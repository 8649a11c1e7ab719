"""Matching on predictors (income, age, earlier outcomes) beside or instead of every pre-period, and how much each counts.

Source: Abadie, Diamond & Hainmueller, "Synthetic control methods for comparative case studies", Journal of the American
Statistical Association 105 (2010) 493-505: predictors in units of their standard deviation; their weights are those
whose mixture fits the outcome before the treatment best.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from lecen.science.arrays import Numbers, generator, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.synthetic_control.solve import LARGEST, mixture

FARTHEST = 10.0  # weights of predictors are searched within a factor of exp(±10) of each other
STEPS, POLISHING_STEPS = 60, 200  # the second for each predictor


@dataclass(frozen=True, eq=False)
class Matching:
    """The predictors of all units, the treated first, and how they are weighted."""

    values: Numbers
    """units × predictors, in any units."""
    weights: Numbers | None = None
    """One a predictor, at least 0; None searches those that fit the outcome best, for each unit anew."""
    starts: int = 20
    """How many starting points that search takes."""
    seed: int = 0
    """Seed of the starting points."""

    def __post_init__(self) -> None:
        values = numbers(self.values, "Predictors", dimensions=2)
        whole(self.starts, "The number of starting points", least=1)
        if float(np.abs(values).max()) > LARGEST:
            raise ScienceError(f"Predictors must lie within ±{LARGEST:g}.")
        object.__setattr__(self, "values", values)
        if self.weights is None:
            return
        weights = numbers(self.weights, "Predictor weights")
        if len(weights) != values.shape[1]:
            raise ScienceError(f"{values.shape[1]} predictors need as many weights, not {len(weights)}.")
        if (weights < 0).any() or not 0 < weights.sum() <= LARGEST:
            raise ScienceError("Predictor weights must be at least 0, one of them above, and not too large to add up.")
        object.__setattr__(self, "weights", weights)

    def of(self, rows: NDArray[np.int_]) -> "Matching":
        """Give the same for some of the units, in the order of `rows`."""
        return Matching(self.values[rows], self.weights, self.starts, self.seed)


def matched_shares(outcome: Numbers, matching: Matching) -> tuple[Numbers, Numbers]:
    """Give the donors' shares and the predictors' weights (sum 1); `outcome` (units × pre-periods), the treated first."""
    spread = matching.values.std(axis=0, ddof=1)
    values = matching.values / np.where(spread > 0, spread, 1.0)
    weights = matching.weights
    if weights is None:
        weights = _best_weights(values, outcome, matching)
    weights = weights / weights.sum()
    return _shares(values, weights), weights


def _shares(values: Numbers, weights: Numbers) -> Numbers:
    scaled = values * np.sqrt(weights)
    return mixture(scaled[0], scaled[1:])


def _best_weights(values: Numbers, outcome: Numbers, matching: Matching) -> Numbers:
    """Search the weights by gradient from many starting points, then polish the best without it.

    The loss has kinks where a donor enters or leaves, and many local minima: hence many starts, and a last search that
    needs no gradient.
    """
    count = values.shape[1]
    distances, misses = (values[1:] - values[0]).T, (outcome[1:] - outcome[0]).T
    floor = float(np.finfo(float).tiny)
    misses = misses / max(float(np.abs(misses).max()), floor)

    def loss(logs: Numbers) -> tuple[float, Numbers]:
        return _loss(logs, values, distances, misses)

    chance = generator(matching.seed)
    starts = [np.zeros(count), *chance.normal(scale=2.0, size=(matching.starts - 1, count))]
    bounds = [(-FARTHEST, FARTHEST)] * count
    ends = [
        minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
        for start in starts
    ]
    best = min(ends, key=lambda end: float(end.fun))
    polished = minimize(
        lambda logs: loss(logs)[0],
        best.x,
        method="Nelder-Mead",
        options={"maxfev": POLISHING_STEPS * count, "xatol": 1e-4, "fatol": 1e-9, "adaptive": True},
    )
    return _weights(polished.x if polished.fun < best.fun else best.x)


def _weights(logs: Numbers) -> Numbers:
    weights = np.exp(logs - logs.max())
    shares: Numbers = weights / weights.sum()
    return shares


def _loss(logs: Numbers, values: Numbers, distances: Numbers, misses: Numbers) -> tuple[float, Numbers]:
    """Give the log of the mean squared error before the treatment, and its gradient in the logs of the weights.

    On the donors that have a share, w solves A w + m 1 = 0 with sum 1, A = distances' diag(weights) distances. So a
    change of weight k moves w by -A⁻¹ d_k (d_k · w) within sum 0; one linear solve gives all of them (the adjoint).
    """
    weights = _weights(logs)
    shares = _shares(values, weights)
    used = np.flatnonzero(shares)
    miss = misses @ shares
    loss = float(np.mean(miss**2)) + float(np.finfo(float).tiny)
    gradient = 2 * (misses[:, used].T @ miss) / len(miss)
    near = distances[:, used]
    square = (near * weights[:, None]).T @ near
    system = np.ones((len(used) + 1, len(used) + 1))
    system[:-1, :-1] = square + 1e-10 * np.trace(square) * np.eye(len(used))
    system[-1, -1] = 0.0
    adjoint = np.linalg.solve(system, np.append(gradient, 0.0))[:-1]
    by_weight = -(near @ adjoint) * (near @ shares[used])
    slope: Numbers = weights * (by_weight - weights @ by_weight) / loss
    return float(np.log(loss)), slope
