"""How unusual are the periods after the treatment, against those before? Tests and intervals from one unit's own gaps.

An effect is supposed and taken out of the treated periods; the synthetic unit is then fitted to all periods alike, and
the gaps of the treated periods are compared with those of every other stretch of as many periods. Source: Chernozhukov,
Wüthrich & Zhu, "An exact and robust conformal inference method for counterfactual and synthetic controls", Journal of
the American Statistical Association 116 (2021) 1849-1864.
"""

from collections.abc import Callable

import numpy as np

from lecen.science.arrays import Numbers, generator, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval
from lecen.science.synthetic_control.methods import CLASSIC, DEMEANED, outcome_table
from lecen.science.synthetic_control.solve import mixture

BLOCKS, SHUFFLED = "moving_blocks", "shuffled"
GRID, FARTHEST, HALVINGS = 41, 8, 12


def conformal_p(
    outcome: object,
    before: int,
    *,
    effect: float = 0.0,
    method: str = CLASSIC,
    permutations: str = BLOCKS,
    draws: int = 1000,
    seed: int = 0,
) -> float:
    """Give the p-value of one supposed effect, the same in every treated period.

    Parameters
    ----------
    outcome : array-like, units × periods
        The treated unit first.
    before : int
        How many periods come before the treatment.
    effect : float
        The supposed effect, in the outcome's units.
    method : str
        "classic" or "demeaned": the two that treat all periods alike.
    permutations : str
        "moving_blocks" compares with every stretch of as many periods, which allows for gaps that resemble their
        neighbors; then no p-value is below 1 / periods. "shuffled" compares with `draws` orders of the gaps, as if the
        gaps did not depend on one another.
    draws, seed : int
        For "shuffled".

    Returns
    -------
    float, the share of orders whose mean absolute gap in the treated places is at least as large.

    Raises
    ------
    ScienceError
        Input as in `fit`, another method, or an unknown kind of permutations.

    """
    return _tester(outcome, before, method, permutations=permutations, draws=draws, seed=seed)(
        float(numbers(effect, "The supposed effect", dimensions=0))
    )


def conformal_interval(
    outcome: object,
    before: int,
    *,
    level: float = 0.95,
    method: str = CLASSIC,
    permutations: str = BLOCKS,
    draws: int = 1000,
    seed: int = 0,
) -> Interval | None:
    """Give the effects, the same in every treated period, that `conformal_p` does not rule out.

    Parameters
    ----------
    outcome, before, method, permutations, draws, seed
        As for `conformal_p`.
    level : float
        Confidence level: effects with p above 1 - level are kept.

    Returns
    -------
    Interval from the least to the greatest effect kept, found to a thousandth of the range searched; endless where too
    few periods are left to rule anything out; None where no constant effect agrees with the gaps.

    Raises
    ------
    ScienceError
        As `conformal_p`.

    """
    error = 1 - fraction(level, "The level")
    test = _tester(outcome, before, method, permutations=permutations, draws=draws, seed=seed)
    table, before = outcome_table(outcome, before)
    gaps = _gaps(table[:, :before], table, method)
    middle, reach = float(gaps[before:].mean()), 2 * float(np.abs(gaps).max()) + 1e-6 * float(table.std())
    for _ in range(FARTHEST):
        values = middle + reach * np.linspace(-1, 1, GRID)
        kept = np.array([test(value) > error for value in values])
        if not kept[0] and not kept[-1]:
            break
        reach *= 4
    if not kept.any():
        return None
    first, last = int(kept.argmax()), GRID - 1 - int(kept[::-1].argmax())
    return Interval(
        -np.inf if kept[0] else _edge(test, error, outside=values[first - 1], inside=values[first]),
        np.inf if kept[-1] else _edge(test, error, outside=values[last + 1], inside=values[last]),
    )


def _edge(test: Callable[[float], float], error: float, *, outside: float, inside: float) -> float:
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        inside, outside = (middle, outside) if test(middle) > error else (inside, middle)
    return float(outside)


def _tester(
    outcome: object, before: int, method: str, *, permutations: str, draws: int, seed: int
) -> Callable[[float], float]:
    table, before = outcome_table(outcome, before)
    if method not in (CLASSIC, DEMEANED):
        raise ScienceError(f"Conformal inference treats all periods alike, which {method!r} does not: use a placebo.")
    orders = _orders(table.shape[1], permutations, draws, seed)[:, before:]
    treated = np.arange(table.shape[1]) >= before

    def test(effect: float) -> float:
        supposed = table.copy()
        supposed[0, treated] -= effect
        sizes = np.abs(_gaps(supposed, supposed, method))
        statistics = sizes[orders].mean(axis=1)
        return float(np.mean(statistics >= statistics[0] * (1 - 1e-9)))

    return test


def _orders(periods: int, permutations: str, draws: int, seed: int) -> "np.ndarray[tuple[int, int], np.dtype[np.int_]]":
    """Give orders of the periods, one a row, the one given first."""
    plain = np.arange(periods)
    if permutations == BLOCKS:
        return (plain + plain[:, None]) % periods
    if permutations != SHUFFLED:
        raise ScienceError(f"Permutations must be {BLOCKS!r} or {SHUFFLED!r}, not {permutations!r}.")
    chance = generator(seed)
    rows = whole(draws, "The number of draws", least=1, most=100_000)
    return np.vstack([plain, *(chance.permutation(periods) for _ in range(rows))])


def _gaps(fitted: Numbers, table: Numbers, method: str) -> Numbers:
    """Give the gaps in `table` of shares fitted to `fitted` (the same units, all periods or some)."""
    levels = fitted.mean(axis=1, keepdims=True) if method == DEMEANED else np.zeros((len(fitted), 1))
    shares = mixture((fitted - levels)[0], (fitted - levels)[1:])
    gaps: Numbers = (table - levels)[0] - shares @ (table - levels)[1:]
    return gaps
