"""Whom a figure counts: the finest groups of people that several releases together can tell apart."""

from collections.abc import Iterable, Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.disclosure.tables import Dimension, Key, Release
from lecen.science.errors import ScienceError

Places = NDArray[np.int64]
# More groups than that make programs that take hours; fewer dimensions or coarser labels help.
MOST_GROUPS = 100_000


class Universe:
    """All combinations of the finest labels of all dimensions, once for the people of each step.

    The people of the first step come first, then those added at the second, and so on.
    """

    def __init__(self, releases: Sequence[Release]) -> None:
        self.leaves: dict[str, dict[str, int]] = {}
        for dimension in (one for release in releases for one in release.dimensions):
            known = self.leaves.setdefault(dimension.name, {leaf: at for at, leaf in enumerate(dimension.leaves)})
            if set(known) != set(dimension.leaves):
                raise ScienceError(
                    f"The releases divide {dimension.name!r} into different finest labels; give each as a tree over "
                    "the finest labels of all of them."
                )
        self.steps = sorted({release.step for release in releases})
        self.shape = tuple(len(leaves) for leaves in self.leaves.values())
        self.block = prod(self.shape)
        self.size = self.block * len(self.steps)
        if self.size > MOST_GROUPS:
            raise ScienceError(
                f"The releases together divide people into {self.size:,} groups; at most {MOST_GROUPS:,} can be audited."
            )

    def groups(self, dimensions: Sequence[Dimension], key: Key, *, step: int, since: int | None = None) -> Places:
        """Give the groups that a figure counts at a step; only people added after the step `since`, where given."""
        labels = {dimension.name: dimension.leaves_in[label] for dimension, label in zip(dimensions, key, strict=True)}
        along = [
            [leaves[leaf] for leaf in labels[name]] if name in labels else range(len(leaves))
            for name, leaves in self.leaves.items()
        ]
        first = np.ravel_multi_index(np.ix_(*along), self.shape).ravel().astype(np.int64)
        blocks = [at for at, one in enumerate(self.steps) if one <= step and (since is None or one > since)]
        return np.sort(np.concatenate([first + self.block * at for at in blocks])) if blocks else first[:0]

    def matrix(self, sets: Iterable[Places]) -> sparse.csr_array:
        """Write sets of groups as rows of zeros and ones."""
        rows = list(sets)
        starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
        columns = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
        return sparse.csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), self.size))
