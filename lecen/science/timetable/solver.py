"""Integer programs solved by HiGHS from a known answer, which stands where time runs out."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.stopwatch import Stopwatch

# Costs are whole: an answer within half of one of the bound is the best.
WHOLE = 0.5
OPTIONS = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_abs_gap": WHOLE, "mip_rel_gap": 0.0}


@dataclass(frozen=True)
class Solution:
    """The least cost found, a bound below which no cost can be, and whether time ran out before they met."""

    values: Numbers
    cost: float
    bound: float
    out_of_time: bool


class Program:
    """Columns of 0 and 1 under rows, each with the most it may sum to."""

    def __init__(self, matrix: sparse.csr_array, most: Numbers) -> None:
        self._solver = highspy.Highs()
        for option, value in OPTIONS.items():
            self._solver.setOptionValue(option, value)
        self.width = matrix.shape[1]
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.zeros(self.width)
        model.col_lower_, model.col_upper_ = np.zeros(self.width), np.ones(self.width)
        model.row_lower_, model.row_upper_ = np.full(len(most), -highspy.kHighsInf), most
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        model.a_matrix_.index_ = matrix.indices.astype(np.int32)
        model.a_matrix_.value_ = matrix.data.astype(np.float64)
        model.integrality_ = [highspy.HighsVarType.kInteger] * self.width
        self._solver.passModel(model)

    def require(self, costs: Numbers, most: float) -> None:
        """Let the sum of `costs` be at most so much from now on."""
        used = np.flatnonzero(costs)
        self._solver.addRow(-highspy.kHighsInf, most, len(used), used.astype(np.int32), costs[used])

    def least(self, costs: Numbers, start: Numbers, watch: Stopwatch) -> Solution:
        """Solve for the least sum of `costs` from `start`, which keeps the rows."""
        known = Solution(start, float(costs @ start), -np.inf, out_of_time=True)
        if watch.over:
            return known
        columns = np.arange(self.width, dtype=np.int32)
        self._solver.changeColsCost(self.width, columns, costs)
        self._solver.setOptionValue("time_limit", watch.left)
        self._solver.setSolution(self.width, columns, start)
        self._solver.run()
        info = self._solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return known
        values = np.rint(np.array(self._solver.getSolution().col_value))
        cost = float(costs @ values)
        bound = float(min(np.ceil(info.mip_dual_bound - WHOLE / 1000), cost))
        late = self._solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
        return Solution(values, cost, bound, out_of_time=late)
