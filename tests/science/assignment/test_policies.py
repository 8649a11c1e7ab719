"""`assign_sessions`: sums against enumeration and transportation, rules kept, order of people without effect."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from lecen.science.arrays import generator
from lecen.science.assignment import Person, Rules, Section, assign_sessions
from lecen.science.errors import ScienceError
from tests.science.assignment.cases import best_by_enumeration, broken_rules, program_of, simulate


def transportation(people, sections):
    """The greatest sum when each course is offered once: by slot, with a column for every seat."""
    longest = max(len(person.ranked) for person in people)
    total = 0
    for slot in {section.slot for section in sections}:
        seats = [section for section in sections if section.slot == slot for _ in range(section.seats)]
        points = [
            [longest - person.ranked.index(one.course) if one.course in person.ranked else 0 for one in seats]
            for person in people
        ]
        rows, columns = linear_sum_assignment(points, maximize=True)
        total += int(np.array(points)[rows, columns].sum())
    return total


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_courses_offered_once_give_the_transportation_optimum(seed):
    people, sections = simulate(60, 12, 4, 12, ranked=7, seats=0.8, seed=seed)

    found = assign_sessions(people, sections, seed=seed)

    assert (found.score, found.bound, found.gap) == (transportation(people, sections),) * 2 + (0,)


@pytest.mark.parametrize("seed", range(6))
def test_a_small_sum_is_the_one_found_by_trying_everything(seed):
    people, sections = simulate(5, 4, 3, 7, ranked=4, seats=0.7, seed=seed)

    found = assign_sessions(people, sections, gap=0, seed=seed)

    assert (found.score, found.bound) == (best_by_enumeration(program_of(people, sections)),) * 2


def test_a_sum_is_proven_for_many_people():
    people, sections = simulate(150, 20, 5, 40, ranked=10)

    found = assign_sessions(people, sections, gap=0, seed=1)

    assert (found.score == found.bound, found.ended) == (True, "gap")
    assert broken_rules(people, sections, Rules(), found.seats) == []


def test_a_sum_is_no_less_than_the_draft():
    people, sections = simulate(40, 8, 4, 16, ranked=6)

    drafted = assign_sessions(people, sections, policy="draft", seed=1)

    assert assign_sessions(people, sections, seed=1).score > drafted.score == drafted.draft_score
    assert (drafted.bound, drafted.gap) == (None, None)
    assert broken_rules(people, sections, Rules(), drafted.seats) == []


@pytest.mark.parametrize("policy", ["sum", "floor", "draft"])
def test_the_order_of_people_and_sections_changes_nothing(policy):
    people, sections = simulate(12, 6, 3, 10, ranked=5)

    again = assign_sessions(people[::-1], sections[::-1], policy=policy, seed=4)

    assert again == assign_sessions(people, sections, policy=policy, seed=4)


def test_another_seed_breaks_ties_only():
    people = [Person("a", ("c",)), Person("b", ("c",))]
    sections = [Section("s", "c", 1, 1)]

    found = [assign_sessions(people, sections, seed=seed) for seed in range(12)]

    assert {one.score for one in found} == {1}
    assert {tuple(one.seats.items()) for one in found} == {(("a", ("s",)), ("b", ())), (("a", ()), ("b", ("s",)))}


@st.composite
def ruled(draw):
    """Small demands with rules of every kind."""
    seed = draw(st.integers(0, 10**6))
    rng = generator(seed)
    people, sections = simulate(8, 5, 3, 9, ranked=4, seats=draw(st.sampled_from([0.6, 1.1, 2.0])), seed=seed)
    sections = [
        Section(
            one.name,
            one.course,
            one.slot,
            one.seats,
            bool(rng.random() < 0.7),
            int(rng.integers(0, 2) and one.seats > 1),
        )
        for one in sections
    ]
    people = [
        Person(
            one.name,
            one.ranked,
            (str(rng.choice(one.ranked)),) if rng.random() < 0.2 else (),
            ("c00",) if "c00" not in one.ranked else (),
            bool(rng.random() < 0.2),
        )
        for one in people
    ]
    names = [str(name) for name in rng.permutation([one.name for one in people])]
    rules = Rules(
        {"c01": ("c00",), "c03": ("c02", "c01")} if draw(st.booleans()) else {},
        ((names[0], names[1]),) if draw(st.booleans()) else (),
        ((names[2], names[3]), (names[2], names[4])) if draw(st.booleans()) else (),
        ((names[5], str(rng.choice([one.name for one in sections]))),) if draw(st.booleans()) else (),
    )
    return people, sections, rules, draw(st.sampled_from(["sum", "floor", "draft"]))


@settings(max_examples=15, deadline=None)
@given(ruled())
def test_rules_always_hold_or_what_conflicts_is_named(demand):
    people, sections, rules, policy = demand

    try:
        found = assign_sessions(people, sections, policy=policy, rules=rules, seed=1)
    except ScienceError as error:
        refused = str(error)
        assert re.search("cannot all hold|seat|attend", refused)
        return

    assert broken_rules(people, [one for one in sections if one.name not in found.canceled], rules, found.seats) == []
    if found.bound is not None:
        assert found.bound - found.score >= 0
        assert found.ended != "gap" or found.gap <= 1e-4


def test_sections_with_too_few_are_canceled_and_their_people_placed_again():
    people = [Person(name, ("a", "b")) for name in "xyz"] + [Person("w", ("b", "a"))]
    sections = [Section("a1", "a", 1, 4), Section("b1", "b", 1, 4, least=2)]

    found = assign_sessions(people, sections, seed=1)

    assert (found.canceled, found.score) == (("b1",), 3 * 2 + 1)
    assert found.seats["w"] == ("a1",)


def test_a_time_limit_is_flagged():
    people, sections = simulate(60, 10, 4, 20, ranked=8)

    found = assign_sessions(people, sections, gap=0, seconds=1e-9, seed=1)

    assert (found.ended, found.score) == ("time", found.draft_score)
    assert found.bound >= assign_sessions(people, sections, gap=0, seed=1).score
    assert "time limit" in found.words


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"policy": "lottery"}, "policy"),
        ({"gap": -1}, "gap"),
        ({"gap": float("nan")}, "gap"),
        ({"seconds": 0}, "time limit"),
        ({"seconds": 10**400}, "time limit"),
        ({"policy": ["sum"]}, "policy"),
        ({"rules": []}, "rules"),
        ({"seconds": float("nan")}, "time limit"),
        ({"seed": -1}, "seed"),
        ({"seed": "one"}, "seed"),
        ({"points": (0,)}, "Points"),
    ],
)
def test_what_cannot_be_meant_is_refused(change, named):
    with pytest.raises(ScienceError, match=named):
        assign_sessions([Person("a", ("c",))], [Section("s", "c", 1, 1)], **{"seed": 1, **change})


def test_a_gap_is_a_share_of_points_whatever_requirements_count_for():
    people, sections = simulate(40, 8, 4, 16, ranked=6, seats=0.9, seed=2)
    seats = Counter()
    for section in sections:
        seats[section.course] += section.seats
    for at, person in enumerate(people):
        last = person.ranked[-1]
        if at % 2 and seats[last] > 5:
            seats[last] -= 1
            people[at] = Person(person.name, person.ranked, required=(last,))

    found = assign_sessions(people, sections, gap=0.02, seed=1)

    assert (found.ended, found.gap <= 0.02) == ("gap", True)
    assert found.score <= assign_sessions(people, sections, gap=0, seed=1).score <= found.bound


def test_no_time_limit_breaks_a_search():
    people, sections = simulate(60, 10, 4, 20, ranked=8, popularity=1.5)
    groups = tuple((f"p{at:05d}", f"p{at + 1:05d}") for at in range(0, 30, 2))
    best = assign_sessions(people, sections, rules=Rules(together=groups), gap=0, seed=1)

    for seconds in (0.01, 0.03, 0.06, 0.1, 0.2):
        found = assign_sessions(people, sections, rules=Rules(together=groups), gap=0, seconds=seconds, seed=1)
        assert found.score <= best.score <= found.bound
        assert broken_rules(people, sections, Rules(together=groups), found.seats) == []


def test_no_seat_that_could_simply_be_given_stays_free():
    people, sections = simulate(80, 10, 4, 20, ranked=8, seed=1, popularity=1.5)

    found = assign_sessions(people, sections, gap=0.05, seed=1)

    offered = {section.name: section for section in sections}
    left = {name: one.seats - sum(name in held for held in found.seats.values()) for name, one in offered.items()}
    for person in people:
        held = [offered[name] for name in found.seats[person.name]]
        slots, courses = {one.slot for one in held}, {one.course for one in held}
        wanted = [one for one in sections if one.course in set(person.ranked) - courses and one.slot not in slots]
        assert [one.name for one in wanted if left[one.name]] == []


@pytest.mark.parametrize("policy", ["sum", "floor", "draft"])
@pytest.mark.parametrize(
    ("person", "section"),
    [
        (Person("a", ("x",), accessible=True), Section("x1", "x", 1, 1, accessible=False)),
        (Person("a", ("x",), taken=("x",)), Section("x1", "x", 1, 1)),
        (Person("a", ("x",)), Section("x1", "x", 1, 0)),
        (Person("a"), Section("x1", "x", 1, 1)),
    ],
)
def test_who_can_be_given_nothing_is_given_nothing(policy, person, section):
    found = assign_sessions([person], [section], policy=policy, seed=1)

    assert (found.seats, found.score, found.floor) == ({"a": ()}, 0, None)


def test_all_who_are_left_after_a_cancellation_may_be_nobody():
    sections = [Section("x1", "x", 1, 5, least=2), Section("y1", "y", 1, 5)]

    found = assign_sessions([Person("a", ("x",))], sections, seed=1)

    assert (found.seats, found.canceled) == ({"a": ()}, ("x1",))
