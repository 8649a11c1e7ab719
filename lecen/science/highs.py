"""HiGHS as the methods use it: one thread, no output, the same answer each time."""

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Counts, Numbers

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


def free_model(
    matrix: sparse.csr_array, rows: tuple[Numbers, Numbers], columns: tuple[Numbers, Numbers]
) -> highspy.HighsLp:
    """Make a program without costs: rows @ columns between the two of `rows`, columns between the two of theirs."""
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


def make_whole(solver: highspy.Highs, columns: Counts) -> None:
    """Let these columns take whole values only."""
    kinds = [highspy.HighsVarType.kInteger] * len(columns)
    solver.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds)


def has_answer(solver: highspy.Highs) -> bool:
    """Whether the search found any answer before it ended."""
    return bool(solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)
