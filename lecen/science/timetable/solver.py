"""Integer programs solved by HiGHS from a known answer, which stands where time runs out."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.highs import ENDLESS, free_model, has_answer, make_whole, new_solver
from lecen.science.stopwatch import Stopwatch

# Costs are whole: an answer within half of one of the bound is the best.
WHOLE = 0.5


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
        height, self.width = matrix.shape
        self._solver = new_solver(mip_abs_gap=WHOLE, mip_rel_gap=0.0)
        rows, columns = (np.full(height, -ENDLESS), most), (np.zeros(self.width), np.ones(self.width))
        self._solver.passModel(free_model(matrix, rows, columns))
        make_whole(self._solver, np.arange(self.width))

    def require(self, costs: Numbers, most: float) -> None:
        """Let the sum of `costs` be at most so much from now on."""
        used = np.flatnonzero(costs)
        self._solver.addRow(-ENDLESS, most, len(used), used.astype(np.int32), costs[used])

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
        if not has_answer(self._solver):
            return known
        values = np.rint(np.array(self._solver.getSolution().col_value))
        cost = float(costs @ values)
        bound = float(min(np.ceil(self._solver.getInfo().mip_dual_bound - WHOLE / 1000), cost))
        late = self._solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
        return Solution(values, cost, bound, out_of_time=late)
