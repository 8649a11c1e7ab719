"""What each person is told of each choice."""

from dataclasses import replace

import pytest

from lecen.science.assignment import Person, Reason, Rules, Section, assign_sessions, explain
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


def test_fewer_than_ten_are_not_counted_out_loud():
    people = [Person("p1", ("a", "b")), Person("p2", ("a", "b")), Person("p3", ("b", "a"))]

    assert told(people, [Section("a1", "a", 1, 1), Section("b1", "b", 1, 1)], "p3")[1].words == (
        "Your second choice, a, was full: fewer than 10 ranked it higher for 1 seats."
    )


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


def test_an_assignment_of_other_people_is_refused():
    sections = [Section("a1", "a", 1, 5)]
    found = assign_sessions([Person("p", ("a",))], sections, seed=1)

    with pytest.raises(ScienceError, match="other people"):
        explain([Person("q", ("a",))], sections, found)
