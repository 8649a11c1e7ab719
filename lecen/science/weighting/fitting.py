"""The fit behind raking: respondents alike in every variable are one group, and groups are fitted to margins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from lecen.science.arrays import Numbers
from lecen.science.weighting.coding import Codes, Margin

MOST_JUDGED = 100_000  # groups; above it the linear program would take minutes
_TINY = 1e-200
_LEAST_OWED = 1e-100  # where margins cannot be met, what is owed would grow past every number
_NEXT_TO_NOTHING = 1e-6
_INFEASIBLE = 2  # scipy's word for "no solution"


@dataclass(frozen=True)
class Groups:
    """Respondents by what they have in common.

    `member_of` is each respondent's group, `sizes` its number of people, `base` their mean base weight. Of each
    margin, `codes` are the groups' categories and `targets` the sums of weights to reach; where some gave no category,
    they are one more category whose target is the weight they came with.
    """

    member_of: Codes
    sizes: Numbers
    base: Numbers
    codes: tuple[Codes, ...]
    targets: tuple[Numbers, ...]


@dataclass(frozen=True)
class Fit:
    """Weights of mean about 1, rounds taken, whether margins are met, and in words why not."""

    weights: Numbers
    iterations: int
    met: bool
    obstacle: str = ""


def grouped(margins: Sequence[Margin], base: Numbers, *, by_weight: bool) -> Groups:
    """Join respondents who agree in all margins, and in base weight too where weights are to be bounded."""
    member_of = np.zeros(len(base), dtype=np.int64)
    for margin in margins:
        member_of = _renumbered(member_of * (len(margin.labels) + 1) + margin.codes + 1)
    if by_weight and base.min() < base.max():
        levels = np.unique(base, return_inverse=True)[1]
        member_of = _renumbered(member_of * (int(levels.max()) + 1) + levels)
    sizes = np.bincount(member_of).astype(float)
    first = np.empty(len(sizes), dtype=np.int64)
    first[member_of] = np.arange(len(base))
    codes, targets = [], []
    for margin in margins:
        held = np.where(margin.known, margin.codes, len(margin.labels))
        absent = float(base[~margin.known].sum())
        codes.append(held[first])
        targets.append(np.append(margin.shares * (len(base) - absent), [absent] if absent else []))
    return Groups(member_of, sizes, np.bincount(member_of, base) / sizes, tuple(codes), tuple(targets))


def _renumbered(keys: Codes) -> Codes:
    """Number the keys that occur 0, 1, 2, ... in their order."""
    highest = int(keys.max())
    if highest > 4 * len(keys) + 1_000_000:
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)
    return (np.cumsum(np.bincount(keys) > 0) - 1)[keys]


def fit(groups: Groups, base: Numbers, bounds: tuple[float, float] | None, tolerance: float, most: int) -> Fit:
    """Scale groups to each margin in turn until all hold, keeping weights within bounds.

    Parameters: `groups` and their respondents' `base` weights; `bounds` on weights; the largest deviation from a target,
    relative to it; the `most` rounds. Returns the last weights, met or not. Raises nothing.

    Without bounds this is iterative proportional fitting. With them, each round ends by cutting weights to the bounds;
    what was cut is given back before the next cut (Dykstra's correction), which leads to the closest weights and not
    just to some that fit.
    """
    weights, owed = groups.base.copy(), np.ones(len(groups.base))
    met, iterations = False, 0
    for iterations in range(1, most + 1):  # noqa: B007
        for codes, target in zip(groups.codes, groups.targets, strict=True):
            weights *= (target / np.maximum(np.bincount(codes, groups.sizes * weights), _TINY))[codes]
        if bounds:
            wanted = weights * owed
            weights = np.clip(wanted, *bounds)
            owed = np.clip(wanted / np.maximum(weights, _TINY), _LEAST_OWED, 1 / _LEAST_OWED)
        met = _worst(groups, weights) <= tolerance
        if met:
            break
    spread = weights[groups.member_of] if bounds else base * (weights / groups.base)[groups.member_of]
    return Fit(spread, iterations, met)


def _worst(groups: Groups, weights: Numbers) -> float:
    """Give the largest deviation from a target, relative to it."""
    pairs = zip(groups.codes, groups.targets, strict=True)
    return max(float(np.abs(np.bincount(codes, groups.sizes * weights) / target - 1).max()) for codes, target in pairs)


def obstacle(groups: Groups, bounds: tuple[float, float] | None) -> str:
    """Say, by a linear program over the groups' sums of weights, whether no weights at all could meet the margins."""
    if len(groups.sizes) > MOST_JUDGED:
        return ""
    if bounds and not _possible(groups, bounds) and _possible(groups, (0, np.inf)):
        low, high = bounds
        return (
            f"No weights from {low:g} to {high:g} times the mean meet all margins: widen the bounds or join categories."
        )
    if not _possible(groups, (0, np.inf)):
        return "No weights meet all margins: combinations of categories that they call for have no respondents."
    if not bounds and not _possible(groups, (_NEXT_TO_NOTHING, np.inf)):
        return "Only weights of zero for some respondents meet all margins: join categories."
    return ""


def _possible(groups: Groups, bounds: tuple[float, float]) -> bool:
    rows = [
        csr_array((np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(target), len(codes)))
        for codes, target in zip(groups.codes, groups.targets, strict=True)
    ]
    low, high = (np.inf if np.isinf(bound) else bound * groups.sizes for bound in bounds)
    limits = np.column_stack(np.broadcast_arrays(low, high, groups.sizes)[:2])
    solved = linprog(np.zeros(len(groups.sizes)), A_eq=vstack(rows), b_eq=np.concatenate(groups.targets), bounds=limits)
    return bool(solved.status != _INFEASIBLE)
