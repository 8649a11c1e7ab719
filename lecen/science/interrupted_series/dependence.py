"""Errors for a regression over time whose neighbors are related, where the series is short.

Newey-West errors are far too small for some dozens of periods. Here the left-overs are taken as a first-order
autoregression whose correlation is corrected for what the regression itself takes away from it.

Sources: Prais and Winsten, Cowles Commission Discussion Paper 383 (1954) (the model); Satterthwaite, Biometrics
Bulletin 2 (1946) 110-114 (degrees of freedom); the correction equates the left-overs' lag-one correlation with its
expectation, a quotient of two traces.
"""

from typing import NamedTuple

import numpy as np
from scipy import optimize
from scipy.linalg import matmul_toeplitz

from lecen.science.arrays import Numbers

LARGEST = 0.98


class Autoregression(NamedTuple):
    """Covariance of the coefficients (terms × terms), the corrected correlation of neighbors, and degrees of freedom."""

    covariance: Numbers
    correlation: float
    degrees: float


def autoregression(columns: Numbers, residuals: Numbers, least_scale: float | None = None) -> Autoregression:
    """Estimate the covariance of least-squares coefficients under a first-order autoregression.

    Parameters: `columns` (periods × terms, full rank) and the `residuals` of the regression, not all 0; `least_scale`,
    a variance of the residuals below which theirs is not taken (1 for counts in units of their spread), None where
    it is free. Returns `Autoregression`; a negative correlation counts as none. Raises nothing of its own.
    """
    half, upper = np.linalg.qr(columns)  # products of `half` with itself are the hat matrix
    observed = float(residuals[1:] @ residuals[:-1] / (residuals @ residuals))

    def lack(correlation: float) -> float:
        return _expected(half, correlation) - observed

    if lack(0.0) >= 0:
        correlation = 0.0
    elif lack(LARGEST) <= 0:
        correlation = LARGEST
    else:
        correlation = float(optimize.brentq(lack, 0.0, LARGEST, xtol=1e-6))
    mixed = _mix(half, correlation)
    inside = half.T @ mixed
    left = len(half) - float(np.trace(inside))
    scale = float(residuals @ residuals) / left
    powers = correlation ** (2 * np.arange(1, len(half)))
    squares = len(half) + 2 * float((np.arange(len(half) - 1, 0, -1) * powers).sum())
    squares += float((inside**2).sum()) - 2 * float((mixed**2).sum())
    if least_scale is not None:
        scale = max(scale, least_scale)
    back = np.linalg.inv(upper)
    return Autoregression(back @ inside @ back.T * scale, correlation, left**2 / squares)


def _mix(values: Numbers, correlation: float) -> Numbers:
    """Multiply by the matrix whose entries are the correlation to the power of the distance in time."""
    if correlation == 0:
        return values
    mixed: Numbers = matmul_toeplitz(correlation ** np.arange(len(values)), values)
    return mixed


def _expected(half: Numbers, correlation: float) -> float:
    """The lag-one correlation that residuals of such a regression would show, expectation over expectation."""
    mixed = _mix(half, correlation)
    inside = half.T @ mixed
    shifted = np.zeros_like(half)
    shifted[1:] += half[:-1] / 2
    shifted[:-1] += half[1:] / 2
    product = (len(half) - 1) * correlation - 2 * float((shifted * mixed).sum())
    product += float(((half.T @ shifted) * inside).sum())
    return product / (len(half) - float(np.trace(inside)))
