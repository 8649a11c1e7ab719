"""Requirements that cannot all hold are named, and no more of them than needed."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment import Person, Rules, Section, assign_sessions
from lecen.science.assignment.conflicts import find_conflict
from lecen.science.assignment.demand import read_demand
from lecen.science.errors import ScienceError
from lecen.science.stopwatch import Stopwatch

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

    assert conflict(*people) == "3 people require z, which has 1 seat."


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

    assert conflict(Person("a"), Person("b"), rules=rules) == "2 people have fixed seats in y2, which has 1 seat."


@pytest.mark.parametrize(
    ("people", "rules", "words"),
    [
        (
            [Person("a"), Person("b")],
            Rules(together=(("a", "b"),), fixed=(("a", "x1"), ("b", "y1"))),
            "a has a fixed seat in x1; b has a fixed seat in y1; a and b are kept together.",
        ),
        (
            [Person("a", required=("z",)), Person("b"), Person("c")],
            Rules(together=(("a", "b", "c"),)),
            "a requires z; a, b and c are kept together.",
        ),
    ],
)
def test_people_kept_together_are_named_where_that_is_the_cause(people, rules, words):
    assert conflict(*people, rules=rules) == words


def test_what_must_come_before_a_required_course_is_given_though_nobody_ranked_it():
    rules = Rules({"y": ("x",)})

    assert assign_sessions([Person("a", required=("y",))], SECTIONS, rules=rules, seed=1).seats["a"] == ("x1", "y2")


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person("a", taken=("y",)), "a has a fixed seat in y1, and has taken y already"),
        (Person("a", accessible=True), "a needs an accessible room and has a fixed seat in y1, which is in none"),
    ],
)
def test_a_fixed_seat_that_a_person_cannot_take_is_refused(person, words):
    assert conflict(person, rules=Rules(fixed=(("a", "y1"),))).startswith(words)


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


def test_a_set_that_could_not_be_made_smaller_in_time_is_told_as_such():
    people = [Person("a"), *BYSTANDERS]
    demand = read_demand(people, SECTIONS, Rules(fixed=(("a", "x1"), ("a", "y1"), ("yan", "y2"))), None)

    found = find_conflict(demand, Stopwatch(1e-9))

    assert not found.smallest
    assert found.words.endswith("Some of them may have no part in it.")


def ways(person, claims, sections):
    """All sets of sections that one person could hold with these claims."""
    courses = {one.second for one in claims if (one.kind, one.first) == ("required", person.name)}
    fixed = {one.second for one in claims if (one.kind, one.first) == ("fixed", person.name)}
    after = [(one.first, one.second) for one in claims if one.kind == "after"]
    usable = [one for one in sections if one.accessible or not person.accessible if one.course not in person.taken]
    for size in range(len(usable) + 1):
        for held in combinations(usable, size):
            at = {one.course: one.slot for one in held}
            if len(at) < size or len(set(at.values())) < size or not courses <= set(at):
                continue
            if fixed <= {one.name for one in held} and all(
                at.get(before, 99) < at[later] for later, before in after if later in at and before not in person.taken
            ):
                yield frozenset(one.name for one in held)


def can_hold(people, sections, rules, claims):
    """Whether these claims can all be met: everything tried."""
    kinds = {kind: [(one.first, one.second) for one in claims if one.kind == kind] for kind in ("together", "apart")}
    groups = [group for group in rules.together if (group[0], "") in kinds["together"]]
    for held in product(*(list(ways(person, claims, sections)) for person in people)):
        has = {person.name: some for person, some in zip(people, held, strict=True)}
        taken = Counter(name for some in held for name in some)
        if (
            all(taken[one.name] <= one.seats for one in sections)
            and all(len({has[name] for name in group}) == 1 for group in groups)
            and not any(has[one] & has[other] for one, other in kinds["apart"])
        ):
            return True
    return False


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_what_is_named_cannot_hold_and_could_without_any_one_of_it(chance):
    sections = [
        Section(f"{course}{slot}", course, slot, chance.randint(0, 2), accessible=chance.random() < 0.7)
        for course, slot in chance.sample([(course, slot) for course in "xyz" for slot in (1, 2, 3)], 5)
    ]
    courses = sorted({one.course for one in sections})
    people = [
        Person(name, required=tuple(chance.sample(courses, chance.randint(0, 2))), accessible=chance.random() < 0.2)
        for name in "abc"
    ]
    fixed = {(chance.choice("abc"), chance.choice(sections).name) for _ in range(chance.randint(0, 2))}
    rules = Rules(
        {courses[0]: (courses[-1],)} if len(courses) > 1 and chance.random() < 0.4 else {},
        together=((("a", "b"),) if chance.random() < 0.4 else ()),
        apart=((("b", "c"),) if chance.random() < 0.4 else ()),
        fixed=tuple(sorted(fixed)),
    )
    try:
        demand = read_demand(people, sections, rules, None)
        assign_sessions(people, sections, rules=rules, policy="draft", seed=1)
    except ScienceError as refused:
        if not str(refused).startswith("These cannot all hold"):
            return
        found = find_conflict(demand, Stopwatch())
        named = found.claims
        assert found.smallest
        assert not can_hold(people, sections, rules, named)
        assert all(can_hold(people, sections, rules, [one for one in named if one is not left]) for left in named)
