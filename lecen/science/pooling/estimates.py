"""Estimates that are to be pooled: effects, their standard errors, and where each error comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError

LEAST_PLACEBOS = 10
# Beyond these an error is a slip of the pen, and squares would lose their digits.
LARGEST_RATIO = 1e4
FARTHEST = 1e9  # of an effect from 0, in standard errors
SMALLEST, LARGEST = 1e-100, 1e100


class Basis(StrEnum):
    """Where a standard error comes from; estimates of different kinds are never pooled into one figure."""

    DESIGN = "design-based"
    MODEL = "model-based"
    PLACEBO = "placebo-derived"


@dataclass(frozen=True)
class Estimates:
    """Checked estimates with errors of one kind. `scale` is what effects and errors were divided by."""

    effects: Numbers
    variances: Numbers
    basis: Basis
    scale: float

    def __len__(self) -> int:
        return len(self.effects)


def estimates_of(effects: Any, errors: Any, basis: str | Sequence[str], *, least: int) -> Estimates:
    """Check and scale estimates that will be pooled together. Raises `ScienceError`.

    Parameters: `effects` and positive standard `errors`, one a study; `basis`, one word for all or one a study, all
    the same; `least`, how many studies the method needs. Returns `Estimates` in units of the median error, so that
    a tolerance means the same whether effects are per person or per 100,000.
    """
    y, error = effects_and_errors(effects, errors)
    kind = _one_basis(basis, len(y))
    if len(y) < least:
        raise ScienceError(f"At least {least} estimates are needed, not {len(y)}.")
    scale = float(np.median(error))
    return Estimates(y / scale, (error / scale) ** 2, kind, scale)


def effects_and_errors(effects: Any, errors: Any) -> tuple[Numbers, Numbers]:
    """Take effects and standard errors, one a study; refuse what cannot be weighed. Raises `ScienceError`."""
    y, error = numbers(effects, "Effects"), numbers(errors, "Standard errors")
    if len(y) != len(error):
        raise ScienceError(f"Each effect needs its standard error; there are {len(y)} effects and {len(error)} errors.")
    if (error <= 0).any():
        raise ScienceError(f"Standard errors must be positive; number {int(np.argmax(error <= 0))} (from 0) is not.")
    if error.min() < SMALLEST or error.max() > LARGEST:
        raise ScienceError("Standard errors are too large or too small to be worked with; choose another unit.")
    if error.max() / LARGEST_RATIO > error.min() or np.abs(y).max() / FARTHEST > error.min():
        raise ScienceError("Some standard errors are over ten thousand times others, or effects far out of scale.")
    return y, error


def basis_of(word: object) -> Basis:
    """Take a word as a kind of error. Raises `ScienceError`."""
    try:
        return Basis(str(word))
    except ValueError:
        known = ", ".join(repr(str(kind)) for kind in Basis)
        raise ScienceError(f"The basis of a standard error is one of {known}, not {word!r}.") from None


def bases_of(words: str | Sequence[str], count: int) -> tuple[Basis, ...]:
    """Take one word for all, or one a study. Raises `ScienceError`."""
    if isinstance(words, str) or not isinstance(words, Iterable):
        return (basis_of(words),) * count
    kinds = tuple(basis_of(word) for word in words)
    if len(kinds) != count:
        raise ScienceError(f"Each estimate needs the basis of its error; {count} estimates, {len(kinds)} given.")
    return kinds


def _one_basis(words: str | Sequence[str], count: int) -> Basis:
    kinds = set(bases_of(words, count))
    if len(kinds) > 1:
        named = " and ".join(sorted(kinds))
        raise ScienceError(f"Estimates with {named} errors are not pooled into one figure; use pool_by_basis.")
    return kinds.pop()


def placebo_error(placebo_effects: Any) -> float:
    """Give a standard error for one treated unit from the effects of placebos; its basis is "placebo-derived".

    `placebo_effects`: what the same method found for each unit that was not treated, in the units of the effect; at
    least 10, not all equal. The error is the spread of placebos around their mean and holds only as far as the treated
    unit would have varied like them. Raises `ScienceError`. Source: Arkhangelsky and others, American Economic
    Review 111 (2021) 4088-4118, algorithm 4.
    """
    placebos = numbers(placebo_effects, "Placebo effects")
    if len(placebos) < LEAST_PLACEBOS:
        raise ScienceError(f"An error from placebos needs at least {LEAST_PLACEBOS} placebos, not {len(placebos)}.")
    if placebos.min() == placebos.max():
        raise ScienceError("All placebo effects are equal, so they tell nothing about an error.")
    largest = np.abs(placebos).max()
    return float((placebos / largest).std() * largest)
