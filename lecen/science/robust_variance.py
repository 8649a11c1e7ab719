"""Errors for regressions whose rows come in groups: several outcomes of one agency, residents of one beat.

The CR2 estimator (bias-reduced linearization) with Satterthwaite degrees of freedom, which holds with few clusters
where the usual sandwich is too small.

Sources: Bell and McCaffrey, Survey Methodology 28 (2002) 169-181; Tipton, Psychological Methods 20 (2015) 375-393;
Pustejovsky and Tipton, Journal of Business & Economic Statistics 36 (2018) 672-683.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers, labels_of, numbers
from lecen.science.errors import ScienceError

LEAST_CLUSTERS = 2
# A direction in which a cluster alone decides a coefficient leaves no residual to learn from; it is left out.
ALONE = 1e-10


@dataclass(frozen=True)
class ClusterFit:
    """A weighted regression with CR2 errors.

    `coefficients`, `errors` and `degrees` hold one number a column of the design; `degrees` are Satterthwaite's, and
    below about 4 the t-distribution no longer describes the test well. `covariance` is columns × columns.
    """

    coefficients: Numbers
    errors: Numbers
    degrees: Numbers
    covariance: Numbers
    clusters: int


def cluster_fit(design: Any, outcome: Any, clusters: Any, weights: Any = None) -> ClusterFit:
    """Regress `outcome` on the columns of `design`, with errors that allow for whatever ties rows of one cluster.

    Parameters
    ----------
    design : array-like, rows × columns
        Of full column rank; bring the column of ones yourself.
    outcome : array-like of numbers
        One a row.
    clusters : array-like of labels
        One a row, whole numbers or text; at least two clusters.
    weights : array-like of positive numbers, optional
        One a row, taken as inverse variances of the working model; all 1 where left out.

    Returns
    -------
    ClusterFit

    Raises
    ------
    ScienceError
        Shapes differ, numbers are not finite, columns depend on each other, weights are not positive, or there is
        one cluster.

    """
    x = numbers(design, "The design", dimensions=2)
    y = numbers(outcome, "The outcome")
    w = np.ones(len(y)) if weights is None else numbers(weights, "Weights")
    groups = cluster_places(clusters, len(y))
    if not len(x) == len(y) == len(w):
        raise ScienceError(f"The design has {len(x)} rows, the outcome {len(y)}, the weights {len(w)}; one for each.")
    if (w <= 0).any():
        raise ScienceError(f"Weights must be positive; place {int(np.argmax(w <= 0))} (counted from 0) is not.")
    if len(groups) < LEAST_CLUSTERS:
        raise ScienceError("Errors by cluster need at least two clusters; all rows are of one.")
    root = np.sqrt(w)
    return _fit(x * root[:, None], y * root, groups)


def cluster_places(clusters: Any, rows: int) -> list[NDArray[np.intp]]:
    """Give the rows of each cluster, clusters in sorted order. Raises `ScienceError` where labels and rows differ."""
    inverse = labels_of(clusters, "Clusters", rows)[1]
    order = np.argsort(inverse, kind="stable")
    return np.split(order, np.cumsum(np.bincount(inverse))[:-1])


def _fit(x: Numbers, y: Numbers, groups: list[NDArray[np.intp]]) -> ClusterFit:
    # Columns are brought to one size first: units of measurement must not decide what counts as dependent.
    size = np.sqrt((x**2).sum(axis=0))
    if len(x) <= x.shape[1] or (size == 0).any() or np.linalg.matrix_rank(x / size) < x.shape[1]:
        raise ScienceError("The design's columns depend on each other, or are as many as its rows: no single answer.")
    x = x / size
    bread = np.linalg.inv(x.T @ x)
    coefficients = bread @ (x.T @ y)
    residuals = y - x @ coefficients
    half = np.linalg.cholesky(bread)
    meat = np.zeros_like(bread)
    squares, pulls = [], []
    for rows in groups:
        adjusted = _adjusted(x[rows], half)
        score = adjusted.T @ residuals[rows]
        meat += np.outer(score, score)
        reach = adjusted @ bread
        squares.append((reach**2).sum(axis=0))
        pulls.append(x[rows].T @ reach)
    covariance = bread @ meat @ bread
    return ClusterFit(
        coefficients=coefficients / size,
        errors=np.sqrt(np.maximum(np.diag(covariance), 0)) / size,
        degrees=_satterthwaite(np.array(squares), np.array(pulls), half),
        covariance=covariance / np.outer(size, size),
        clusters=len(groups),
    )


def _adjusted(rows: Numbers, half: Numbers) -> Numbers:
    """Multiply a cluster's rows by the inverse root of I - H; by its few singular vectors, as clusters may be large."""
    left, singular, _ = np.linalg.svd(rows @ half, full_matrices=False)
    left_over = 1 - np.minimum(singular, 1) ** 2
    stretch = np.where(left_over > ALONE, 1 / np.sqrt(np.maximum(left_over, ALONE)), 0) - 1
    adjusted: Numbers = rows + left @ (stretch[:, None] * (left.T @ rows))
    return adjusted


def _satterthwaite(squares: Numbers, pulls: Numbers, half: Numbers) -> Numbers:
    """Match mean and variance of each error's square to a scaled chi-square, were the working model true."""
    degrees = np.empty(squares.shape[1])
    for column in range(len(degrees)):
        reach = pulls[:, :, column] @ half
        products = np.diag(squares[:, column]) - reach @ reach.T
        spread = (products**2).sum()
        degrees[column] = np.trace(products) ** 2 / spread if spread > 0 else 0.0
    return degrees
