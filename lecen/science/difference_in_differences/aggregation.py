"""Group-time effects put together: one figure, or one for each cohort, period, or time since treatment."""

import numpy as np

from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.estimates import AggregatedEffects, GroupTimeEffects, overall_of, part_of
from lecen.science.difference_in_differences.inference import infer
from lecen.science.difference_in_differences.options import Inference
from lecen.science.difference_in_differences.panel import Places
from lecen.science.difference_in_differences.weights import Kind, Scheme, scheme


def aggregate(effects: GroupTimeEffects, kind: Kind, *, inference: Inference | None = None) -> AggregatedEffects:
    """Put group-time effects together.

    Parameters
    ----------
    effects : GroupTimeEffects
        From `group_time_effects`.
    kind : "simple", "group", "calendar" or "event"
        Simple: one average over cohorts and periods after treatment, each as heavy as its cohort has units. Group: by
        cohort, over its periods; overall weighs cohorts by their units. Calendar: by period; overall is the plain
        mean. Event: by time since treatment, before it too; overall is the plain mean from 0 on.
    inference : Inference, optional
        How errors are found; by default analytic, or for few clusters what the result then says.

    Returns
    -------
    AggregatedEffects
        In the units of the outcome. Bands hold the single estimates together, without the overall one.

    Raises
    ------
    ScienceError
        No effect at or after treatment can be estimated, or the kind does not exist.

    """
    comparisons: Comparisons = effects.comparisons
    chosen = scheme(comparisons, kind)
    found, method, said = infer(comparisons, chosen, inference or Inference())
    return AggregatedEffects(
        kind=kind,
        at=chosen.labels,
        treated=_treated(comparisons, chosen),
        estimates=part_of(found, slice(0, chosen.labels.size)),
        overall=overall_of(found),
        method=method,
        said=said,
    )


def _treated(comparisons: Comparisons, chosen: Scheme) -> Places:
    """Count the units of the cohorts behind each estimate, each once."""
    entries = chosen.members.tocoo()
    pairs = np.unique(np.stack([entries.col, comparisons.cohort[entries.row]]), axis=1)
    counts = np.bincount(pairs[0], weights=comparisons.sizes[pairs[1]], minlength=chosen.labels.size)
    return counts[: chosen.labels.size].astype(np.int64)
