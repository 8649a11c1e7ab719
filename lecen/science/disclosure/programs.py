"""Linear and integer programs of one table, solved by HiGHS again and again with other costs and bounds."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.highs import free_model, make_whole, new_solver

# Where branching goes on longer than that, the question stays open; counted in nodes so that a run can be repeated.
MOST_NODES = 2_000


@dataclass(frozen=True)
class Solution:
    """Where a program has its least value: the value, the columns' values, the rows' prices."""

    value: float
    columns: Numbers
    prices: Numbers


class Program:
    """A program whose costs and bounds change between solutions; each starts where the last one ended."""

    def __init__(
        self, matrix: sparse.csr_array, rows: tuple[Numbers, Numbers], columns: tuple[Numbers, Numbers]
    ) -> None:
        self._solver = new_solver(
            presolve="off", solver="simplex", mip_max_nodes=MOST_NODES, mip_rel_gap=0.0, mip_abs_gap=0.5e-6
        )
        self.width = matrix.shape[1]
        self._everywhere = np.arange(self.width, dtype=np.int32)
        self._solver.passModel(free_model(matrix, rows, columns))

    def bound_column(self, column: int, low: float, high: float) -> None:
        self._solver.changeColBounds(column, low, high)

    def bound_row(self, row: int, low: float, high: float) -> None:
        self._solver.changeRowBounds(row, low, high)

    def add_row(self, low: float, high: float, columns: np.ndarray, values: Numbers) -> None:
        self._solver.addRow(low, high, len(columns), columns.astype(np.int32), values)

    def whole(self, columns: np.ndarray) -> None:
        """Let these columns take whole numbers alone from now on."""
        make_whole(self._solver, columns)
        self._solver.setOptionValue("presolve", "on")
        self._solver.setOptionValue("solver", "choose")

    def least(self, costs: Numbers) -> Solution | None:
        """Solve for the least cost; None where nothing fits.

        Raises `ScienceError` where the solver gives up; `open` questions of integer programs end so too.
        """
        self._solver.changeColsCost(self.width, self._everywhere, costs)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise UnsolvedError(f"A program of {self.width:,} unknowns could not be solved: {status.name[1:]}.")
        found = self._solver.getSolution()
        return Solution(
            self._solver.getInfo().objective_function_value, np.array(found.col_value), np.array(found.row_dual)
        )


class UnsolvedError(ScienceError):
    """The solver gave up before it found the least cost."""
