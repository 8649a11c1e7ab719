"""Required courses and fixed seats: schedules in which they all hold, to begin with."""

from dataclasses import replace

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.assignment.conflicts import conflict_words
from lecen.science.assignment.demand import Demand
from lecen.science.assignment.draft import draft, kept
from lecen.science.assignment.program import NOTHING, Program
from lecen.science.assignment.seat_program import MOST_NODES, solve_whole
from lecen.science.errors import ScienceError
from lecen.science.stopwatch import Stopwatch


def with_rewards(program: Program) -> Program:
    """Let a met requirement count for more than all a unit could otherwise have."""
    if not program.musts.any():
        return program
    most = np.zeros(program.units, dtype=np.int64)
    np.add.at(most, program.unit, program.worth)
    return replace(program, reward=1 + 2 * int(most.max()))


def begin(demand: Demand, program: Program, watch: Stopwatch) -> Counts:
    """Give draft schedules in which seats of before are kept where they can be and all requirements hold.

    Raises `ScienceError` where these cannot.
    """
    begun = draft(program, kept(program))
    if (program.met(begun) == program.musts).all():
        return begun
    nothing = np.full(begun.shape, NOTHING)
    wanted = replace(program, weight=0, reward=1 + int(program.held.sum()), keep=1)
    allowed = (program.musts > 0)[program.unit] | (program.held > 0)
    units = np.unique(program.unit[allowed])
    found = solve_whole(wanted, nothing, units, allowed=allowed, most_nodes=MOST_NODES, watch=watch)
    if (program.met(found.schedules) == program.musts).all():
        return draft(program, found.schedules)
    if not found.closed:
        raise ScienceError("No schedules that meet all requirements were found before the search ended.")
    raise ScienceError(conflict_words(demand, watch))
