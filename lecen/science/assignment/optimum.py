"""The best schedules for everybody together: linear program over schedules, then whole seats for those it splits."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.assignment.prices import find_prices
from lecen.science.assignment.program import NOTHING, Program
from lecen.science.assignment.schedule_program import Relaxed, ScheduleProgram
from lecen.science.assignment.schedules import Chooser
from lecen.science.assignment.seat_program import MOST_NODES, Whole, solve_whole
from lecen.science.stopwatch import Stopwatch

Ended = Literal["gap", "iterations", "time"]
# To reach the whole number below the bound, less than a point may be given up in all.
NEAR = 1.0
ROUNDING = 1e-6  # of the bound: sums of floats are no nearer


@dataclass(frozen=True)
class Optimum:
    """Schedules, their value, the least bound proven for any, and what ended the search."""

    schedules: Counts
    value: int
    bound: int
    ended: Ended
    split: int  # units that the linear program left between schedules


def find_optimum(program: Program, start: Counts, *, gap: float, watch: Stopwatch, most: int | None = None) -> Optimum:
    """Find the best schedules for everybody together, as near as asked.

    Parameters
    ----------
    program : Program
        The problem.
    start : ndarray of int, (units, slots)
        Any schedules that fit.
    gap : float
        How much less than the bound will do, as a share of it.
    watch : Stopwatch
        Ends the search.
    most : int, optional
        A bound known already. The linear program's may be weaker then, and no search among all units follows.

    Returns
    -------
    Optimum
        Never worth less than `start`, and meeting no fewer requirements.

    Raises
    ------
    ScienceError
        Never for a checked program.

    """
    chooser = Chooser(program)
    pricing = find_prices(chooser, watch)
    relaxation = ScheduleProgram(chooser)
    for schedules in (start, *pricing.schedules):
        relaxation.add(schedules)
    relaxed = relaxation.solve(pricing, watch)
    bound = _whole(relaxed.bound) if most is None else min(_whole(relaxed.bound), most)
    slack = int(gap * abs(bound))
    best = _better(program, start, _repaired(chooser, relaxed, bound, slack, watch))
    if most is None and not _near(program, best, bound, gap) and not watch.over:
        improved = _improved(chooser, relaxed, best, bound, watch)
        bound = max(min(bound, _whole(improved.bound)), int(program.values(best).sum()))
        best = _better(program, best, improved.schedules)
    ended: Ended = "gap" if _near(program, best, bound, gap) else "time" if watch.over else "iterations"
    return Optimum(best, int(program.values(best).sum()), bound, ended, len(relaxed.split))


def _repaired(chooser: Chooser, relaxed: Relaxed, bound: int, slack: int, watch: Stopwatch) -> Counts:
    """Give whole seats to the units the linear program splits, of what the others leave."""
    split = relaxed.split
    allowed = chooser.regrets(relaxed.prices, split) <= NEAR
    repaired = solve_whole(
        chooser.program,
        relaxed.schedules,
        split,
        allowed=allowed,
        target=bound - slack,
        slack=slack,
        most_nodes=MOST_NODES,
        watch=watch,
    )
    return repaired.schedules


def _improved(chooser: Chooser, relaxed: Relaxed, best: Counts, bound: int, watch: Stopwatch) -> Whole:
    """Choose for all units among the edges that could still be in a better answer than `best`."""
    program = chooser.program
    room = bound - program.values(best).sum()
    everybody = np.arange(program.units)
    allowed = chooser.regrets(relaxed.prices, everybody) <= room + ROUNDING * abs(bound)
    allowed[best[best != NOTHING]] = True
    return solve_whole(
        program, best, everybody, allowed=allowed, start=True, target=bound, most_nodes=MOST_NODES, watch=watch
    )


def _better(program: Program, first: Counts, second: Counts) -> Counts:
    """Give the one worth more; never one that meets fewer requirements than the first, or does not fit.

    What a linear program ended by its time limit leaves may not fit.
    """
    as_good = (program.met(second) >= program.met(first)).all() and (program.used(second) <= program.limits).all()
    return second if as_good and program.values(second).sum() > program.values(first).sum() else first


def _near(program: Program, schedules: Counts, bound: int, gap: float) -> bool:
    return bound - int(program.values(schedules).sum()) <= gap * abs(bound)


def _whole(bound: float) -> int:
    """Give the greatest whole number that a value below `bound` can be: points are whole."""
    return int(np.floor(bound + max(ROUNDING, 1e-9 * abs(bound))))
