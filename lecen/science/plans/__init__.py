"""Analysis plans: what a study will do, written down before its data are looked at, and the panel that it names.

A plan is a YAML file. `read_plan` checks it, `panel_of` takes the rows of its data file, `lecen.science.analysis` runs it.
"""

from lecen.science.plans.data import StudyPanel, panel_of
from lecen.science.plans.schema import Design, Plan, Scale, fingerprint, read_plan

__all__ = ["Design", "Plan", "Scale", "StudyPanel", "fingerprint", "panel_of", "read_plan"]
