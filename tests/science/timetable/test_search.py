"""The search never leaves the rules, never ends worse than it began, and touches only what it may."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.arrays import generator
from lecen.science.timetable.placing import place
from lecen.science.timetable.rules import bounds
from lecen.science.timetable.search import Costs, improve
from lecen.science.timetable.solver import Limits
from tests.science.timetable.small import broken, cost, drawn

SEEDS = st.integers(0, 10**6)


def started(seed):
    people = drawn(seed, sessions=9, slots=4, rooms=3)
    placing = place(people, previous=None, limits=Limits(60), order=generator(seed))
    return people, (placing.slot, placing.room), Costs(people.clash, people.turned_away)


def told(slot, room):
    return [(s, r) if s >= 0 else None for s, r in zip(slot.tolist(), room.tolist(), strict=True)]


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_every_step_keeps_the_rules_and_the_end_costs_no_more_than_the_start(seed):
    people, start, costs = started(seed)
    found = improve(start, start[0] >= -1, costs, bounds(people), steps=60, chance=generator(seed))

    assert not broken(people, told(*found))
    assert costs.of(*found) == cost(people, told(*found)) <= costs.of(*start)


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_what_may_not_be_touched_stays(seed):
    people, start, costs = started(seed)
    movable = np.arange(9) % 2 == 0
    found = improve(start, movable, costs, bounds(people), steps=60, chance=generator(seed))

    assert (found[0][~movable].tolist(), found[1][~movable].tolist()) == (
        start[0][~movable].tolist(),
        start[1][~movable].tolist(),
    )


def test_the_same_seed_gives_the_same_timetable():
    people, start, costs = started(2)
    ends = [improve(start, start[0] >= 0, costs, bounds(people), steps=60, chance=generator(5)) for _ in range(2)]

    assert told(*ends[0]) == told(*ends[1])


@pytest.mark.parametrize("steps", [0, 1])
def test_nothing_to_move_is_no_error(steps):
    people, start, costs = started(2)
    found = improve(start, np.zeros(9, dtype=bool), costs, bounds(people), steps=steps, chance=generator(5))

    assert told(*found) == told(*start)
