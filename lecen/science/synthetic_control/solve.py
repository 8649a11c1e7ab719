"""The one problem every method here solves: the mixture of donors nearest to a target, shares at least 0 that sum to 1."""

import numpy as np
from scipy.optimize import nnls

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError

# Where several mixtures are equally near, this much of a ridge (in units of the donors' mean squared distance) picks
# the most even one; too little to move a solution that is unique.
TINY = 1e-12
LARGEST = 1e100  # beyond it, or below its inverse, squares leave what a computer can hold


def mixture(target: Numbers, donors: Numbers, *, ridge: float = 0.0) -> Numbers:
    """Give the shares w >= 0 with sum 1 that minimize |target - w @ donors|² + ridge · |w|².

    `target` has one number a row to match, `donors` (donors × rows) the same rows. With D the donors' distances from
    the target, the problem is one of non-negative least squares: over u >= 0, |D u|² + (sum(u) - 1)², and w = u / sum(u);
    for every direction of u the best length depends on |D w|² alone, and the value falls with it. Solved by the active
    set method of Lawson and Hanson (1974) as in SciPy. Raises `ScienceError` where that does not end.
    """
    distances = donors - target
    scale = float(np.abs(distances).max())
    if scale == 0 or len(donors) == 1:
        return np.full(len(donors), 1 / len(donors))
    distances = distances / scale
    penalty = (ridge**0.5 / scale) ** 2
    size = float(np.sqrt(np.mean(np.sum(distances**2, axis=1)) + penalty))
    distances, penalty = distances / size, penalty / size**2
    shares = _solved(distances, penalty)
    if penalty < TINY and not _unique(distances, shares):
        shares = _solved(distances, TINY)
    return shares


def _solved(distances: Numbers, penalty: float) -> Numbers:
    count, rows = distances.shape
    matrix = np.zeros((rows + 1 + (count if penalty else 0), count))
    matrix[:rows] = distances.T
    matrix[rows] = 1.0
    if penalty:
        matrix[rows + 1 :].flat[:: count + 1] = np.sqrt(penalty)
    wanted = np.zeros(len(matrix))
    wanted[rows] = 1.0
    try:
        lengths, _ = nnls(matrix, wanted, maxiter=30 * count)
    except RuntimeError:
        raise ScienceError("The weights of the donors could not be found: the search did not end.") from None
    total = lengths.sum()
    if total <= 0:
        raise ScienceError("The weights of the donors could not be found: the numbers are too far apart in size.")
    shares: Numbers = lengths / total
    return shares


def _unique(distances: Numbers, shares: Numbers) -> bool:
    """Whether every donor without a share would make the mixture worse, so that no other mixture is as near."""
    pull = distances @ (shares @ distances)
    return bool((pull[shares == 0] - shares @ pull > TINY).all())
