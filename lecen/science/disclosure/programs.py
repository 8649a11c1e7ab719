"""Linear and integer programs, solved by HiGHS: the one place that knows its interface."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError

ENDLESS = highspy.kHighsInf
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
        self._solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),
            ("solver", "simplex"),
            ("mip_max_nodes", MOST_NODES),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5e-6),
        ):
            self._solver.setOptionValue(option, value)
        self.width = matrix.shape[1]
        self._everywhere = np.arange(self.width, dtype=np.int32)
        self._solver.passModel(_model(matrix, rows, columns))

    def bound_column(self, column: int, low: float, high: float) -> None:
        self._solver.changeColBounds(column, low, high)

    def bound_row(self, row: int, low: float, high: float) -> None:
        self._solver.changeRowBounds(row, low, high)

    def add_row(self, low: float, high: float, columns: np.ndarray, values: Numbers) -> None:
        self._solver.addRow(low, high, len(columns), columns.astype(np.int32), values)

    def whole(self, columns: np.ndarray) -> None:
        """Let these columns take whole numbers alone from now on."""
        kinds = [highspy.HighsVarType.kInteger] * len(columns)
        self._solver.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds)
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


def _model(
    matrix: sparse.csr_array, rows: tuple[Numbers, Numbers], columns: tuple[Numbers, Numbers]
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.zeros(matrix.shape[1])
    model.col_lower_, model.col_upper_ = columns
    model.row_lower_, model.row_upper_ = rows
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(np.float64)
    return model
