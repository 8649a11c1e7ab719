"""The integer program over seats: exact for the units it is given, the others' seats being fixed."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.arrays import Counts, Numbers
from lecen.science.assignment.program import NOTHING, Program
from lecen.science.highs import (
    ENDLESS,
    LESS_THAN_ONE,
    add_columns,
    add_rows,
    has_answer,
    make_whole,
    new_solver,
)
from lecen.science.stopwatch import Stopwatch

MOST_NODES = 2_000  # of a search; counted in nodes, so that a run can be repeated


@dataclass(frozen=True)
class Whole:
    """Schedules of all units, the freed ones' being the best found; `bound` holds for the freed ones' value."""

    schedules: Counts
    bound: float
    closed: bool


def solve_whole(
    program: Program,
    schedules: Counts,
    free: Counts,
    *,
    allowed: NDArray[np.bool_] | None = None,
    start: bool = False,
    target: int | None = None,
    slack: float = 0.0,
    most_nodes: int,
    watch: Stopwatch,
) -> Whole:
    """Choose the schedules of the `free` units for the greatest value while the others keep theirs.

    Parameters
    ----------
    program : Program
        The problem.
    schedules : ndarray of int, (units, slots)
        What each unit holds; rows of free units are replaced.
    free : ndarray of int
        The units to choose for.
    allowed : ndarray of bool, (edges,), optional
        Edges that may be used; all by default.
    start : bool
        Whether the free units' schedules are an answer already, to be improved on.
    target : int, optional
        A value of all units that no answer exceeds: the search ends where it is reached.
    slack : float
        How much less than the best may do.
    most_nodes : int
        Nodes of the search after which it ends with the best answer so far.
    watch : Stopwatch
        Ends it too.

    Returns
    -------
    Whole

    Raises
    ------
    ScienceError
        Never for a checked program.

    """
    rest = schedules.copy()
    rest[free] = NOTHING
    usable = np.isin(program.unit, free) & (True if allowed is None else allowed)
    edges = np.flatnonzero(usable)
    if not len(edges):
        return Whole(rest, float(program.values(rest[free], free).sum()), closed=True)
    solver = _model(program, edges, free, program.limits - program.used(rest))
    solver.setOptionValue("mip_max_nodes", most_nodes)
    solver.setOptionValue("mip_abs_gap", max(slack, LESS_THAN_ONE))
    solver.setOptionValue("time_limit", watch.left)
    if target is not None:
        others = np.setdiff1d(np.arange(program.units), free)
        solver.setOptionValue("objective_target", float(program.values(rest[others], others).sum() - target))
    if start:
        values = np.zeros(solver.getNumCol())
        values[: len(edges)] = np.isin(edges, schedules[free])
        binding = free[_floors(program, free)]
        values[len(edges) :] = np.maximum(program.floors[binding] - program.points_of(schedules[binding]), 0)
        given = highspy.HighsSolution()
        given.col_value = values.tolist()
        solver.setSolution(given)
    solver.run()
    found = np.array(solver.getSolution().col_value)
    bound = -solver.getInfo().mip_dual_bound
    closed = solver.getModelStatus() in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kObjectiveTarget}
    if not len(found) or not has_answer(solver):
        return Whole(schedules if start else rest, bound, closed=False)
    taken = edges[found[: len(edges)] > 0.5]  # noqa: PLR2004  rounding
    rest[program.unit[taken], program.slot[taken]] = taken
    return Whole(rest, bound, closed)


def _model(program: Program, edges: Counts, free: Counts, left: Numbers) -> highspy.Highs:
    """Make columns for edges and for points short of a floor; rows for limits, slots, courses, order and floors."""
    rank = np.full(program.units, -1)
    rank[free] = np.arange(len(free))
    owner, ones = rank[program.unit[edges]], np.ones(len(edges))
    order = _order_rows(program, edges)
    floors = _floors(program, free)
    at_slot = owner * program.slots + program.slot[edges]
    at_course = owner * program.width + program.place[edges]
    blocks = [
        sparse.csr_array(program.uses[edges]),
        _one_a_row(at_slot, ones),
        _one_a_row(at_course, ones),
        order,
        _one_a_row(owner, -program.points[edges].astype(float), len(free))[:, floors],
    ]
    high = np.concatenate([left, *(np.ones(block.shape[1]) for block in blocks[1:3]), np.zeros(order.shape[1]),
                           -program.floors[free][floors].astype(float)])  # fmt: skip
    solver = new_solver(mip_rel_gap=0.0)
    add_rows(solver, np.full(len(high), -ENDLESS), high)
    entries = sparse.csr_array(sparse.hstack(blocks, format="csr"))
    add_columns(solver, -program.worth[edges].astype(float), ones, entries)
    if len(floors):
        cells = (-np.ones(len(floors)), (np.arange(len(floors)), len(high) - len(floors) + np.arange(len(floors))))
        short = sparse.csr_array(cells, shape=(len(floors), len(high)))
        add_columns(solver, np.full(len(floors), float(program.penalty)), np.full(len(floors), ENDLESS), short)
    make_whole(solver, np.arange(len(edges)))
    return solver


def _floors(program: Program, free: Counts) -> Counts:
    """Give which of the free units have a floor to reach."""
    return np.flatnonzero((program.floors[free] > 0) & (program.penalty > 0))


def _one_a_row(keys: Counts, values: Numbers, width: int | None = None) -> sparse.csc_array:
    """Give entries (edges x rows), an edge in the row of its key; rows of one edge are left out unless all are asked."""
    if width is not None:
        return sparse.csc_array((values, (np.arange(len(keys)), keys)), shape=(len(keys), width))
    _, rows = np.unique(keys, return_inverse=True)
    entries = sparse.csc_array((values, (np.arange(len(keys)), rows)))
    return entries[:, np.diff(entries.indptr) > 1]


def _order_rows(program: Program, edges: Counts) -> sparse.csr_array:
    """Rows that let a course be taken by a slot only if what it needs is taken before that slot."""
    rows: list[tuple[Counts, Counts]] = []
    for unit in np.intersect1d(program.unit[edges], list(program.needs)).tolist():
        own = np.flatnonzero(program.unit[edges] == unit)
        places, slots = program.place[edges[own]], program.slot[edges[own]]
        for place, before in program.needs[unit]:
            rows += [
                (own[(places == place) & (slots <= slot)], own[(places == before) & (slots < slot)])
                for slot in np.unique(slots[places == place])
            ]
    matrix = sparse.lil_array((len(edges), len(rows)))
    for row, (later, earlier) in enumerate(rows):
        matrix[later, row] = 1
        matrix[earlier, row] = -1
    return sparse.csr_array(matrix)
