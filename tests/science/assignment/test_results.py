"""An outcome in words."""

import pytest

from lecen.science.assignment import Person, Section, assign_sessions
from lecen.science.assignment.results import Assignment

FOUND = Assignment({"a": ()}, "floor", 1_995, 2_000, 0.0025, 1_900, 0.625, 0.7, (), "gap")


def test_a_floor_is_told_with_what_none_can_exceed():
    assert FOUND.words == (
        "1,995 points for 1 person (1,900 by draft). Each has at least 62% of what they could have alone; no answer on "
        "the same terms gives everybody 71%. No answer on the same terms scores more than 2,000: at most 0.250% is missing."
    )


def test_a_floor_of_all_that_there_is_needs_no_bound():
    people = [Person("a", ("x",)), Person("b", ("y",))]

    words = assign_sessions(people, [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1)], policy="floor", seed=1).words

    assert "Each has at least 100% of what they could have alone. No answer" in words


def test_a_floor_is_never_above_its_bound():
    people = [Person("a", ("x", "y")), Person("b", ("x", "y"))]
    sections = [Section("x1", "x", 1, 1), Section("y1", "y", 1, 1)]

    found = assign_sessions(people, sections, policy="floor", points=(3, 2), seed=1)

    assert found.floor == found.floor_bound == 2 / 3
    assert "no answer on the same terms gives everybody 67%" in found.words


@pytest.mark.parametrize(("score", "told"), [(2_000_000 - 1, "at most 0.001% is missing"), (2_000_000, "0.000%")])
def test_what_is_missing_is_rounded_up(score, told):
    found = Assignment({}, "sum", score, 2_000_000, (2_000_000 - score) / 2_000_000, 0, None, None, (), "gap")

    assert told in found.words


def test_a_draft_claims_no_bound():
    found = assign_sessions([Person("a", ("x",))], [Section("x1", "x", 1, 1)], policy="draft", seed=1)

    assert (found.words, found.ended) == ("1 point for 1 person (1 by draft).", None)
