"""The best schedules for everybody together: linear program over schedules, then whole seats for those it splits."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.assignment.prices import Pricing, find_prices
from lecen.science.assignment.program import NOTHING, Program
from lecen.science.assignment.schedule_program import Relaxed, ScheduleProgram
from lecen.science.assignment.schedules import Chooser
from lecen.science.assignment.seat_program import MOST_NODES, Whole, solve_whole
from lecen.science.stopwatch import Stopwatch

Ended = Literal["gap", "iterations", "time"]
# To reach the whole number below the bound, less than a point may be given up in all.
NEAR = 1.0
ENOUGH = 20  # with floors, whole schedules come this much nearer to the linear program than it is to its bound
MOST_EDGES = 3_000  # in a search among all units with floors
ROUNDING = 1e-6  # of the bound: sums of floats are no nearer


@dataclass(frozen=True)
class Optimum:
    """Schedules, their value, the least bound proven for any, and what ended the search."""

    schedules: Counts
    value: int
    bound: int
    most_points: int  # bound on the points of any that meet as many requirements and keep as many seats
    ended: Ended


def find_optimum(
    program: Program, start: Counts, *, gap: float, watch: Stopwatch, pricing: Pricing | None = None
) -> Optimum:
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
    pricing : Pricing, optional
        Prices and schedules to begin with, where better ones are known than `find_prices` finds.

    Returns
    -------
    Optimum
        Never worth less than `start`, meeting no fewer requirements, and no further below floors.

    Raises
    ------
    ScienceError
        Never for a checked program.

    """
    chooser = Chooser(program)
    pricing = pricing or find_prices(chooser, watch)
    relaxation = ScheduleProgram(chooser)
    for schedules in (start, *pricing.schedules):
        relaxation.add(schedules)
    best = start
    shares = (gap / 2,) if program.floors.any() else (gap / 2, 0.0)  # with floors, prices close no gap
    for share in shares:
        relaxed = relaxation.solve(pricing, watch, share * _points(program, best, pricing.bound))
        pricing = replace(pricing, prices=relaxed.prices, bound=relaxed.bound)
        bound = _whole(relaxed.bound)
        slack = gap * _points(program, best, bound)
        if program.floors.any():
            whole = relaxation.choose_whole(max(slack, (bound - relaxed.value) / ENOUGH), watch)
        else:
            whole = _repaired(chooser, relaxed, bound, slack, watch)
        best = _better(program, best, whole)
        if _near(program, best, bound, gap) or relaxed.done or watch.over:
            break
    if not _near(program, best, bound, gap) and not watch.over and (searchable(program) or not program.floors.any()):
        improved = _improved(chooser, relaxed, best, bound, watch)
        bound = max(_whole(min(bound, improved.bound)), int(program.values(best).sum()))
        best = _better(program, best, improved.schedules)
    ended: Ended = "time" if watch.over else "gap" if _near(program, best, bound, gap) else "iterations"
    return Optimum(best, int(program.values(best).sum()), bound, bound - program.beside(best), ended)


def searchable(program: Program) -> bool:
    """Whether a search among all units may end soon though floors leave it many ways."""
    return len(program.unit) <= MOST_EDGES


def _repaired(chooser: Chooser, relaxed: Relaxed, bound: int, slack: float, watch: Stopwatch) -> Counts:
    """Give whole seats to the units the linear program splits, of what the others leave."""
    split = relaxed.split
    allowed = chooser.regrets(relaxed.prices, split) <= NEAR
    repaired = solve_whole(
        chooser.program,
        relaxed.schedules,
        split,
        allowed=allowed,
        target=bound - int(slack),
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
    """Give the one worth more; never one that meets or keeps less, is further below floors, or does not fit.

    What a linear program ended by its time limit leaves may not fit.
    """
    as_good = (
        (program.met(second) >= program.met(first)).all()
        and program.beside(second) >= program.beside(first)
        and program.short(second).sum() <= program.short(first).sum()
        and (program.used(second) <= program.limits).all()
    )
    return second if as_good and program.values(second).sum() > program.values(first).sum() else first


def _near(program: Program, schedules: Counts, bound: int, gap: float) -> bool:
    return bound - int(program.values(schedules).sum()) <= gap * _points(program, schedules, bound)


def _points(program: Program, schedules: Counts, bound: float) -> float:
    """Give the points in a bound, beside what requirements and seats kept count for: gaps are shares of these."""
    return max(bound - program.beside(schedules), 0.0)


def _whole(bound: float) -> int:
    """Give the greatest whole number that a value below `bound` can be: points are whole."""
    return int(np.floor(bound + max(ROUNDING, 1e-9 * abs(bound))))
