"""Difference-in-differences for units treated at different times.

`wide_panel` or `long_panel` takes the data, `group_time_effects` estimates, `aggregate` puts together,
`pre_trends` tests what came before; `efficient_effects` is for treatment dates drawn by lot.
"""

from lecen.science.difference_in_differences.aggregation import aggregate
from lecen.science.difference_in_differences.efficient import EfficientEffects, efficient_effects
from lecen.science.difference_in_differences.estimates import AggregatedEffects, Estimates, GroupTimeEffects, Overall
from lecen.science.difference_in_differences.group_time import group_time_effects, influence_functions
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.panel import NEVER, Panel, long_panel, wide_panel
from lecen.science.difference_in_differences.pre_trends import PreTrends, pre_trends

__all__ = [
    "NEVER",
    "AggregatedEffects",
    "EfficientEffects",
    "Estimates",
    "GroupTimeEffects",
    "Inference",
    "Overall",
    "Panel",
    "PreTrends",
    "aggregate",
    "efficient_effects",
    "group_time_effects",
    "influence_functions",
    "long_panel",
    "pre_trends",
    "wide_panel",
]
