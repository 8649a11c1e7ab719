"""Courses offered in one slot each: the problem falls apart by slot, and each slot is a transportation problem."""

import numpy as np
from scipy import sparse

from lecen.science.arrays import Counts
from lecen.science.assignment.program import NOTHING, Program
from lecen.science.assignment.solver import ENDLESS, add_columns, add_rows, new_solver


def separable(program: Program) -> bool:
    """Whether what a unit takes in one slot never matters in another, and a seat is a seat."""
    cells = np.unique(np.stack([program.unit, program.place, program.slot]), axis=1)
    once = len(np.unique(cells[:2], axis=1).T) == len(cells.T)
    alone = program.uses.nnz == len(program.unit) and bool((program.uses.data == 1).all())
    return once and alone and not program.needs and not program.penalty


def solve_slots(program: Program) -> Counts:
    """Give the best schedules, slot by slot.

    The matrix of a transportation problem is totally unimodular, so the vertex where the simplex method ends is whole.
    """
    schedules = np.full((program.units, program.slots), NOTHING)
    for slot in range(program.slots):
        edges = np.flatnonzero(program.slot == slot)
        if not len(edges):
            continue
        taken = edges[_transport(program, edges)]
        schedules[program.unit[taken], slot] = taken
    return schedules


def _transport(program: Program, edges: Counts) -> Counts:
    units, rows = np.unique(program.unit[edges], return_inverse=True)
    ones = np.ones(len(edges))
    own = sparse.csr_array((ones, (np.arange(len(edges)), rows)), shape=(len(edges), len(units)))
    entries = sparse.csr_array(sparse.hstack([program.uses[edges], own], format="csr"))
    high = np.concatenate([program.limits, np.ones(len(units))])
    solver = new_solver(solver="simplex")
    add_rows(solver, np.full(len(high), -ENDLESS), high)
    add_columns(solver, -program.worth[edges].astype(float), np.full(len(edges), ENDLESS), entries)
    solver.run()
    return np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)  # noqa: PLR2004  rounding
