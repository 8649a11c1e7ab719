"""Tables of sums (hours, dollars) with totals and levels: which to withhold so that no contributor is given away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from lecen.science.disclosure.cells import DEFAULT_K
from lecen.science.disclosure.dominance import PercentRule, Rule, amounts_of
from lecen.science.disclosure.leeway import Leeway
from lecen.science.disclosure.programs import Program
from lecen.science.disclosure.tables import Dimension, Key, Release, check_dimensions, keys
from lecen.science.disclosure.universe import Places, Universe
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

# Sums are worked with in this share of the largest one, so that hours and millions of dollars are solved alike.
SCALE = 1e4
NEAR = 1e-6
Contributions = Mapping[str, float]


@dataclass(frozen=True)
class Sums:
    """A table of sums as readers get it: by one label of each dimension, None where the sum is withheld."""

    dimensions: tuple[Dimension, ...]
    cells: Mapping[Key, float | None]


@dataclass(frozen=True)
class Need:
    """What readers must be left with: the sum over `keys` may be as low as `low` and as high as `high`."""

    keys: tuple[Key, ...]
    low: float
    high: float


def protect_sums(
    contributions: Mapping[Key, Contributions],
    dimensions: Sequence[Dimension],
    rule: Rule | None = None,
    *,
    k: int = DEFAULT_K,
) -> Sums:
    """Decide which sums of contributions may be published beside their totals.

    A sum is sensitive where fewer than k contributed, or where the rule finds it dominated. Readers must be left with
    a range that reaches as far above and below a dominated sum as the rule asks; for fewer than k contributors, from
    0 to twice the sum. The same is asked of what withheld sums of one row come to, so that the only contributor of one
    cell cannot work out the only contributor of the next.

    Parameters
    ----------
    contributions : mapping of (label, ...) to a mapping of contributor to amount
        For every combination of finest labels, empty where nobody contributed. Amounts of at least 0, in one unit.
        One contributor has one name in the whole table.
    dimensions : sequence of Dimension
        One to three, made by `flat` or `tree`.
    rule : PercentRule or ShareRule
        The p %-rule with 10 % if not given.
    k : int
        Fewest contributors whose sum may be shown; at least 2.

    Returns
    -------
    Sums
        It has passed the audit of its ranges. All are withheld where even the total is sensitive.

    Raises
    ------
    ScienceError
        Bad input; the sentence never names a contributor.

    """
    k, rule = whole(k, "k", least=2), rule or PercentRule()
    dimensions = check_dimensions(dimensions)
    merged = _merged(contributions, dimensions)
    sums = {key: sum(amounts_of(given, f"{key!r}")) for key, given in merged.items()}
    total = next(iter(sums))
    if _need(merged, (total,), rule, k) is not None:
        return Sums(dimensions, dict.fromkeys(sums))
    hidden = _hidden(merged, sums, dimensions, rule, k)
    return Sums(dimensions, {key: None if key in hidden else one for key, one in sums.items()})


def exposed_sums(release: Sums, needs: Sequence[Need]) -> list[tuple[Need, float, float]]:
    """Audit sums: the needs that are not met, each with the range that readers are left with.

    The reader knows all sums shown, their totals, and that none is negative. Solves two linear programs a need over
    the finest groups; shares no step with the choice. Raises `ScienceError` where sums contradict each other.
    """
    blank = Release(release.dimensions, {}, DEFAULT_K)
    universe = Universe([blank])
    shown = {key: one for key, one in release.cells.items() if one is not None}
    unit = max([*shown.values(), *(need.high for need in needs)], default=1.0) / SCALE or 1.0
    told = universe.matrix(universe.groups(release.dimensions, key, step=0) for key in shown)
    ends = np.array([one / unit for one in shown.values()])
    width = universe.size
    # Sums of fractions agree only so far; a reader allows for that too.
    program = Program(told, (ends - NEAR, ends + NEAR), (np.zeros(width), np.full(width, 100 * SCALE)))
    found = []
    for need in needs:
        costs = np.zeros(width)
        for key in need.keys:
            costs[universe.groups(release.dimensions, key, step=0)] += 1
        least, most = program.least(costs), program.least(-costs)
        if least is None or most is None:
            raise ScienceError("The sums contradict each other: no contributions fit them all.")
        low, high = least.value * unit, -most.value * unit
        if low > need.low + 1e-3 * unit or high < need.high - 1e-3 * unit:
            found.append((need, low, high))
    return found


def _merged(contributions: Mapping[Key, Contributions], dimensions: Sequence[Dimension]) -> dict[Key, dict[str, float]]:
    """Add up each contributor's amounts in every figure of the table."""
    leaves = list(product(*(one.leaves for one in dimensions)))
    if not isinstance(contributions, Mapping) or set(contributions) != set(leaves):
        raise ScienceError("The contributions must map every combination of finest labels, and no other.")
    for key in leaves:
        amounts_of(contributions[key], f"{key!r}")
    merged: dict[Key, dict[str, float]] = {}
    for key in keys(dimensions):
        together: dict[str, float] = {}
        for leaf in product(*(one.leaves_in[label] for one, label in zip(dimensions, key, strict=True))):
            for who, amount in contributions[leaf].items():
                together[who] = together.get(who, 0.0) + float(amount)
        merged[key] = together
    return merged


