"""Whether sums are so nested that whole numbers fill every range: then linear programs tell all."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

# Above this many sums the test of each against each is left out, and nothing is claimed.
MOST_SUMS = 6_000


def lets_all_between(sums: sparse.csr_array, targets: sparse.csr_array) -> NDArray[np.bool_]:
    """Tell for each target whether it takes every whole number between its ends.

    Two sets cross where they share groups and neither holds the other. If the known sums and the target can be put in
    two families without crossings inside either, their matrix is totally unimodular (Edmonds; Schrijver 2003), so
    every linear program over them has a whole solution, also with the target held at any whole number. Rows of zeros
    and ones, `sums` and `targets` over the same columns; one answer a target.
    """
    if sums.shape[0] + targets.shape[0] > MOST_SUMS:
        return np.zeros(targets.shape[0], dtype=bool)
    crossing = _crossings(sums, sums)
    family, side, bipartite = _two_sides(crossing)
    if not bipartite:
        return np.zeros(targets.shape[0], dtype=bool)
    # A target fits where all sums that it crosses within one tangle of sums lie on one side of it.
    touched = _crossings(targets, sums).tocoo()
    ones = np.zeros((targets.shape[0], family.max(initial=-1) + 1), dtype=bool)
    others = ones.copy()
    left = side[touched.col]
    ones[touched.row[left], family[touched.col[left]]] = True
    others[touched.row[~left], family[touched.col[~left]]] = True
    torn: NDArray[np.bool_] = np.any(ones & others, axis=1)
    return ~torn


def _crossings(one: sparse.csr_array, other: sparse.csr_array) -> sparse.csr_array:
    sizes, other_sizes = one.sum(axis=1), other.sum(axis=1)
    shared = (one @ other.T).tocoo()
    smaller = np.minimum(sizes[shared.row], other_sizes[shared.col])
    crosses = (shared.data > 0) & (shared.data < smaller)
    places = (shared.row[crosses], shared.col[crosses])
    return sparse.csr_array((np.ones(crosses.sum()), places), shape=shared.shape)


def _two_sides(crossing: sparse.csr_array) -> tuple[NDArray[np.int64], NDArray[np.bool_], bool]:
    """Color a graph with two colors: the tangle each node is in, its side, and whether it can be done at all.

    In a graph doubled so that each edge leads to the other copy, a node meets its own copy only along an odd circle.
    """
    count = crossing.shape[0]
    doubled = sparse.block_array([[None, crossing], [crossing.T, None]], format="csr")
    _, of = connected_components(doubled, directed=False)
    here, there = of[:count], of[count:]
    _, family = np.unique(np.minimum(here, there), return_inverse=True)
    return family, here < there, bool((here != there).all())
