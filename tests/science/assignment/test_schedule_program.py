"""The linear program over schedules: its value is that of every schedule at once, its whole choice fits."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from lecen.science.assignment.draft import draft
from lecen.science.assignment.prices import find_prices
from lecen.science.assignment.schedule_program import ScheduleProgram
from lecen.science.assignment.schedules import Chooser
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import program_of, schedules_of, simulate


def every_schedule(program):
    """The linear program with all schedules of all units written out."""
    owners, held = zip(
        *((unit, one) for unit in range(program.units) for one in schedules_of(program, unit)), strict=True
    )
    schedules = np.array(held)
    uses = [program.used(schedules[[row]]) for row in range(len(schedules))]
    once = np.equal.outer(np.arange(program.units), np.array(owners)).astype(float)
    values = program.values(schedules, np.array(owners))
    high = np.concatenate([program.limits, np.ones(program.units)])
    return -linprog(-values, A_ub=np.vstack([np.transpose(uses), once]), b_ub=high).fun


def solved(program):
    chooser = Chooser(program)
    pricing = find_prices(chooser, Stopwatch())
    relaxation = ScheduleProgram(chooser)
    for schedules in (draft(program), *pricing.schedules):
        relaxation.add(schedules)
    return relaxation, relaxation.solve(pricing, Stopwatch())


@pytest.mark.parametrize("seed", range(4))
def test_the_bound_is_the_value_of_the_linear_program_over_every_schedule(seed):
    program = program_of(*simulate(6, 4, 3, 7, ranked=4, seats=0.7, seed=seed))

    _, relaxed = solved(program)

    assert (relaxed.bound, relaxed.value) == pytest.approx((every_schedule(program),) * 2, rel=1e-5)
    assert relaxed.done


def test_schedules_are_taken_once():
    program = program_of(*simulate(6, 4, 3, 7, ranked=4))
    relaxation = ScheduleProgram(Chooser(program))

    assert (relaxation.add(draft(program)), relaxation.add(draft(program))) == (program.units, 0)


def test_the_whole_choice_fits_and_is_no_better_than_the_linear_program():
    program = program_of(*simulate(60, 10, 4, 20, ranked=8))
    program = replace(program, floors=np.full(program.units, 12), penalty=100)

    relaxation, relaxed = solved(program)
    chosen = relaxation.choose_whole(0.0, Stopwatch())

    assert (program.used(chosen) <= program.limits).all()
    assert relaxed.value - 10 <= program.values(chosen).sum() <= relaxed.bound
