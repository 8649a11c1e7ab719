"""What would have happened without it? A mixture of other units stands in for the treated one.

`comparison` checks a panel, `analyze` gives one estimate with its diagnostics, `specifications` every reasonable one.
Below them, on plain tables (units × periods, the treated first): `fit`, `placebo_test`, `conformal_p` and
`conformal_interval`. Methods page: docs/explanation/methods/synthetic-control.md.
"""

from lecen.science.synthetic_control.analysis import Analysis, analyze
from lecen.science.synthetic_control.comparison import Comparison, comparison
from lecen.science.synthetic_control.conformal import conformal_interval, conformal_p
from lecen.science.synthetic_control.diagnostics import Hull, LeftOut, PreFit, TimePlacebo
from lecen.science.synthetic_control.flags import Flag
from lecen.science.synthetic_control.methods import METHODS, Fit, fit
from lecen.science.synthetic_control.placebo import PlaceboTest, placebo_test
from lecen.science.synthetic_control.predictors import Matching
from lecen.science.synthetic_control.solve import mixture
from lecen.science.synthetic_control.specifications import Estimate, Specification, specifications

__all__ = [
    "METHODS",
    "Analysis",
    "Comparison",
    "Estimate",
    "Fit",
    "Flag",
    "Hull",
    "LeftOut",
    "Matching",
    "PlaceboTest",
    "PreFit",
    "Specification",
    "TimePlacebo",
    "analyze",
    "comparison",
    "conformal_interval",
    "conformal_p",
    "fit",
    "mixture",
    "placebo_test",
    "specifications",
]
