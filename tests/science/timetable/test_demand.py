"""Demand counted from rankings, against a count by hand."""

import pytest

from lecen.science.errors import ScienceError
from lecen.science.timetable import demand

WANTS = {"p": ["a", "b", "c"], "q": ["b", "c"], "r": ["c", "a", "b"]}


def test_the_first_few_choices_count_whatever_their_rank():
    found = demand(WANTS, first=2)

    assert (found.courses, found.wanted.tolist()) == (("a", "b", "c"), [2, 2, 2])
    assert found.shared.tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


def test_people_of_a_course_given_twice_are_spread_over_its_sessions():
    wanted, shared = demand(WANTS, first=3).of(["b", "c", "c", "new"])

    assert wanted.tolist() == [3, 2, 2, 0]
    assert shared.tolist() == [[0, 2, 2, 0], [2, 0, 0, 0], [2, 0, 0, 0], [0, 0, 0, 0]]


def test_rankings_are_read_once_and_people_need_no_order():
    found = demand({1: (course for course in "ab"), "p": ["b"]}, first=2)

    assert (found.courses, found.wanted.tolist()) == (("a", "b"), [1, 2])


@pytest.mark.parametrize(
    ("rankings", "first", "words"),
    [
        ({}, 1, "Nobody has ranked a course."),
        ({"p": []}, 1, "Nobody has ranked a course."),
        (["a"], 1, "The rankings must map people to lists of courses, not be list."),
        ({"p": None}, 1, "The courses that 'p' ranked must be a list of names, not None."),
        ({"p": "abc"}, 1, "The courses that 'p' ranked must be a list of names, not 'abc'."),
        ({"p": {"a", "b"}}, 1, "The courses that 'p' ranked must be a list of names"),
        ({"p": ["a", ""]}, 1, "The courses that 'p' ranked must be a list of names; one of them is ''."),
        ({"p": ["a", "a"]}, 1, "The courses that 'p' ranked must be named once each; 'a' stands there 2 times."),
        ({"p": ["a"]}, 0, "The number of ranks that count must be at least 1"),
    ],
)
def test_rankings_that_are_none_are_refused(rankings, first, words):
    with pytest.raises(ScienceError, match=words):
        demand(rankings, first=first)
