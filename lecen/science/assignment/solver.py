"""HiGHS as this package uses it: one thread, no output, the same answer each time."""

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers

ENDLESS = highspy.kHighsInf
LESS_THAN_ONE = 0.9  # a gap that proves the best of whole values


def new_solver(**options: object) -> highspy.Highs:
    """Make a solver that gives the same answer each time."""
    solver = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(name, value)
    return solver


def add_rows(solver: highspy.Highs, low: Numbers, high: Numbers) -> None:
    """Add rows without entries."""
    empty = np.array([], dtype=np.int32)
    starts = np.zeros(len(low), dtype=np.int32)
    solver.addRows(len(low), low.astype(float), high.astype(float), 0, starts, empty, empty.astype(float))


def add_columns(solver: highspy.Highs, costs: Numbers, high: Numbers, entries: sparse.csr_array) -> None:
    """Add columns from 0 to `high`; `entries` is columns x rows."""
    solver.addCols(
        len(costs), costs.astype(float), np.zeros(len(costs)), high.astype(float), entries.nnz,
        entries.indptr[:-1].astype(np.int32), entries.indices.astype(np.int32), entries.data.astype(float),
    )  # fmt: skip


def make_whole(solver: highspy.Highs, columns: int) -> None:
    """Let the first columns take whole values only."""
    kinds = [highspy.HighsVarType.kInteger] * columns
    solver.changeColsIntegrality(columns, np.arange(columns, dtype=np.int32), kinds)


def has_answer(solver: highspy.Highs) -> bool:
    """Whether the search found any answer before it ended."""
    return bool(solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)
