"""The sampling variance of weighted means, by linearization over strata and clusters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array, hstack

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.weighting.coding import Codes, as_list, is_missing
from lecen.science.weighting.designs import Sample


@dataclass(frozen=True)
class Sampling:
    """How a sample was drawn and weighted: each respondent's cluster, each cluster's stratum, the raking indicators."""

    cluster_of: Codes
    stratum_of: Codes  # one for each cluster
    indicators: csr_array | None

    @property
    def degrees_of_freedom(self) -> int:
        return len(self.stratum_of) - int(self.stratum_of.max()) - 1


def read_sampling(n: int, sample: Sample) -> Sampling:
    """Take how a sample of n was drawn. Raises `ScienceError`; clusters of the same name in two strata are two."""
    strata, clusters, raked_on = sample.strata, sample.clusters, sample.raked_on
    stratum = np.zeros(n, dtype=np.int64) if strata is None else _coded(strata, n, "Strata")
    cluster = np.arange(n) if clusters is None else _coded(clusters, n, "Clusters")
    pairs, cluster_of = np.unique(np.column_stack([stratum, cluster]), axis=0, return_inverse=True)
    if (np.bincount(pairs[:, 0]) < 2).any():  # noqa: PLR2004
        raise ScienceError("Each stratum must have at least 2 clusters (or respondents) for its variance to be seen.")
    return Sampling(cluster_of.reshape(-1), pairs[:, 0], None if not raked_on else _indicators(raked_on, n))


def _coded(labels: Any, n: int, name: str) -> Codes:
    values = as_list(labels, name)
    if len(values) != n:
        raise ScienceError(f"{name} must have one entry for each of {n:,} respondents, not {len(values):,}.")
    try:
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        return np.fromiter((places[value] for value in values), np.int64, n)
    except TypeError:
        raise ScienceError(f"{name} must be single values such as text, not lists or tables.") from None


def _indicators(raked_on: Mapping[str, Any], n: int) -> csr_array:
    """Give a column of 0 and 1 for each category of each variable; those not known are a category."""
    blocks = []
    for name, labels in raked_on.items():
        known = [None if is_missing(label) else label for label in as_list(labels, f"The categories of {name!r}")]
        codes = _coded(known, n, f"The categories of {name!r}")
        blocks.append(csr_array((np.ones(n), (np.arange(n), codes)), shape=(n, int(codes.max()) + 1)))
    return hstack(blocks, format="csr")


def variance(values: Numbers, weights: Numbers, sampling: Sampling) -> Numbers:
    """Give the variance of each column's weighted mean.

    Parameters: `values` of shape (n, columns), `weights` of shape (n,), how they were drawn. Returns shape (columns,).
    Source: Särndal, Swensson & Wretman, Model Assisted Survey Sampling (Springer 1992), sections 5.5-5.7 and 6.6;
    clusters are taken as drawn with replacement.
    """
    if sampling.indicators is None:
        residuals = values - weights @ values / weights.sum()
    else:
        weighted = sampling.indicators.multiply(weights[:, None]).tocsr()
        normal = np.linalg.pinv((sampling.indicators.T @ weighted).toarray(), hermitian=True)
        residuals = values - sampling.indicators @ (normal @ (weighted.T @ values))
    scores = residuals * (weights / weights.sum())[:, None]
    clusters = np.zeros((len(sampling.stratum_of), values.shape[1]))
    np.add.at(clusters, sampling.cluster_of, scores)
    many = np.bincount(sampling.stratum_of)
    sums = np.zeros((len(many), values.shape[1]))
    np.add.at(sums, sampling.stratum_of, clusters)
    deviations = (clusters - (sums / many[:, None])[sampling.stratum_of]) ** 2
    scale: Numbers = (many / (many - 1))[sampling.stratum_of]
    total: Numbers = scale @ deviations
    return total
