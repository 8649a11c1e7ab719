"""The sampling variance of weighted means, by linearization over strata and clusters."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array, hstack

from lecen.science.arrays import Numbers
from lecen.science.designs import Sample
from lecen.science.errors import ScienceError
from lecen.science.weighting.coding import Codes, as_list, by_variable, is_missing

MOST_INDICATORS = 2_000  # categories raked to, over all variables: with more, the regression would take minutes
_ALIKE = 1 - 1e-9  # squared cosine of two directions that are one


@dataclass(frozen=True)
class Sampling:
    """How a sample was drawn and weighted: each respondent's cluster, each cluster's stratum, the raking indicators.

    `degrees_of_freedom` are clusters less strata, less what the raking indicators take of the differences of clusters.
    """

    cluster_of: Codes
    stratum_of: Codes  # one for each cluster
    indicators: csr_array | None
    degrees_of_freedom: int


def read_sampling(n: int, sample: Sample) -> Sampling:
    """Take how a sample of n was drawn. Raises `ScienceError`; clusters of the same name in two strata are two."""
    strata, clusters, raked_on = sample.strata, sample.clusters, sample.raked_on
    stratum = np.zeros(n, dtype=np.int64) if strata is None else _coded(strata, n, "Strata")
    cluster = np.arange(n) if clusters is None else _coded(clusters, n, "Clusters")
    pairs, cluster_of = np.unique(np.column_stack([stratum, cluster]), axis=0, return_inverse=True)
    if (np.bincount(pairs[:, 0]) < 2).any():  # noqa: PLR2004
        raise ScienceError("Each stratum must have at least 2 clusters (or respondents) for its variance to be seen.")
    free = len(pairs) - len(np.unique(pairs[:, 0]))
    if raked_on is None or (hasattr(raked_on, "__len__") and not len(raked_on)):
        return Sampling(cluster_of.reshape(-1), pairs[:, 0], None, free)
    indicators = _indicators(raked_on, n)
    free += _shared(indicators, stratum) - _shared(indicators, cluster_of.reshape(-1))
    if free < 1:
        raise ScienceError(
            "The categories raked on leave nothing over to see chance by: there are as many as respondents or clusters. "
            "Join categories."
        )
    return Sampling(cluster_of.reshape(-1), pairs[:, 0], indicators, free)


def _coded(labels: Any, n: int, name: str) -> Codes:
    values = as_list(labels, name)
    if len(values) != n:
        raise ScienceError(f"{name} must have one entry for each of {n:,} respondents, not {len(values):,}.")
    try:
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        return np.fromiter((places[value] for value in values), np.int64, n)
    except TypeError:
        raise ScienceError(f"{name} must be single values such as text, not lists or tables.") from None


def _indicators(raked_on: Any, n: int) -> csr_array:
    """Give a column of 0 and 1 for each category of each variable; those not known are a category."""
    blocks = []
    for name, labels in by_variable(raked_on, "The variables raked on").items():
        known = [None if is_missing(label) else label for label in as_list(labels, f"The categories of {name!r}")]
        codes = _coded(known, n, f"The categories of {name!r}")
        blocks.append(csr_array((np.ones(n), (np.arange(n), codes)), shape=(n, int(codes.max()) + 1)))
    columns = sum(block.shape[1] for block in blocks)
    if columns > MOST_INDICATORS:
        raise ScienceError(
            f"The variables raked on have {columns:,} categories; at most {MOST_INDICATORS:,} can be used."
        )
    return hstack(blocks, format="csr")


def _shared(indicators: csr_array, groups: Codes) -> int:
    """Count the dimensions that the indicators have in common with the means of groups: canonical correlations of 1."""
    people = np.bincount(groups)
    membership = csr_array((np.ones(len(groups)), (np.arange(len(groups)), groups)))
    held = (indicators.T @ membership).tocsr()
    between = (held.multiply(1 / people[None, :]).tocsr() @ held.T).toarray()
    lengths, directions = np.linalg.eigh((indicators.T @ indicators).toarray())
    lasting = lengths > lengths[-1] * len(lengths) * np.finfo(float).eps
    basis = directions[:, lasting] / np.sqrt(lengths[lasting])
    return int((np.linalg.eigvalsh(basis.T @ between @ basis) > _ALIKE).sum())


def variance(values: Numbers, weights: Numbers, sampling: Sampling) -> Numbers:
    """Give the variance of each column's weighted mean.

    Parameters: `values` of shape (n, columns), `weights` of shape (n,), how they were drawn. Returns shape (columns,).
    Source: Särndal, Swensson & Wretman, Model Assisted Survey Sampling (Springer 1992); clusters are taken
    as drawn with replacement. Residuals from the raking variables are smaller than what they stand for; the variance is
    divided by the share of degrees of freedom they have left.
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
    total: Numbers = scale @ deviations * ((len(sampling.stratum_of) - len(many)) / sampling.degrees_of_freedom)
    return total
