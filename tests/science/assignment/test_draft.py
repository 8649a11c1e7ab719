"""Turns: who picks when, and what."""

from lecen.science.assignment import Person, Section
from lecen.science.assignment.draft import draft, first_come, snake
from tests.science.assignment.cases import program_of


def test_turns_go_down_the_order_and_back_up():
    assert list(snake(3, 3)) == [0, 1, 2, 2, 1, 0, 0, 1, 2]


def test_a_draft_shares_what_first_come_gives_to_one():
    people = [Person("a", ("x", "y")), Person("b", ("x", "y"))]
    program = program_of(people, [Section("x1", "x", 1, 1), Section("y1", "y", 2, 1)])

    assert program.points_of(draft(program)).tolist() == [2, 1]
    assert program.points_of(first_come(program)).tolist() == [3, 0]
