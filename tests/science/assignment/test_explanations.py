"""What each person is told of each choice."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.assignment import Person, Reason, Rules, Section, assign_sessions, explain
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError
from tests.science.assignment.cases import simulate


def told(people, sections, name, rules=None):
    found = assign_sessions(people, sections, rules=rules, seed=1)
    return explain(people, sections, found, rules)[name]


def test_a_full_course_tells_how_many_ranked_it_higher():
    people = [Person(f"p{at:02d}", ("a", "b")) for at in range(30)] + [Person("late", ("c", "b", "a"))]
    sections = [Section("a1", "a", 1, 20), Section("b1", "b", 2, 40), Section("c1", "c", 3, 40)]

    assert told(people, sections, "late") == (
        Reason("c", "given", "Your first choice, c, is yours: c1 in slot 3."),
        Reason("b", "given", "Your second choice, b, is yours: b1 in slot 2."),
        Reason("a", "full", "Your third choice, a, was full: 30 ranked it higher for 20 seats."),
    )


def test_equals_are_told_apart_from_those_who_ranked_it_higher():
    people = [Person(f"p{at:02d}", ("a",)) for at in range(12)]
    sections = [Section("a1", "a", 1, 11)]
    found = assign_sessions(people, sections, seed=1)
    without = next(name for name, held in found.seats.items() if not held)

    assert explain(people, sections, found)[without][0].words == (
        "Your first choice, a, was full: 11 ranked it as high or higher for 11 seats."
    )


@pytest.mark.parametrize("seats", [1, 8, 9])
def test_fewer_than_ten_are_neither_told_nor_to_be_read_off(seats):
    people = [Person(f"p{at}", ("a", "b")) for at in range(9)] + [Person("late", ("b", "a"))]
    sections = [Section("a1", "a", 1, seats), Section("b1", "b", 1, 9)]

    assert told(people, sections, "late")[1].words == (
        "Your second choice, a, was full: required, fixed and kept seats come first, then the points of all together."
    )


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("draft", "when your turn came."),
        ("floor", "then who would have least, then the points of all together."),
    ],
)
def test_a_full_course_is_told_in_the_terms_of_the_policy(policy, words):
    people, sections = [Person("p1", ("a",)), Person("p2", ("a",))], [Section("a1", "a", 1, 1)]
    found = assign_sessions(people, sections, policy=policy, seed=1)
    without = next(name for name, held in found.seats.items() if not held)

    assert explain(people, sections, found)[without][0].words.endswith(words)


def test_seats_that_a_person_cannot_use_are_not_counted_for_them():
    people = [Person(f"p{at:02d}", ("x",)) for at in range(12)] + [Person("wheel", ("w", "x"), accessible=True)]
    sections = [
        Section("x1", "x", 1, 2), Section("x2", "x", 1, 30, accessible=False), Section("w1", "w", 2, 5),
    ]  # fmt: skip
    rules = Rules(fixed=(("p00", "x1"), ("p01", "x1")))

    assert told(people, sections, "wheel", rules)[1].words == (
        "Your second choice, x, was full: 12 ranked it higher for 2 seats in accessible rooms."
    )


def test_nobody_learns_that_somebody_is_kept_apart_from_them():
    people, sections = [Person("a", ("x",)), Person("b", ("x",))], [Section("x1", "x", 1, 5)]
    rules = Rules(apart=(("a", "b"),))
    found = assign_sessions(people, sections, rules=rules, seed=1)
    without = next(name for name, held in found.seats.items() if not held)

    assert explain(people, sections, found, rules)[without] == (
        Reason("x", "rules", "Your first choice, x, did not fit with the rest of the plan."),
    )


def test_a_course_that_a_person_must_have_is_told_though_it_was_not_ranked():
    people, sections = [Person("p", ("a",), required=("b",))], [Section("a1", "a", 1, 5), Section("b1", "b", 2, 5)]

    assert told(people, sections, "p")[1] == Reason("b", "given", "b is yours too, as the rules ask: b1 in slot 2.")


def test_a_course_at_the_time_of_another_names_it():
    people = [Person("p", ("a", "b"))]
    sections = [Section("a1", "a", 1, 5), Section("b1", "b", 1, 5)]

    assert told(people, sections, "p")[1] == Reason(
        "b", "same time", "Your second choice, b, has seats left only at the time of a, which you have."
    )


@pytest.mark.parametrize(
    ("person", "section", "rules", "outcome"),
    [
        (Person("p", ("a", "b"), taken=("b",)), {}, Rules(), "taken"),
        (Person("p", ("a", "b")), {"least": 5}, Rules(), "canceled"),
        (Person("p", ("a", "b"), accessible=True), {"accessible": False}, Rules(), "no access"),
        (Person("p", ("a", "b")), {}, Rules({"b": ("c",)}), "order"),
    ],
)
def test_what_keeps_a_course_from_a_person_is_named(person, section, rules, outcome):
    sections = [Section("a1", "a", 1, 5), replace(Section("b1", "b", 2, 5), **section), Section("c1", "c", 1, 5)]

    assert told([person], sections, "p", rules)[1].outcome == outcome


def test_every_choice_of_everybody_is_told():
    people, sections = simulate(40, 8, 4, 16, ranked=6)
    found = assign_sessions(people, sections, seed=1)

    reasons = explain(people, sections, found)

    assert {name: tuple(one.course for one in list_) for name, list_ in reasons.items()} == {
        person.name: person.ranked for person in people
    }
    course = {section.name: section.course for section in sections}
    assert {name: {one.course for one in list_ if one.outcome == "given"} for name, list_ in reasons.items()} == {
        name: {course[one] for one in held} for name, held in found.seats.items()
    }
    assert "rules" not in {one.outcome for list_ in reasons.values() for one in list_}


@pytest.mark.parametrize("policy", ["sum", "draft"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_what_is_told_is_true(policy, seed):
    people, sections = simulate(30, 6, 3, 10, ranked=5, seats=0.8, seed=seed)
    people = [replace(person, accessible=at % 7 == 0) for at, person in enumerate(people)]
    sections = [replace(section, accessible=at % 3 != 0) for at, section in enumerate(sections)]
    rules = Rules({"c01": ("c00",)}, apart=(("p00001", "p00002"),))
    found = assign_sessions(people, sections, policy=policy, rules=rules, seed=1)
    taken = Counter(name for held in found.seats.values() for name in held)
    by_name = {section.name: section for section in sections}

    for person in people:
        held = [by_name[name] for name in found.seats[person.name]]
        for reason in explain(people, sections, found, rules)[person.name]:
            offers = [one for one in sections if one.course == reason.course]
            usable = [one for one in offers if one.accessible or not person.accessible]
            free = [one for one in usable if taken[one.name] < one.seats]
            assert (reason.outcome == "given") == (reason.course in {one.course for one in held})
            assert (reason.outcome == "no access") == (not usable)
            if reason.outcome == "full":
                assert free == []
            if reason.outcome in {"same time", "rules"}:
                busy = {one.slot for one in held}
                assert free
                assert ({one.slot for one in free} <= busy) == (reason.outcome == "same time")
            if reason.outcome == "order":
                assert (reason.course, "c00" in {one.course for one in held}) == ("c01", False)
            assert all(int(count) >= DEFAULT_K for count in re.findall(r"(\d+) ranked", reason.words))


def test_an_assignment_of_others_is_refused():
    people, sections = [Person("p", ("a",))], [Section("a1", "a", 1, 5)]
    found = assign_sessions(people, sections, seed=1)

    with pytest.raises(ScienceError, match="other people"):
        explain([Person("q", ("a",))], sections, found)
    with pytest.raises(ScienceError, match="other sections"):
        explain(people, [Section("a2", "a", 1, 5)], found)
    with pytest.raises(ScienceError, match="must be an Assignment, not dict"):
        explain(people, sections, found.seats)
