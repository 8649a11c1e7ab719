"""What no floor can exceed, against every floor tried."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment import Person, Rules, Section
from lecen.science.assignment.floors import best_alone
from lecen.science.assignment.level import find_level, floor_points
from lecen.science.stopwatch import Stopwatch
from tests.science.assignment.cases import highest_floor, program_of, simulate


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), seats=st.sampled_from([0.5, 0.8, 1.1]), bound=st.booleans())
def test_the_level_is_never_below_the_highest_floor(seed, seats, bound):
    people, sections = simulate(4, 4, 3, 6, ranked=4, seats=seats, seed=seed)
    rules = Rules(together=(("p00000", "p00001"),), apart=(("p00002", "p00003"),)) if bound else Rules()
    program = program_of(people, sections, rules)
    best = best_alone(program)

    level = find_level(program, best, 0, Stopwatch())

    assert highest_floor(program, best) <= level.most <= 100


def test_the_level_of_two_who_want_one_seat_is_a_half_share():
    program = program_of([Person("a", ("x",)), Person("b", ("x",))], [Section("x1", "x", 1, 1)], points=(100,))
    best = best_alone(program)

    assert find_level(program, best, 0, Stopwatch()).most == 50


def test_what_is_owed_in_any_answer_is_no_part_of_the_points():
    people = [Person("a", ("x",), required=("z",)), Person("b", ("x",))]
    program = program_of(people, [Section("x1", "x", 1, 1), Section("z1", "z", 2, 1)], points=(100,))
    rewarded = replace(program, reward=1_000)

    assert find_level(rewarded, best_alone(rewarded), 1_000, Stopwatch()).most == 50


def test_floors_are_rounded_up_to_whole_points():
    assert floor_points(best_alone(program_of([Person("a", ("x",))], [Section("x1", "x", 1, 1)])), 1).tolist() == [1]
