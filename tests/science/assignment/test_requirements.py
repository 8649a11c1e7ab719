"""What must hold, holds from the start."""

import pytest

from lecen.science.assignment import Person, Rules, Section
from lecen.science.assignment.demand import read_demand
from lecen.science.assignment.requirements import begin, with_rewards
from lecen.science.errors import ScienceError
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import program_of

SECTIONS = [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1)]


def begun(people):
    program = with_rewards(program_of(people, SECTIONS))
    return program, begin(read_demand(people, SECTIONS, Rules(), None), program, Stopwatch())


def test_a_requirement_outweighs_all_else_together():
    program, _ = begun([Person("a", ("x", "y")), Person("b", ("x",), required=("y",))])

    assert program.reward > program.points.sum()


def test_a_requirement_that_turns_give_away_is_met():
    program, schedules = begun([Person("a", ("y", "x")), Person("b", ("x", "y"), required=("y",))])

    assert (program.met(schedules) == program.musts).all()


def test_more_requirements_than_seats_are_refused():
    with pytest.raises(ScienceError, match="2 people require y"):
        begun([Person("a", required=("y",)), Person("b", required=("y",))])
