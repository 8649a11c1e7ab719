"""Columns of an extract as whole numbers, and a coarser column in the place of one that tells too much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.errors import ScienceError

Codes = NDArray[np.int64]
FEWEST_TO_PAIR = 3


def codes_of(values: Sequence[Any], name: str) -> Codes:
    """Number a column's values from 0, in their order where they have one; missing ones are a value of their own.

    Raises `ScienceError` where a value cannot be told from another (a list, say), naming the column only.
    """
    array = np.asarray(values)
    if array.ndim != 1:
        raise ScienceError(f"The column {name!r} must hold one value a row.")
    if array.dtype.kind in "biufUSM":
        _, codes = np.unique(array, return_inverse=True)
        return codes.astype(np.int64)
    listed = [None if _is_missing(value) else value for value in array.tolist()]
    try:
        distinct = sorted(set(listed), key=lambda value: (value is not None, str(type(value)), _ordered(value)))
    except TypeError:
        raise ScienceError(f"The column {name!r} holds values that cannot be compared.") from None
    number = {value: at for at, value in enumerate(distinct)}
    return np.fromiter((number[value] for value in listed), dtype=np.int64, count=len(listed))


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124


def _ordered(value: Any) -> Any:
    return value if isinstance(value, int | float | str) else str(value)


@dataclass(frozen=True)
class Coarser:
    """A coarser column: its values, and in words how they were made."""

    codes: Codes
    how: str


def any_numbers(columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> set[str]:
    """Give the columns that hold numbers, so that neighboring values are alike."""
    return {name for name in names if np.asarray(columns[name]).dtype.kind in "iuf"}


def coarsened(codes: Codes, people: Codes, k: int, *, numbers: bool) -> Coarser | None:
    """Join values of a column once: neighbors two by two where they are numbers, else those of fewer than k people.

    `people` is how many each entry stands for. Gives None where that would change nothing, or nothing would be left.
    """
    count = int(codes.max()) + 1
    if numbers:
        return Coarser(codes // 2, "neighboring values joined two by two") if count >= FEWEST_TO_PAIR else None
    rare = np.bincount(codes, weights=people, minlength=count) < k
    if not 1 < rare.sum() < count:
        return None
    return Coarser(np.where(rare[codes], count, codes), f"values of fewer than {k} rows joined")
