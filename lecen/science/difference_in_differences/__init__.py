"""Difference-in-differences for units treated at different times.

`wide_panel` or `long_panel` takes the data, `group_time_effects` estimates, `aggregate` puts together.
"""

from lecen.science.difference_in_differences.aggregation import aggregate
from lecen.science.difference_in_differences.estimates import AggregatedEffects, Estimates, GroupTimeEffects, Overall
from lecen.science.difference_in_differences.group_time import group_time_effects, influence_functions
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.panel import NEVER, Panel, long_panel, wide_panel

__all__ = [
    "NEVER",
    "AggregatedEffects",
    "Estimates",
    "GroupTimeEffects",
    "Inference",
    "Overall",
    "Panel",
    "aggregate",
    "group_time_effects",
    "influence_functions",
    "long_panel",
    "wide_panel",
]
