"""Requirements that cannot all hold are named, and no more of them than needed."""

import pytest

from lecen.science.assignment import Person, Rules, Section, assign_sessions
from lecen.science.errors import ScienceError

SECTIONS = [
    Section("x1", "x", 1, 2),
    Section("y1", "y", 1, 2, accessible=False),
    Section("y2", "y", 2, 1),
    Section("z1", "z", 2, 1, accessible=False),
]
END = " with the sections and seats there are: "
BYSTANDERS = [Person("zoe", ("x", "z"), required=("x",)), Person("yan", ("y",))]


def conflict(*people, rules=None):
    with pytest.raises(ScienceError) as refused:
        assign_sessions([*people, *BYSTANDERS], SECTIONS, rules=rules, seed=1)
    return str(refused.value).removeprefix("These cannot all hold").removeprefix(END)


def test_more_people_than_seats_are_counted():
    people = [Person(name, required=("z",)) for name in "abc"]

    assert conflict(*people) == "3 people require z, which has 1 seats."


def test_a_course_without_an_accessible_room_is_named():
    assert conflict(Person("a", required=("z",), accessible=True)) == "a requires z in an accessible room."


def test_two_fixed_seats_at_once_are_named_without_the_rest():
    rules = Rules(fixed=(("a", "x1"), ("a", "y1"), ("yan", "y2")))

    assert conflict(Person("a"), rules=rules) == "a has a fixed seat in x1; a has a fixed seat in y1."


def test_an_order_that_slots_do_not_allow_is_named():
    assert conflict(Person("a", ("z",), required=("x",)), rules=Rules({"x": ("z",)})) == (
        "a requires x; x needs z before it."
    )


def test_people_who_want_one_seat_are_named_together():
    rules = Rules(fixed=(("a", "y2"), ("b", "y2")))

    assert conflict(Person("a"), Person("b"), rules=rules) == "a has a fixed seat in y2; b has a fixed seat in y2."


def test_people_kept_apart_and_fixed_together_are_named():
    rules = Rules(fixed=(("a", "x1"), ("b", "x1")), apart=(("a", "b"), ("yan", "a")))
    people = [Person("a"), Person("b")]
    with pytest.raises(
        ScienceError, match="a has a fixed seat in x1; b has a fixed seat in x1; a and b are kept apart"
    ):
        assign_sessions([*people, Person("yan", ("y",))], SECTIONS, rules=rules, seed=1)


def test_requirements_that_turns_would_miss_are_met():
    people = [Person("a", ("z",)), Person("b", ("y",), required=("z",)), Person("c", ("x",), required=("y",))]

    found = assign_sessions(people, SECTIONS, policy="draft", seed=1)

    assert ("z1" in found.seats["b"], found.seats["a"]) == (True, ())
