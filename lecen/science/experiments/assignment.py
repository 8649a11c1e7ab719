"""Drawing lots so that anybody can check them: the same list and the same seed give the same arms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import generator, labels_of
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole

SMALLEST_BLOCK = 2


@dataclass(frozen=True)
class Assignment:
    """Who was drawn: `treated` holds True or False for each unit, in the order given.

    `blocks` are the blocks within which lots were drawn (one label a unit), `seed` what to publish with the list.
    """

    units: tuple[str, ...]
    treated: tuple[bool, ...]
    blocks: tuple[str, ...]
    seed: int


def assign(units: Sequence[str], *, seed: int, blocks: Any = None, share: float = 0.5) -> Assignment:
    """Draw lots among units (people by code, beats, schools: whatever is treated as a whole), within blocks if given.

    Parameters
    ----------
    units : sequence of str
        Names, each once. Their order does not matter: they are sorted before the draw.
    seed : int
        Publish it beforehand, so that nobody can try seeds until one pleases.
    blocks : array-like of labels, optional
        One a unit; alike units together, at least two in each.
    share : float
        How many to treat in each block, rounded to the nearest number (a half upward) but leaving one in each arm.

    Returns
    -------
    Assignment

    Raises
    ------
    ScienceError
        A name twice or empty, fewer than two units in a block, or a share not between 0 and 1.

    """
    names, seed, share = _names(units), whole(seed, "The seed", least=0), fraction(share, "The share")
    labels = np.full(len(names), "all") if blocks is None else _blocks(blocks, len(names))
    rng = generator(seed)
    order = np.argsort(names, kind="stable")
    treated: NDArray[np.bool_] = np.zeros(len(names), dtype=bool)
    for block in np.unique(labels):
        inside = order[labels[order] == block]
        if len(inside) < SMALLEST_BLOCK:
            raise ScienceError(f"The block {str(block)!r} has one unit; both arms need one, so join it with another.")
        chosen = min(max(int(len(inside) * share + 0.5), 1), len(inside) - 1)
        treated[rng.permutation(inside)[:chosen]] = True
    return Assignment(tuple(names.tolist()), tuple(treated.tolist()), tuple(labels.tolist()), seed)


def _blocks(blocks: Any, units: int) -> NDArray[np.str_]:
    found, places = labels_of(blocks, "Blocks", units)
    return found.astype(str)[places]


def _names(units: Sequence[str]) -> NDArray[np.str_]:
    if (
        isinstance(units, str)
        or not isinstance(units, Iterable)
        or not all(isinstance(unit, str) and unit.strip() for unit in units)
    ):
        raise ScienceError("Units must be a list of names, none of them empty.")
    names = np.array(list(units), dtype=str)
    if len(names) < SMALLEST_BLOCK:
        raise ScienceError(f"At least two units are needed to draw lots, not {len(names)}.")
    once, counts = np.unique(names, return_counts=True)
    if (counts > 1).any():
        raise ScienceError(f"The unit {str(once[counts > 1][0])!r} is named twice; each takes part in the draw once.")
    return names
