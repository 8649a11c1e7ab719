"""The optimum under every rule equals what trying everything finds; gaps and ends are told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment import Person, Rules
from lecen.science.assignment.draft import draft
from lecen.science.assignment.optimum import find_optimum
from lecen.science.assignment.seat_program import solve_whole
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import best_by_enumeration, program_of, simulate


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), seats=st.sampled_from([0.5, 0.8, 1.1]), ordered=st.booleans(), bound=st.booleans())
def test_the_optimum_is_the_one_found_by_trying_everything(seed, seats, ordered, bound):
    people, sections = simulate(5, 4, 3, 8, ranked=4, seats=seats, seed=seed)
    people[0] = Person(people[0].name, people[0].ranked, taken=("c00",))
    rules = Rules(
        {"c01": ("c00",), "c02": ("c01",)} if ordered else {},
        (("p00001", "p00002"),) if bound else (),
        (("p00000", "p00001"), ("p00003", "p00004")) if bound else (),
    )
    program = program_of(people, sections, rules)

    found = find_optimum(program, draft(program), gap=0, watch=Stopwatch())

    assert (found.value, found.bound, found.ended) == (best_by_enumeration(program),) * 2 + ("gap",)
    assert (program.used(found.schedules) <= program.limits).all()


@pytest.mark.parametrize("popularity", [0.0, 1.5])
def test_the_optimum_is_that_of_one_integer_program_for_all(popularity):
    program = program_of(*simulate(80, 12, 4, 24, ranked=8, popularity=popularity))
    start = draft(program)
    everybody = np.arange(program.units)

    found = find_optimum(program, start, gap=0, watch=Stopwatch())
    direct = solve_whole(program, start, everybody, start=True, most_nodes=10_000, watch=Stopwatch())

    assert direct.closed
    assert found.value == found.bound == program.values(direct.schedules).sum()


def test_a_wide_gap_is_enough_where_it_is_asked_for():
    program = program_of(*simulate(80, 12, 4, 24, ranked=8))

    found = find_optimum(program, draft(program), gap=0.5, watch=Stopwatch())

    assert found.ended == "gap"
    assert found.value <= found.bound
