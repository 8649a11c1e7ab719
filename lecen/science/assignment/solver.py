"""HiGHS as this package uses it: one thread, no output, ended by iterations, nodes or a stopwatch."""

import time
from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers

ENDLESS = highspy.kHighsInf


@dataclass(frozen=True)
class Stopwatch:
    """How long a computation may still go on; what it ends depends on the machine and is flagged as such."""

    seconds: float | None = None
    _began: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        return ENDLESS if self.seconds is None else max(self.seconds - (time.monotonic() - self._began), 0.0)

    @property
    def over(self) -> bool:
        return self.left <= 0


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
