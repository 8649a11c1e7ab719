"""Weights that bring respondents into line with the population, and the words for how far that goes.

`rake` fits weights to margins, `post_stratify` to cells; `design_effect` and `effective_n` say what weighting costs;
`representation_ratios` compares respondents with the population; `estimate_mean` and `estimate_shares` give the figure
with its interval for a probability sample, and with "not representative" for an opt-in one.
Page: docs/explanation/methods/weighting.md.
"""

from lecen.science.designs import NOT_REPRESENTATIVE, OPT_IN_HAS_NO_MARGIN, Design, Sample
from lecen.science.weighting.cells import PostStratification, post_stratify
from lecen.science.weighting.efficiency import design_effect, effective_n
from lecen.science.weighting.estimates import (
    MeanEstimate,
    ShareEstimates,
    estimate_mean,
    estimate_shares,
    margin_of_error,
)
from lecen.science.weighting.raking import MarginFit, Raking, rake
from lecen.science.weighting.representation import Representation, RepresentationRatio, representation_ratios

__all__ = [
    "NOT_REPRESENTATIVE",
    "OPT_IN_HAS_NO_MARGIN",
    "Design",
    "MarginFit",
    "MeanEstimate",
    "PostStratification",
    "Raking",
    "Representation",
    "RepresentationRatio",
    "Sample",
    "ShareEstimates",
    "design_effect",
    "effective_n",
    "estimate_mean",
    "estimate_shares",
    "margin_of_error",
    "post_stratify",
    "rake",
    "representation_ratios",
]
