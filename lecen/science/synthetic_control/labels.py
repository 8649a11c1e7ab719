"""Names of units and labels of periods, as they must be before anything can be compared."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control.methods import MOST_PERIODS, MOST_UNITS


def unit_names(units: object, what: str = "The units") -> tuple[str, ...]:
    """Take `units` as names that each stand once; `what` begins the error's sentence. Raises `ScienceError`."""
    if isinstance(units, str) or not isinstance(units, Iterable):
        raise ScienceError(f"{what} must be a list of names, not {units!r}.")
    names = tuple(units)
    if not 0 < len(names) <= MOST_UNITS:
        raise ScienceError(f"{what} must be 1 to {MOST_UNITS:,} names, not {len(names):,}.")
    for place, name in enumerate(names):
        if not isinstance(name, str) or not name:
            raise ScienceError(f"{what} must be names; place {place} (counted from 0) holds {name!r}.")
        if name in names[:place]:
            raise ScienceError(f"{what} must each stand once; {name!r} stands twice.")
    return names


def known(wanted: Iterable[str], names: Sequence[str], what: str) -> None:
    """Refuse a name that is not among `names`. Raises `ScienceError`."""
    for name in wanted:
        if name not in names:
            raise ScienceError(f"{what} {name!r} is not among the units.")


def period_labels(periods: object) -> tuple[Any, ...]:
    """Take `periods` as whole numbers or dates that rise in even steps (dates by months or days).

    Raises `ScienceError` where they repeat, run backwards, leave a gap or are of mixed kinds.
    """
    if isinstance(periods, str) or not isinstance(periods, Iterable):
        raise ScienceError(f"The periods must be a list of whole numbers or dates, not {periods!r}.")
    labels = tuple(int(label) if isinstance(label, np.integer) else label for label in periods)
    if not 0 < len(labels) <= MOST_PERIODS:
        raise ScienceError(f"The periods must be 1 to {MOST_PERIODS:,}, not {len(labels):,}.")
    counts = _counts(labels)
    for (earlier, first), (later, second) in pairwise(zip(labels, counts, strict=True)):
        if first == second:
            raise ScienceError(f"Period {earlier} stands twice.")
        if first > second:
            raise ScienceError(f"The periods must rise; {later} comes after {earlier}.")
        if second - first != counts[1] - counts[0]:
            raise ScienceError(f"The periods must be evenly spaced; the step from {earlier} to {later} is another.")
    return labels


def _counts(labels: Sequence[Any]) -> list[int]:
    """Number the periods: whole numbers as they are, dates by months where all fall on one day of the month."""
    if all(type(label) is int for label in labels):
        return list(labels)
    if not all(type(label) is date for label in labels):
        raise ScienceError("The periods must be whole numbers or dates, all of one kind.")
    if len({label.day for label in labels}) == 1:
        return [label.year * 12 + label.month for label in labels]
    return [label.toordinal() for label in labels]
