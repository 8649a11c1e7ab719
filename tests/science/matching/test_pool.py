"""What a pool takes, in which order it keeps it, and what it refuses."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.matching import pool

MENTEES, MENTORS = ["Ruiz", "Adams"], ["Chen", "Baker", "Okoye"]
TABLE = [[1, 2, 3], [4, 5, 6.25]]


def test_a_pool_keeps_names_and_points_in_the_order_of_names():
    people = pool(MENTEES, MENTORS, {"own": TABLE}, seats={"Baker": 2}, waited={"Ruiz": 3})

    assert (people.mentees, people.mentors) == (("Adams", "Ruiz"), ("Baker", "Chen", "Okoye"))
    assert people.mentee_parts["own"].tolist() == [5_000_000, 4_000_000, 6_250_000, 2_000_000, 1_000_000, 3_000_000]
    assert (people.seats.tolist(), people.waited.tolist()) == ([2, 1, 1], [0, 3])


def test_listed_candidates_are_sorted_with_their_points():
    people = pool(MENTEES, MENTORS, {"own": [1, 2]}, candidates=[("Ruiz", "Chen"), ("Adams", "Okoye")])

    assert (people.mentee_of.tolist(), people.mentor_of.tolist()) == ([0, 1], [2, 1])
    assert people.mentee_parts["own"].tolist() == [2_000_000, 1_000_000]


def test_those_who_waited_and_do_not_come_again_are_passed_over():
    people = pool(MENTEES, MENTORS, {"own": TABLE}, waited={"Ruiz": 2, "Gone": 1})

    assert people.waited.tolist() == [0, 2]


def test_names_are_ordered_by_every_character():
    people = pool(["a\0", "a"], ["b"], {"own": [[5], [1]]})

    assert (people.mentees, people.mentee_parts["own"].tolist()) == (("a", "a\0"), [1_000_000, 5_000_000])


def test_forbidden_pairs_and_oneself_are_no_candidates():
    people = pool(["a", "b"], ["a", "c"], {"own": np.ones((2, 2))}, forbidden=[("b", "a")])

    assert (people.mentee_of.tolist(), people.mentor_of.tolist()) == ([0, 1], [1, 1])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mentees": []}, "At least one mentee is needed."),
        ({"mentees": "Ruiz"}, "The mentees must be a list of names, not 'Ruiz'."),
        ({"mentees": {"Ruiz", "Adams"}}, "The mentees must be a list of names, not {"),
        ({"mentees": ["Ruiz", " "]}, "The mentees must be a list of names; one of them is ' '."),
        ({"mentors": ["Chen", 3, "Okoye"]}, "The mentors must be a list of names; one of them is 3."),
        ({"mentors": ["Chen", "Chen", "Okoye"]}, "The mentors must be named once each; 'Chen' stands there 2 times."),
        ({"mentee_parts": {}}, "At least one part of the score is needed"),
        ({"mentee_parts": {"own": [[1, 2], [3, 4]]}}, r"must have the shape \(2, 3\), one number a pair, not \(2, 2\)"),
        ({"mentee_parts": {"own": [[1, 2, 3], [3, np.nan, 4]]}}, "place 1, 1 .* holds nan"),
        ({"mentee_parts": {"own": [[1, 2, 3], [3, 4, 1e9]]}}, "within 1,000,000 points of 0, not reach 1e"),
        ({"mentee_parts": {"own": "high"}}, "'own' must be numbers"),
        ({"mentee_parts": [[1, 2, 3], [4, 5, 6]]}, "The parts must be given by name"),
        ({"mentor_parts": np.ones((2, 3))}, "The parts must be given by name"),
        ({"mentee_parts": {"own": TABLE, 3: TABLE}}, "The parts must be a list of names; one of them is 3."),
        ({"forbidden": None}, "The forbidden pairs must be a list of pairs, not None."),
        ({"required": 5}, "The required pairs must be a list of pairs, not 5."),
        ({"candidates": 5}, "The candidates must be a list of pairs, not 5."),
        ({"candidates": {("Ruiz", "Chen")}}, "The candidates must be a list of pairs, not {"),
        ({"forbidden": [3]}, "A forbidden pair must be a mentee and a mentor, not 3"),
        ({"forbidden": [("Ruiz", ["Chen"])]}, "A forbidden pair must be a mentee and a mentor"),
        ({"candidates": []}, "The list of candidates is empty."),
        ({"candidates": ["RC"]}, "A candidate pair must be a mentee and a mentor, not 'RC'."),
        ({"candidates": [("Ruiz", "Nobody")]}, r"\('Ruiz', 'Nobody'\) names no mentor of the pool: 'Nobody'."),
        ({"candidates": [("Ruiz", "Chen")] * 2}, r"\('Ruiz', 'Chen'\) is listed twice"),
        ({"candidates": [("Ruiz", "Chen")]}, "'own' must have 1 dimensions"),
        ({"seats": {"Nobody": 1}}, "The seats name nobody of the pool: 'Nobody'."),
        ({"seats": -1}, "The seats must be at least 0, not -1."),
        ({"seats": True}, "The seats must be a whole number, not True."),
        ({"seats": {"Chen": -1}}, "The seats of 'Chen' must be at least 0, not -1."),
        ({"waited": {"Ruiz": 0.5}}, "The rounds waited of 'Ruiz' must be a whole number, not 0.5."),
        ({"waited": {"Ruiz": True}}, "The rounds waited of 'Ruiz' must be a whole number, not True."),
        ({"waited": 5}, "The rounds waited must be given by name, as a mapping, not 5."),
        ({"forbidden": [("Ruiz", "Chen")], "required": [("Ruiz", "Chen")]}, r"\('Ruiz', 'Chen'\) is forbidden or not"),
        ({"required": [("Ruiz", "Chen"), ("Ruiz", "Baker")]}, "'Ruiz' is required to have two mentors"),
        (
            {"required": [("Ruiz", "Chen"), ("Adams", "Chen")]},
            "'Chen' is required to take 2 mentees and has seats for 1",
        ),
    ],
)
def test_a_pool_refuses(change, words):
    given = {"mentees": MENTEES, "mentors": MENTORS, "mentee_parts": {"own": TABLE}} | change

    with pytest.raises(ScienceError, match=words):
        pool(**given)


def test_more_pairs_than_can_be_worked_with_are_refused():
    with pytest.raises(ScienceError, match="100,000,000 pairs are too many"):
        pool([f"a{n}" for n in range(10_000)], [f"b{n}" for n in range(10_000)], {"own": [[0]]})


@pytest.mark.parametrize("bonus", [1e300, 2.0])
def test_a_bonus_that_outgrows_all_points_is_refused(bonus):
    people = pool(["a"], ["b"], {"own": [[1]]}, waited={"a": 10**6})

    with pytest.raises(ScienceError, match="The bonus for waiting must come to at most 1,000,000 points for anybody"):
        people.bonus(bonus)
