"""Input as arrays of numbers, refused with a sentence where a method could not use it; and the one source of chance."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
MOST_PEOPLE = 10**9  # in one count; sums of a thousand such counts are still exact
NUMERIC_KINDS = "biufO"  # of NumPy; objects are asked one by one
SQUARABLE = 1e100  # beyond it sums of squares and their products overflow
MOST_NUMBERS = 500_000_000  # 4 GB as float64: more than that is a mistake, or wants another method


def numbers(values: Any, name: str, *, dimensions: int = 1, missing: bool = False, largest: float = np.inf) -> Numbers:
    """Take `values` as an array of finite numbers.

    Parameters
    ----------
    values : array-like of numbers
        Copied where it is not float64 already; a table of pandas or a list of lists will do.
    name : str
        How the error's sentence calls it: "Weights", "The outcome".
    dimensions : int
        1 for a list, 2 for a table.
    missing : bool
        Whether NaN (or None) may stand for an answer that was not given.
    largest : float
        Greatest size of a number; `SQUARABLE` where a method takes squares.

    Returns
    -------
    ndarray of float64, at least one number in it.

    Raises
    ------
    ScienceError
        Not numbers (text that reads like one is none), ragged, of other dimensions, empty, too many, infinite, or NaN where none may be missing.

    """
    try:
        given = np.asarray(values)
        _refuse_text(given)
        array: Numbers = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ScienceError(f"{name} must be numbers in rows of one length: {error}.") from None
    if array.ndim != dimensions:
        raise ScienceError(f"{name} must have {dimensions} dimensions, not {array.ndim}.")
    if array.size == 0:
        raise ScienceError(f"{name} must hold at least one number; the shape given is {array.shape}.")
    if array.size > MOST_NUMBERS:
        raise ScienceError(f"{name} holds {array.size:,} numbers; at most {MOST_NUMBERS:,} can be worked with at once.")
    bad = np.isinf(array) if missing else ~np.isfinite(array)
    if bad.any():
        where = ", ".join(str(place) for place in np.argwhere(bad)[0])
        found = array[tuple(np.argwhere(bad)[0])]
        raise ScienceError(f"{name} must be finite numbers; place {where} (counted from 0) holds {found}.")
    if np.isfinite(largest) and (np.abs(array) > largest).any():
        raise ScienceError(f"{name} must be numbers of a size up to {largest:g}.")
    return array


def _refuse_text(given: NDArray[Any]) -> None:
    """Refuse what NumPy would turn into numbers though it is none: text that reads like a number, dates."""
    if given.dtype.kind not in NUMERIC_KINDS:
        raise TypeError(f"found {given.dtype.type.__name__}")


def counts(values: Any, name: str, *, dimensions: int = 1) -> Counts:
    """Take `values` as an array of whole numbers of people, none negative. Raises `ScienceError` as `numbers` does."""
    array = numbers(values, name, dimensions=dimensions)
    bad = (array < 0) | (array != np.floor(array)) | (array > MOST_PEOPLE)
    if bad.any():
        where = ", ".join(str(place) for place in np.argwhere(bad)[0])
        found = array[tuple(np.argwhere(bad)[0])]
        raise ScienceError(
            f"{name} must be whole numbers from 0 to {MOST_PEOPLE:,}; place {where} (counted from 0) holds {found}."
        )
    return array.astype(np.int64)


def labels_of(values: Any, name: str, rows: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Give the labels of `rows` rows in order, each once, and for each row the place of its label among them.

    Labels are all numbers or all text; `name` begins the error's sentence. Raises `ScienceError`.
    """
    try:
        labels = np.asarray(values)
    except ValueError:
        raise ScienceError(f"{name} must be one label a row, not a ragged table.") from None
    if labels.shape != (rows,):
        raise ScienceError(
            f"{name} must be a list of {rows} labels, one for each of the {rows} rows, not labels of shape {labels.shape}."
        )
    if labels.dtype.kind == "f" and not np.isfinite(labels).all():
        raise ScienceError(f"{name} must not be missing or infinite.")
    mixed = f"{name} must be all numbers or all text, and none missing."
    # Only a missing number differs from itself.
    if labels.dtype.kind == "O" and any(label is None or label != label for label in labels):  # noqa: PLR0124
        raise ScienceError(mixed)
    try:
        found, places = np.unique(labels, return_inverse=True)
    except TypeError:
        raise ScienceError(mixed) from None
    return found, places.astype(np.int64)


def generator(seed: object) -> np.random.Generator:
    """Give the source of chance for a whole-number `seed`: the same draws for the same seed. Raises `ScienceError`."""
    return np.random.Generator(np.random.PCG64(whole(seed, "The seed", least=0)))
