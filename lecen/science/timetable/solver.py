"""Integer programs solved by HiGHS within a limit of time, with what they could not decide said."""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError

# Costs are whole: an answer within half of one of the bound is the best.
WHOLE = 0.5


@dataclass(frozen=True)
class Solution:
    """The least cost found, a bound below which no cost can be, and whether time ran out before they met."""

    values: Numbers
    cost: float
    bound: float
    out_of_time: bool


@dataclass(frozen=True)
class Limits:
    """When a search for better may end: after `seconds`, or within a share `gap` of the bound."""

    seconds: float
    gap: float = 0.0


class Program:
    """Columns of 0 and 1 under rows; costs can be changed and rows added between solutions."""

    def __init__(self, matrix: sparse.csr_array, low: Numbers, high: Numbers) -> None:
        self._solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_abs_gap", WHOLE), ("random_seed", 0)):
            self._solver.setOptionValue(option, value)
        self.width = matrix.shape[1]
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.zeros(self.width)
        model.col_lower_, model.col_upper_ = np.zeros(self.width), np.ones(self.width)
        model.row_lower_, model.row_upper_ = low, high
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

    def least(self, costs: Numbers, limits: Limits, start: Numbers | None = None) -> Solution | None:
        """Solve for the least sum of `costs`, from `start` where given; None where nothing fits.

        Raises `ScienceError` where the time was too short for any answer.
        """
        self._solver.changeColsCost(self.width, np.arange(self.width, dtype=np.int32), costs)
        self._solver.setOptionValue("mip_rel_gap", limits.gap)
        self._solver.setOptionValue("time_limit", limits.seconds)
        if start is not None:
            self._solver.setSolution(self.width, np.arange(self.width, dtype=np.int32), start)
        self._solver.run()
        status, info = self._solver.getModelStatus(), self._solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise ScienceError(f"In {limits.seconds:g} seconds no answer was found; allow more.")
        values = np.rint(np.array(self._solver.getSolution().col_value))
        cost = float(costs @ values)
        bound = cost if self.width == 0 else float(min(np.ceil(info.mip_dual_bound - WHOLE / 1000), cost))
        return Solution(values, cost, bound, status == highspy.HighsModelStatus.kTimeLimit)
