"""How far the figures of a table could differ from the truth while all that is shown stays: the search's programs.

Its unknowns and equations are not the audit's: every figure of the table keeps its own row, shown or not, and a
second program says which shown figures would have to give way.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.disclosure.programs import Program
from lecen.science.disclosure.tables import Release
from lecen.science.disclosure.universe import Places, Universe
from lecen.science.errors import ScienceError

NEAR = 1e-6
# Solutions are kept to prove later questions for nothing; more than that are not worth their room.
MOST_KEPT = 400
Sum = tuple[Places, float, float]
Kept = tuple[list[Numbers], Numbers, Numbers]


def fixed_sums(releases: Sequence[Release], universe: Universe) -> list[Sum]:
    """What earlier releases tell: groups of people and the ends of their count."""
    sums: list[Sum] = []
    for release in releases:
        everybody = tuple(dimension.total for dimension in release.dimensions)
        for key, cell in release.cells.items():
            groups = universe.groups(release.dimensions, key, step=release.step)
            if cell.value is not None:
                low = max(0, cell.value - release.base)
                sums.append((groups, low, cell.value + max(0, release.base - 1)))
            elif release.withheld and key == everybody:
                sums.append((groups, 0, release.k - 1))
    return sums


class Leeway:
    """Tables that fit what is shown, and what it takes to let a sum reach a value.

    Sums are numbered: first the figures of the table (`truth`, their `groups`), then `others`, sums of groups that
    earlier releases leave open. `weights` say how much is lost with each figure.
    """

    def __init__(
        self, truth: Numbers, groups: Sequence[Places], others: Sequence[Places], fixed: list[Sum], universe: Universe
    ) -> None:
        self.truth, self.figures = truth, len(truth)
        self.shown = np.ones(self.figures, dtype=bool)
        self.sums = universe.matrix([*groups, *others])
        self.told = universe.matrix([places for places, _, _ in fixed])
        self.told_ends = np.array([low for _, low, _ in fixed]), np.array([high for *_, high in fixed])
        self.kept: list[Numbers] = []
        self.low = np.full(self.sums.shape[0], np.inf)
        self.high = np.full(self.sums.shape[0], -np.inf)
        self.strict = self._strict_program()
        self.loose = self._loose_program()

    def _strict_program(self) -> Program:
        own = self.sums[: self.figures]
        rows = sparse.vstack([own, self.told], format="csr")
        ends = [np.concatenate([self.truth, told]) for told in self.told_ends]
        width = rows.shape[1]
        return Program(rows, (ends[0], ends[1]), (np.zeros(width), np.full(width, np.inf)))

    def _loose_program(self) -> Program:
        """The same table with every figure free to rise and to fall, at a cost."""
        width, count = self.sums.shape[1], self.figures
        rise, fall = -sparse.eye_array(count), sparse.eye_array(count)
        others = self.sums[count:]
        blocks: list[list[sparse.sparray | None]] = [[self.sums[:count], rise, fall]]
        ends = [[self.truth], [self.truth]]
        for block, low, high in (
            (others, np.full(others.shape[0], -np.inf), np.full(others.shape[0], np.inf)),
            (self.told, *self.told_ends),
        ):
            if block.shape[0]:
                blocks.append(
                    [block, sparse.csr_array((block.shape[0], count)), sparse.csr_array((block.shape[0], count))]
                )
                ends[0].append(low)
                ends[1].append(high)
        limits = np.concatenate([np.full(width + count, np.inf), self.truth])
        rows = (np.concatenate(ends[0]), np.concatenate(ends[1]))
        return Program(sparse.block_array(blocks, format="csr"), rows, (np.zeros(len(limits)), limits))

    def keep_shown(self, figure: int) -> None:
        """Never let this figure give way: the total."""
        width = self.sums.shape[1]
        for column in (width + figure, width + self.figures + figure):
            self.loose.bound_column(column, 0, 0)

    def withhold(self, figures: Iterable[int]) -> None:
        for figure in figures:
            self.shown[figure] = False
            self.strict.bound_row(figure, 0, np.inf)

    def show_again(self, figure: int) -> None:
        """Show a figure; what was found with another value of it counts no more."""
        self.shown[figure] = True
        self.strict.bound_row(figure, self.truth[figure], self.truth[figure])
        self.kept = [values for values in self.kept if abs(values[figure] - self.truth[figure]) < NEAR]
        self._count_kept()

    def snapshot(self) -> Kept:
        return list(self.kept), self.low.copy(), self.high.copy()

    def restore(self, kept: Kept) -> None:
        self.kept, self.low, self.high = kept

    def limit(self, figures: Collection[int], most: float) -> None:
        """Let withheld figures be at most that (or anything again, for infinity)."""
        for figure in figures:
            self.strict.bound_row(figure, 0, most)
            self.loose.bound_column(self.sums.shape[1] + figure, 0, max(0, most - self.truth[figure]))
        self.forget()

    def forget(self) -> None:
        self.kept = []
        self._count_kept()

    def least(self, one: int) -> float:
        """Give the least value that a sum can have."""
        if self.low[one] > NEAR:
            self._solve(one, 1)
        return float(self.low[one])

    def reaches(self, one: int, value: float) -> bool:
        """Whether a sum can be as large as that."""
        if self.high[one] < value - NEAR:
            self._solve(one, -1)
        return bool(self.high[one] >= value - NEAR)

    def giving_way(self, one: int, value: float, weights: Numbers) -> NDArray[np.int64] | None:
        """Choose shown figures that, withheld, let a sum have a value: the least weight that the search comes upon.

        A linear program finds the cheapest move, then twice again with the weight of what it moves spread over how far
        it moves, so that few figures move far rather than many a little. None where nothing would help.
        """
        self._hold(one, value)
        try:
            prices, best = weights, None
            for _ in range(3):
                found = self._move(np.where(self.shown, prices, 0.0))
                if found is None:
                    return None
                moved = np.flatnonzero(self.shown & (found > NEAR))
                if best is None or weights[moved].sum() < weights[best].sum():
                    best = moved
                prices = weights / (found + 0.5)
            return best
        finally:
            self._release(one)

    def _move(self, prices: Numbers) -> Numbers | None:
        width = self.sums.shape[1]
        solution = self.loose.least(np.concatenate([np.zeros(width), prices, prices]))
        if solution is None:
            return None
        moves = solution.columns[width:]
        return moves[: self.figures] + moves[self.figures :]

    def _hold(self, one: int, value: float) -> None:
        if one >= self.figures:
            self.loose.bound_row(one, value, value)
            return
        width, change = self.sums.shape[1], value - self.truth[one]
        self.loose.bound_column(width + one, max(0, change), max(0, change))
        self.loose.bound_column(width + self.figures + one, max(0, -change), max(0, -change))

    def _release(self, one: int) -> None:
        if one >= self.figures:
            self.loose.bound_row(one, -np.inf, np.inf)
            return
        width = self.sums.shape[1]
        self.loose.bound_column(width + one, 0, np.inf)
        self.loose.bound_column(width + self.figures + one, 0, self.truth[one])

    def _solve(self, one: int, sign: int) -> None:
        costs = sign * np.asarray(self.sums[[one]].todense(), dtype=np.float64).ravel()
        solution = self.strict.least(costs)
        if solution is None:
            raise ScienceError("The table contradicts the earlier releases: no counts of people fit them all.")
        values = self.sums @ solution.columns
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)
        if len(self.kept) < MOST_KEPT:
            self.kept.append(values)

    def _count_kept(self) -> None:
        self.low.fill(np.inf)
        self.high.fill(-np.inf)
        for values in self.kept:
            np.minimum(self.low, values, out=self.low)
            np.maximum(self.high, values, out=self.high)
