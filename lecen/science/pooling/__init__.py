"""Pooling what several studies or agencies found: one figure where it is honest, side by side where it is not.

Every estimate says where its standard error comes from (design, model or placebos); kinds are never mixed.
"""

from lecen.science.pooling.dependent import RobustPooled, robust_pool
from lecen.science.pooling.estimates import Basis, placebo_error
from lecen.science.pooling.random_effects import LeftOut, Pooled, Prediction, leave_one_out, random_effects
from lecen.science.pooling.regression import (
    Coefficient,
    MetaRegression,
    SmallStudyCheck,
    meta_regression,
    small_study_check,
)
from lecen.science.pooling.tiers import Tier, pool_by_basis

__all__ = [
    "Basis",
    "Coefficient",
    "LeftOut",
    "MetaRegression",
    "Pooled",
    "Prediction",
    "RobustPooled",
    "SmallStudyCheck",
    "Tier",
    "leave_one_out",
    "meta_regression",
    "placebo_error",
    "pool_by_basis",
    "random_effects",
    "robust_pool",
    "small_study_check",
]
