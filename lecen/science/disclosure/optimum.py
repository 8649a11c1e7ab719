"""The least that must be withheld in a small table: the reference that the search is measured against.

Which figures to withhold is decided by an integer program over one yes-or-no a figure. Whether a choice protects is
asked of linear programs; each that says no gives an inequality that every protecting choice keeps, and the integer
program is solved again, until none says no (Fischetti and Salazar-González, Management Science 47 (2001) 1008-1027,
with our rule: every withheld figure, not only the small ones, must be able to be 0 and k-1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.disclosure.cells import DEFAULT_K, WITHHELD, Cell
from lecen.science.disclosure.programs import Program
from lecen.science.disclosure.tables import (
    Dimension,
    Key,
    Release,
    check_counts,
    check_dimensions,
    totals_of,
)
from lecen.science.disclosure.universe import Universe
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

MOST_FIGURES = 400
MOST_ROUNDS = 2_000
NEAR = 1e-6
Loss = Literal["people", "figures"]


@dataclass(frozen=True)
class Optimum:
    """The least loss: `release` withholds it, `loss` is its amount, `rounds` how often the program was solved."""

    release: Release
    loss: float
    rounds: int


def loss_of(release: Release, counts: Mapping[Key, int], by: Loss = "people") -> float:
    """Measure what a release withholds: `figures` counts them, `people` adds up their counts, and one for each."""
    figures = totals_of(check_counts(counts, release.dimensions), release.dimensions)
    hidden = [figures[key] for key, cell in release.cells.items() if cell.suppressed]
    return float(len(hidden) + (sum(hidden) if by == "people" else 0))


def least_withheld(
    counts: Mapping[Key, int], dimensions: Sequence[Dimension], k: int = DEFAULT_K, *, by: Loss = "people"
) -> Optimum:
    """Find a release of a table that withholds the least, as `loss_of` measures it.

    Parameters: as `complement.protect_table` takes them; n is shown. The ends of ranges are those of linear programs;
    unlike the search, small counts alone may hide each other even where a reader who takes all for small sees through
    them. So its loss is at most that of any release the audit passes. Raises `ScienceError` for bad input, more than
    400 figures, fewer than k people, or a program that does not end.
    """
    k = whole(k, "k", least=2)
    dimensions = check_dimensions(dimensions)
    figures = totals_of(check_counts(counts, dimensions), dimensions)
    if len(figures) > MOST_FIGURES:
        raise ScienceError(f"The table has {len(figures):,} figures; the least is found for at most {MOST_FIGURES}.")
    if next(iter(figures.values())) < k:
        raise ScienceError("The table is about fewer than k people: all of it is withheld.")
    truth = np.array(list(figures.values()), dtype=np.float64)
    master = _Master(truth, k, np.ones(len(truth)) + (truth if by == "people" else 0))
    reader = _Reader(dimensions, list(figures), truth)
    for rounds in range(1, MOST_ROUNDS + 1):
        choice = master.choose()
        cuts = [cut for at in np.flatnonzero(choice) for cut in reader.cuts(int(at), choice, k)]
        if not cuts:
            cells = {
                key: WITHHELD if out else Cell(one) for (key, one), out in zip(figures.items(), choice, strict=True)
            }
            return Optimum(Release(dimensions, cells, k), float(master.weights @ choice), rounds)
        for figure, gains, lack in cuts:
            master.require(figure, gains, lack)
    raise ScienceError(f"The least was not found in {MOST_ROUNDS:,} rounds.")


class _Master:
    """The integer program: a yes-or-no a figure, the small ones yes, the total no."""

    def __init__(self, truth: Numbers, k: int, weights: Numbers) -> None:
        self.weights = weights
        count = len(truth)
        low = (truth < k).astype(np.float64)
        high = np.ones(count)
        low[0] = high[0] = 0
        nothing = sparse.csr_array((0, count))
        self.program = Program(nothing, (np.empty(0), np.empty(0)), (low, high))
        self.program.whole(np.arange(count))

    def choose(self) -> Numbers:
        found = self.program.least(self.weights)
        if found is None:
            raise ScienceError("No choice of figures to withhold protects this table while its total is shown.")
        return np.rint(found.columns)

    def require(self, figure: int, gains: Numbers, lack: float) -> None:
        """Withheld, the figure needs `lack` of room; each figure withheld gives at most its gain."""
        capped = np.minimum(gains, lack)
        capped[figure] = 0
        columns = np.append(np.flatnonzero(capped), figure)
        self.program.add_row(0, np.inf, columns, np.append(capped[capped > 0], -lack))


class _Reader:
    """The reader's linear programs: every figure an unknown, tied by the sums; prices tell which figures bind."""

    def __init__(self, dimensions: tuple[Dimension, ...], names: list[Key], truth: Numbers) -> None:
        self.truth, self.most = truth, truth[0]
        universe = Universe([Release(dimensions, {}, DEFAULT_K)])
        groups = [universe.groups(dimensions, key, step=0) for key in names]
        self.sums = universe.matrix(groups)
        width = self.sums.shape[1]
        # The finest figures' own rows keep them from below zero, so that every price is a figure's.
        self.program = Program(self.sums, (truth, truth), (np.full(width, -np.inf), np.full(width, np.inf)))

    def cuts(self, figure: int, choice: Numbers, k: int) -> list[tuple[int, Numbers, float]]:
        for at, out in enumerate(choice):
            self.program.bound_row(at, 0.0 if out else self.truth[at], self.most if out else self.truth[at])
        found = []
        for sign, lack in ((1, self.truth[figure]), (-1, k - 1 - self.truth[figure])):
            if lack <= 0:
                continue
            end = self.program.least(sign * np.asarray(self.sums[[figure]].todense(), dtype=np.float64).ravel())
            if end is None:
                raise ScienceError("The table contradicts itself.")
            if abs(end.value - sign * self.truth[figure]) < lack - NEAR:
                found.append((figure, self._gains(end.prices), lack))
        return found

    def _gains(self, prices: Numbers) -> Numbers:
        """Tell how far the end could move at most for each figure withheld: by its price and how far it could go."""
        prices = np.where(np.abs(prices) < NEAR, 0.0, prices)
        return np.maximum(prices, 0) * self.truth + np.maximum(-prices, 0) * (self.most - self.truth)
