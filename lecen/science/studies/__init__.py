"""Studies run as their plans say, with a verdict that refuses what the data cannot carry."""

from lecen.science.errors import ScienceError
from lecen.science.plans.data import StudyPanel
from lecen.science.plans.schema import Design, Plan
from lecen.science.studies.claim import rate_claim
from lecen.science.studies.result import Criterion, Study, StudyResult, Table, Verdict
from lecen.science.studies.series import run_interrupted_series
from lecen.science.studies.staggered import run_difference_in_differences
from lecen.science.studies.synthetic import run_synthetic_control

__all__ = ["Criterion", "StudyResult", "Table", "Verdict", "run_study"]

_DESIGNS = {
    Design.SYNTHETIC_CONTROL: run_synthetic_control,
    Design.DIFFERENCE_IN_DIFFERENCES: run_difference_in_differences,
    Design.INTERRUPTED_SERIES: run_interrupted_series,
}


def run_study(plan: Plan, panel: StudyPanel | None = None) -> StudyResult:
    """Run a plan on the panel it names; a claim has none.

    Parameters: `plan` from `read_plan`, `panel` from `panel_of`. Returns a `StudyResult`. Raises `ScienceError` where
    the data do not carry the design.
    """
    if plan.design is Design.CLAIM:
        return rate_claim(plan)
    if panel is None or plan.primary is None:
        raise ScienceError(f"The design '{plan.design}' needs the panel that the plan names.")
    outcome = plan.outcomes[plan.primary]
    return _DESIGNS[plan.design](Study(plan, panel, outcome, outcome.label(plan.primary)))
