"""Trials by lot, small enough for one agency: drawing the lots, reading the result, and how large a trial must be.

For trials of people or places, in blocks, or of whole clusters (beats, schools) that are assigned together.
"""

from lecen.science.experiments.assignment import Assignment, assign
from lecen.science.experiments.difference import Arm, Difference, clustered_difference, difference
from lecen.science.experiments.randomization import RandomizationTest, randomization_test
from lecen.science.experiments.sizes import (
    DetectableShare,
    detectable_clustered,
    detectable_difference,
    detectable_share,
    people_needed,
    units_needed,
)
from lecen.science.experiments.wild import WildTest, wild_test

__all__ = [
    "Arm",
    "Assignment",
    "DetectableShare",
    "Difference",
    "RandomizationTest",
    "WildTest",
    "assign",
    "clustered_difference",
    "detectable_clustered",
    "detectable_difference",
    "detectable_share",
    "difference",
    "people_needed",
    "randomization_test",
    "units_needed",
    "wild_test",
]
