"""Which areas answered less than chance explains, had all people been as likely to answer."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr
from scipy.stats import false_discovery_control

from lecen.science.arrays import Numbers

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)


def chance_of_so_few(most: Numbers, n: int, population: Numbers, errors: Numbers) -> Numbers:
    """Give the probability that at most `most` of n respondents come from each area, were all equally likely to answer.

    `population` counts adults, `errors` are its standard errors (0 where exact); shapes (areas,). NaN in `most` stands
    for a count that is not told: 1. Each is binomial with the area's share of all adults, averaged over what the
    population may be (normal, by Gauss-Hermite quadrature, cut at zero).
    """
    drawn = np.maximum(population[:, None] + errors[:, None] * _NODES, 0)
    shares = drawn / np.maximum(population.sum() - population[:, None] + drawn, np.finfo(float).tiny)
    known = ~np.isnan(most)
    tails = np.ones_like(most)
    tails[known] = bdtr(most[known, None], n, shares[known]) @ (_WEIGHTS / _WEIGHTS.sum())
    return np.clip(tails, 0, 1)


def beyond_chance(probabilities: Numbers, error_rate: float) -> NDArray[np.bool_]:
    """Pick the areas such that on average at most `error_rate` of those picked are picked wrongly.

    Source: Benjamini & Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300. Proved for independent
    tests; counts of areas that share one sum are nearly so.
    """
    picked: NDArray[np.bool_] = false_discovery_control(probabilities) <= error_rate
    return picked