def _need(merged: Mapping[Key, dict[str, float]], parts: tuple[Key, ...], rule: Rule, k: int) -> Need | None:
    """What readers must be left with about the sum of these figures, if it is sensitive."""
    together: dict[str, float] = {}
    for key in parts:
        for who, amount in merged[key].items():
            together[who] = together.get(who, 0.0) + amount
    total, lack = sum(together.values()), rule.lack(together.values())
    contributors = sum(amount > 0 for amount in together.values())
    if contributors < k:
        everything = next(iter(merged.values()))
        usual = sum(everything.values()) / max(1, len(everything))
        return Need(parts, 0.0, max(2 * total, usual, total + lack))
    return Need(parts, max(0.0, total - lack), total + lack) if lack > 0 else None


def _hidden(
    merged: Mapping[Key, dict[str, float]],
    sums: Mapping[Key, float],
    dimensions: tuple[Dimension, ...],
    rule: Rule,
    k: int,
) -> set[Key]:
    needs = [need for key in sums if (need := _need(merged, (key,), rule, k))]
    hidden = {need.keys[0] for need in needs}
    while True:
        everything = set(sums) - {next(iter(sums))}
        found = _search(sums, dimensions, hidden, needs)
        hidden = everything if found is None else found
        known = {need.keys for need in needs}
        joint = [
            need
            for parts in _rows(dimensions, hidden)
            if parts not in known and (need := _need(merged, parts, rule, k))
        ]
        if not joint or hidden == everything:
            return _passed(sums, dimensions, hidden, needs)
        needs += joint


def _passed(
    sums: Mapping[Key, float], dimensions: tuple[Dimension, ...], hidden: set[Key], needs: Sequence[Need]
) -> set[Key]:
    """Withhold everything where the audit is not content."""
    release = Sums(dimensions, {key: None if key in hidden else one for key, one in sums.items()})
    return set(sums) if exposed_sums(release, needs) else hidden


def _rows(dimensions: Sequence[Dimension], hidden: set[Key]) -> Iterator[tuple[Key, ...]]:
    """Give the withheld figures of each row whose total is shown: readers know what these come to."""
    for at, dimension in enumerate(dimensions):
        for key in keys(dimensions):
            parts = ((*key[:at], part, *key[at + 1 :]) for part in dimension.children.get(key[at], ()))
            withheld = tuple(part for part in parts if part in hidden)
            if len(withheld) > 1 and key not in hidden:
                yield withheld


def _search(
    sums: Mapping[Key, float], dimensions: tuple[Dimension, ...], hidden: set[Key], needs: Sequence[Need]
) -> set[Key] | None:
    """Withhold more until every need is met; None where the search finds no way."""
    names = list(sums)
    unit = max(sums.values()) / SCALE or 1.0
    truth = np.array([sums[key] for key in names]) / unit
    universe = Universe([Release(dimensions, {}, DEFAULT_K)])
    groups = [universe.groups(dimensions, key, step=0) for key in names]
    joint: list[Places] = [np.sort(np.concatenate([groups[names.index(key)] for key in need.keys])) for need in needs]
    leeway = Leeway(truth, groups, joint, [], universe)
    leeway.keep_shown(0)
    leeway.withhold([at for at, key in enumerate(names) if key in hidden])
    weights = truth + 1.0
    for at, need in enumerate(needs, start=len(names)):
        for value in (need.low / unit, need.high / unit):
            if leeway.least(at) <= value + NEAR if value < need.high / unit else leeway.reaches(at, value):
                continue
            more = leeway.giving_way(at, value, weights)
            if more is None or len(more) == 0:
                return None
            leeway.withhold(more.tolist())
    return {key for at, key in enumerate(names) if not leeway.shown[at]}
