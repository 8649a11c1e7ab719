"""An outcome in words."""

import pytest

from lecen.science.assignment import Person, Section, assign_sessions
from lecen.science.assignment.results import Assignment

FOUND = Assignment({"a": ()}, "floor", 1_995, 2_000, 0.0025, 1_900, 0.625, 0.7, (), "gap")


def test_a_floor_is_told_with_what_none_can_exceed():
    assert FOUND.words == (
        "1,995 points for 1 people (1,900 by draft). Each has at least 62% of what they could have alone; no answer "
        "gives everybody more than 70%. No answer on the same terms scores more than 2,000: at most 0.250% is missing."
    )


@pytest.mark.parametrize(("score", "told"), [(2_000_000 - 1, "at most 0.001% is missing"), (2_000_000, "0.000%")])
def test_what_is_missing_is_rounded_up(score, told):
    found = Assignment({}, "sum", score, 2_000_000, (2_000_000 - score) / 2_000_000, 0, None, None, (), "gap")

    assert told in found.words


def test_a_draft_claims_no_bound():
    found = assign_sessions([Person("a", ("x",))], [Section("x1", "x", 1, 1)], policy="draft", seed=1)

    assert (found.words, found.ended) == ("1 points for 1 people (1 by draft).", None)
