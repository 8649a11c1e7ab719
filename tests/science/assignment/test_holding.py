"""Seats of before: worth more than any points, counted by people."""

from lecen.science.assignment import Person, Rules, Section
from lecen.science.assignment.demand import read_demand
from lecen.science.assignment.draft import kept
from lecen.science.assignment.holding import with_seats_held
from tests.science.assignment.cases import program_of, simulate


def held(people, sections, seats, rules=None):
    rules = rules or Rules()
    return with_seats_held(read_demand(people, sections, rules, None), program_of(people, sections, rules), seats)


def test_a_seat_held_is_worth_more_than_any_points_of_a_schedule():
    people, sections = simulate(12, 6, 3, 10, ranked=5)

    program = held(people, sections, {"p00003": ("s001", "s004")})

    most = max(program.points[program.unit == unit].sum() for unit in range(program.units))
    assert program.keep > most
    assert program.held.sum() <= 2


def test_a_seat_counts_for_each_of_a_group_who_held_it():
    people = [Person("a", ("x",)), Person("b", ("x",)), Person("c", ("x",))]

    program = held(people, [Section("x1", "x", 1, 3)], {"a": ("x1",), "b": ("x1",)}, Rules(together=(("a", "b", "c"),)))

    assert program.held.tolist() == [2]


def test_without_seats_of_before_nothing_changes():
    program = held([Person("a", ("x",))], [Section("x1", "x", 1, 3)], {})

    assert (program.keep, program.held.any()) == (0, False)


def test_seats_are_kept_as_far_as_they_fit():
    people = [Person(name, ("x", "y")) for name in "abc"]
    sections = [Section("x1", "x", 1, 2), Section("y1", "y", 1, 3)]

    program = held(people, sections, dict.fromkeys("abc", ("x1",)))

    assert (program.used(kept(program)).tolist(), program.beside(kept(program))) == ([2, 0], 2 * program.keep)
