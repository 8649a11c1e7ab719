"""The answers to a scale: what may be answered, and every item turned so that more means more."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError

FEWEST_ITEMS = 2
MOST_ITEMS = 1_000  # more than that is a table turned on its side
STEP_TOLERANCE = 1e-9
ENOUGH_ANSWERS = 100
LARGEST_END = 1e12
SMALLEST_RANGE = 1e-6  # of the larger end: below it rounding decides the figures


@dataclass(frozen=True)
class Scale:
    """What was asked: the items' names in the order of the columns, and the answers that could be given.

    `minimum` and `maximum` hold for every item; items of different ranges are not one scale until they are brought to
    one range. `reverse` names the items where a high answer means little of what is measured. `step` is the distance
    between two answers next to each other, None where any number between the ends may be answered.
    """

    names: tuple[str, ...]
    minimum: float
    maximum: float
    reverse: tuple[str, ...] = ()
    step: float | None = 1

    def __post_init__(self) -> None:
        _check_names(self.names, self.reverse)
        ends = numbers([self.minimum, self.maximum], "The ends of the scale")
        if not ends[0] < ends[1]:
            raise ScienceError(f"The scale's minimum, {self.minimum}, must lie below its maximum, {self.maximum}.")
        size = np.abs(ends).max()
        if size > LARGEST_END or ends[1] - ends[0] < max(size, 1) * SMALLEST_RANGE:
            raise ScienceError(f"A scale from {self.minimum} to {self.maximum} cannot be computed with exactly enough.")
        if self.step is not None:
            step = numbers([self.step], "The step of the scale")[0]
            if step <= 0 or not _on_steps((ends[1:] - ends[0]) / step).all():
                raise ScienceError(f"Steps of {self.step} do not lead from {self.minimum} to {self.maximum}.")

    @property
    def options(self) -> int | None:
        """How many different answers an item has; None where any number may be answered."""
        return None if self.step is None else round((self.maximum - self.minimum) / self.step) + 1


def oriented(answers: Any, scale: Scale) -> Numbers:
    """Take answers, people by items with NaN for none, and turn the reversed items: minimum + maximum - answer.

    Returns a new table of the same shape, in the units of the scale. Raises `ScienceError` where the columns are not
    the scale's items or an answer could not have been given.
    """
    if not isinstance(scale, Scale):
        raise ScienceError(f"The scale must be a Scale, not {type(scale).__name__}.")
    given = numbers(answers, "Answers", dimensions=2, missing=True)
    if given.shape[1] != len(scale.names):
        raise ScienceError(f"Answers have {given.shape[1]} columns, but the scale names {len(scale.names)} items.")
    _check_range(given, scale)
    turned = np.array([name in scale.reverse for name in scale.names])
    return np.where(turned, scale.minimum + scale.maximum - given, given)


def complete_rows(answers: Any, scale: Scale, *, needed: int = DEFAULT_K) -> Numbers:
    """Give the turned answers of the people who answered every item.

    Raises `ScienceError` below `needed` such people, or where an item does not vary among them.
    """
    turned = oriented(answers, scale)
    complete = turned[~np.isnan(turned).any(axis=1)]
    if len(complete) < needed:
        raise ScienceError(f"Fewer than {needed} people answered every item; that many are needed.")
    for name, column in zip(scale.names, complete.T, strict=True):
        if column.min() == column.max():
            raise ScienceError(f"Item {name!r} has the same answer from everybody; leave it out.")
    return complete


def described_rows(turned: Numbers, k: int) -> Numbers:
    """Leave out the people who answered some items only, where these are fewer than k.

    Otherwise a mean of scores, which counts them once, and the means of items, which count them as often as they
    answered, would differ by what these few people answered, and whoever holds both could compute it.
    """
    answered = ~np.isnan(turned)
    partly = answered.any(axis=1) & ~answered.all(axis=1)
    return turned[~partly] if partly.sum() < k else turned


def told(count: int, k: int) -> int | None:
    """Give a count of people who did not answer, None below k: what people leave out is told of no few."""
    return count if count >= k else None


def few_answers(n: int) -> tuple[str, ...]:
    """Give a caution where figures about a scale rest on fewer than 100 people, else nothing."""
    if n >= ENOUGH_ANSWERS:
        return ()
    return (
        f"These figures rest on {n} people; below {ENOUGH_ANSWERS} they can change much with the next few answers.",
    )


def _check_names(names: Any, reverse: Any) -> None:
    for what in (names, reverse):
        if not isinstance(what, tuple) or not all(isinstance(name, str) and name for name in what):
            raise ScienceError(f"Items must be named by a tuple of text, not {what!r}.")
    if not FEWEST_ITEMS <= len(names) <= MOST_ITEMS:
        raise ScienceError(f"A scale has between {FEWEST_ITEMS} and {MOST_ITEMS:,} items, not {len(names):,}.")
    if len(set(names)) < len(names):
        raise ScienceError("Two items of the scale have the same name.")
    if unknown := sorted(set(reverse) - set(names)):
        raise ScienceError(f"Item {unknown[0]!r} is to be reversed, but the scale has no such item.")


def _check_range(given: Numbers, scale: Scale) -> None:
    with np.errstate(invalid="ignore"):
        bad = (given < scale.minimum) | (given > scale.maximum)
        if scale.step is not None:
            bad |= ~(_on_steps((given - scale.minimum) / scale.step) | np.isnan(given))
    if bad.any():
        row, column = np.argwhere(bad)[0]
        allowed = f"between {scale.minimum} and {scale.maximum}"
        steps = "" if scale.step is None else f" in steps of {scale.step}"
        raise ScienceError(
            f"Person {row} (counted from 0) answered {given[row, column]} to item {scale.names[column]!r}; "
            f"answers lie {allowed}{steps}, and NaN stands for none."
        )


def _on_steps(distance: Numbers) -> Any:
    return np.abs(distance - np.round(distance)) < STEP_TOLERANCE
