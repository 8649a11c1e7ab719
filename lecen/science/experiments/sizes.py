"""How large a trial must be, or how large an effect must be for a small agency's trial to see it.

Sources: Bloom, Evaluation Review 19 (1995) 547-556 (minimum detectable effects); Fleiss, Levin and Paik, Statistical
Methods for Rates and Proportions (3rd edition 2003); Donner and Klar, Design and Analysis of Cluster
Randomization Trials in Health Research (2000); Eldridge, Ashby and Kerry, International Journal of Epidemiology 35
(2006) 1292-1300 (clusters of unequal size); Hemming and others, BMC Medical Research Methodology 11 (2011) 102 (a fixed
number of clusters).
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scipy import optimize, stats

from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import normal_quantile

MOST_UNITS = 100_000_000
# Above this many degrees of freedom t and the normal curve agree to the fourth digit, and the exact sum turns slow.
NORMAL_FROM = 2000


@dataclass(frozen=True)
class DetectableShare:
    """Shares that a trial would tell from the baseline; None where not even 0 or 1 could be told."""

    baseline: float
    below: float | None
    above: float | None


def detectable_difference(
    treated: int, comparison: int, *, deviation: float = 1.0, power: float = 0.8, level: float = 0.95
) -> float:
    """Give the smallest difference of means that a trial of units would find with this power.

    Parameters
    ----------
    treated, comparison : int
        Units in each arm, at least two.
    deviation : float
        Standard deviation of the outcome; with 1 the result is in standard deviations.
    power : float
        How often an effect of this size would be found: 0.8 as a rule. At least 0.5.
    level : float
        1 minus the error rate of the two-sided test.

    Returns
    -------
    float
        In units of `deviation`, by the noncentral t-distribution.

    Raises
    ------
    ScienceError
        Fewer than two units in an arm, or numbers out of range.

    """
    counts = [whole(count, f"Units in the {name} arm", least=2) for count, name in _named(treated, comparison)]
    return _detectable(1 / counts[0] + 1 / counts[1], sum(counts) - 2, power, level) * _positive(deviation)


def units_needed(difference: float, *, deviation: float = 1.0, power: float = 0.8, level: float = 0.95) -> int:
    """Give the units that each of two equal arms needs to find a `difference` of means (unit of `deviation`).

    Parameters
    ----------
    difference : float
        The smallest difference worth finding; not 0.
    deviation, power, level
        As in `detectable_difference`.

    Returns
    -------
    int

    Raises
    ------
    ScienceError
        The difference is 0 or so small that more than a hundred million units would be needed.

    """
    wanted = abs(_number(difference, "The difference")) / _positive(deviation)

    def enough(count: int) -> bool:
        return _detectable(2 / count, 2 * count - 2, power, level) <= wanted

    if not enough(MOST_UNITS):
        raise ScienceError("A difference this small would need more than a hundred million units in each arm.")
    return _first(enough, 2)


def detectable_share(
    treated: int, comparison: int, *, baseline: float, power: float = 0.8, level: float = 0.95
) -> DetectableShare:
    """Give the shares of yes that a trial would tell from a `baseline` share, below and above it.

    Parameters
    ----------
    treated, comparison : int
        People in each arm, at least ten.
    baseline : float
        The share expected without the program, between 0 and 1.
    power, level
        As in `detectable_difference`.

    Returns
    -------
    DetectableShare
        By the normal approximation for two shares.

    Raises
    ------
    ScienceError
        Fewer than ten people in an arm, or numbers out of range.

    """
    first, second = (whole(count, f"People in the {name} arm", least=10) for count, name in _named(treated, comparison))
    base, z = fraction(baseline, "The baseline share"), normal_quantile(level)
    reach = NormalDist().inv_cdf(_power(power))

    def lack(share: float) -> float:
        middle = (first * share + second * base) / (first + second)
        under_none = z * np.sqrt(middle * (1 - middle) * (1 / first + 1 / second))
        return float(under_none + reach * np.sqrt(share * (1 - share) / first + base * (1 - base) / second)) - abs(
            share - base
        )

    def found(end: float) -> float | None:
        return None if lack(end) > 0 else float(optimize.brentq(lack, base, end))

    return DetectableShare(base, found(0.0), found(1.0))


def detectable_clustered(
    treated: int,
    comparison: int,
    *,
    people: int,
    icc: float,
    deviation: float = 1.0,
    variation: float = 0.0,
    power: float = 0.8,
    level: float = 0.95,
) -> float:
    """Give the smallest difference of means that a trial of whole clusters would find with this power.

    Parameters
    ----------
    treated, comparison : int
        Clusters in each arm, at least two.
    people : int
        People asked in each cluster, on average.
    icc : float
        Intraclass correlation: the share of the outcome's variance that lies between clusters, 0 to below 1.
    deviation, power, level
        As in `detectable_difference`.
    variation : float
        Standard deviation of the clusters' sizes over their mean (0: all alike).

    Returns
    -------
    float
        In units of `deviation`; clusters - 2 degrees of freedom.

    Raises
    ------
    ScienceError
        Fewer than two clusters in an arm, or numbers out of range.

    """
    counts = [whole(count, f"Clusters in the {name} arm", least=2) for count, name in _named(treated, comparison)]
    size, rho = whole(people, "People in a cluster", least=1), _icc(icc)
    unequal = _number(variation, "The variation of sizes")
    if unequal < 0:
        raise ScienceError(f"The variation of sizes must not be negative, and is {unequal}.")
    effect = 1 + ((unequal**2 + 1) * size - 1) * rho
    return _detectable(effect / size * (1 / counts[0] + 1 / counts[1]), sum(counts) - 2, power, level) * _positive(
        deviation
    )


def people_needed(
    difference: float, clusters: int, *, icc: float, deviation: float = 1.0, power: float = 0.8, level: float = 0.95
) -> int:
    """Give the people to ask in each of a fixed number of clusters, half of them treated, to find a `difference`.

    Parameters
    ----------
    difference : float
        The smallest difference worth finding; not 0.
    clusters : int
        All that can take part; an even number, at least four.
    icc, deviation, power, level
        As in `detectable_clustered`.

    Returns
    -------
    int

    Raises
    ------
    ScienceError
        No number of people in so few clusters would be enough (the sentence says what they can find at best), or
        numbers out of range.

    """
    count, rho = whole(clusters, "Clusters", least=4), _icc(icc)
    if count % 2:
        raise ScienceError(f"Clusters must be an even number for two equal arms, not {count}.")
    wanted = abs(_number(difference, "The difference")) / _positive(deviation)

    def enough(size: int) -> bool:
        return _detectable((1 + (size - 1) * rho) / size * 4 / count, count - 2, power, level) <= wanted

    best = _detectable(rho * 4 / count, count - 2, power, level)
    if best >= wanted or not enough(MOST_UNITS):
        raise ScienceError(
            f"{count} clusters are too few, however many people are asked: at an intraclass correlation of {rho:g} "
            f"nothing below {best * deviation:.3g} would be found."
        )
    return _first(enough, 1)


def _detectable(variance: float, degrees: int, power: float, level: float) -> float:
    """The difference whose t-test has this power, for an error whose square is `variance`."""
    wanted, tail = _power(power), (1 + fraction(level, "The level")) / 2
    if degrees > NORMAL_FROM:
        return float((normal_quantile(level) + NormalDist().inv_cdf(wanted)) * np.sqrt(variance))
    limit = float(stats.t.ppf(tail, degrees))

    def lack(shift: float) -> float:
        return wanted - float(stats.nct.sf(limit, degrees, shift))

    top = limit + 1.0
    while lack(top) > 0:
        top *= 1.5
    return float(optimize.brentq(lack, 0.0, top)) * float(np.sqrt(variance))


def _first(enough: Callable[[int], bool], least: int) -> int:
    """The smallest number from `least` for which `enough` holds; it must hold for all larger ones."""
    top = least
    while not enough(top):
        top *= 2
    bottom = max(least, top // 2)
    while bottom < top:
        middle = (bottom + top) // 2
        bottom, top = (bottom, middle) if enough(middle) else (middle + 1, top)
    return top


def _named(treated: int, comparison: int) -> tuple[tuple[int, str], tuple[int, str]]:
    return (treated, "treated"), (comparison, "comparison")


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        raise ScienceError(f"{name} must be a finite number, not {value!r}.")
    return float(value)


def _positive(deviation: object) -> float:
    value = _number(deviation, "The deviation")
    if value <= 0:
        raise ScienceError(f"The deviation must be positive, not {value}.")
    return value


def _icc(value: object) -> float:
    rho = _number(value, "The intraclass correlation")
    if not 0 <= rho < 1:
        raise ScienceError(f"The intraclass correlation must lie from 0 to below 1, not {rho}.")
    return rho


def _power(power: object) -> float:
    wanted = fraction(power, "The power")
    if wanted < 0.5:  # noqa: PLR2004 - below it a trial would more often miss than find
        raise ScienceError(f"The power must be at least 0.5, not {wanted}.")
    return wanted
