"""What a matching tells: why, at which place, and who goes on waiting."""

import re

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.matching import Pair, Unmatched, best_matching, blocking_pairs, pool, result, stable_matching

PEOPLE = pool(
    ["Adams", "Ruiz", "Webb"],
    ["Baker", "Chen"],
    {"same kind of beat": [[2, 0], [2, 0], [0, 0]], "their choice": [[3, 1], [1, 0], [0, 0]]},
    {"can help with it": [[1, 1], [0.5, 2], [0, 0]]},
    seats={"Baker": 1, "Chen": 3},
    forbidden=[("Webb", "Baker"), ("Webb", "Chen")],
    waited={"Webb": 2},
)


def test_a_pair_shows_the_parts_of_its_score_and_the_places_of_each_for_the_other():
    assert best_matching(PEOPLE, seed=1).pairs == (
        Pair("Adams", "Baker", 6.0, {"same kind of beat": 2, "their choice": 3}, {"can help with it": 1}, 1, 1, False),
        Pair("Ruiz", "Chen", 2.0, {"same kind of beat": 0, "their choice": 0}, {"can help with it": 2}, 2, 1, False),
    )


def test_those_left_over_carry_their_waiting_into_the_next_round():
    found = best_matching(PEOPLE, seed=1)

    assert found.unmatched == (Unmatched("Webb", "no mentor may be paired with them", 3),)
    assert (found.carried(), found.free, found.score) == ({"Webb": 3}, {"Chen": 2}, 8.0)


def test_a_mentee_of_full_mentors_is_told_so():
    one = best_matching(pool(["a", "b"], ["c"], {"own": [[1], [2]]}), seed=1)
    two = best_matching(pool(["a", "b", "c"], ["d", "e"], {"own": [[1, 1], [2, 2], [2, 2]]}), seed=1)

    assert [one.unmatched[0].reason, two.unmatched[0].reason] == [
        "the mentor they may have is full",
        "all 2 mentors whom they may have are full",
    ]


def test_a_pair_who_would_both_rather_have_each_other_is_found():
    people = pool(["a", "b"], ["c", "d"], {"own": [[2, 1], [9, 0]]}, {"other": [[2, 0], [1, 0]]})
    found = best_matching(people, seed=1)

    assert [(pair.mentee, pair.mentor) for pair in found.pairs] == [("a", "d"), ("b", "c")]
    assert blocking_pairs(people, found) == (("a", "c"),)


def test_a_mentee_bound_by_a_required_pair_blocks_nothing():
    people = pool(["a"], ["c", "d"], {"own": [[1, 9]]}, {"other": [[1, 9]]}, required=[("a", "c")])

    assert blocking_pairs(people, best_matching(people, seed=1)) == ()


def test_a_matching_of_another_pool_is_refused():
    found = best_matching(pool(["a"], ["b"], {"own": [[1]]}), seed=1)

    with pytest.raises(ScienceError, match=re.escape("pairs 'a' with 'b', who are not both in the pool")):
        blocking_pairs(PEOPLE, found)


def test_places_hold_where_values_beside_owners_outgrow_one_number():
    values, owner = np.array([9, 5, 5, 7, 1]) * 10**17, np.array([50, 50, 50, 60, 60])

    assert result._places(values, np.ones(5, dtype=bool), owner).tolist() == [1, 2, 2, 1, 2]


def test_choices_hold_where_points_are_huge_and_people_many():
    count, parts = 3000, 60
    mentees, mentors = ([f"{side}{number:04d}" for number in range(count)] for side in "mw")
    # Everybody wants the mentor of their own number, and not the next.
    pairs = [(mentees[at], mentors[(at + far) % count]) for at in range(count) for far in range(2)]
    huge = {f"part {number:02d}": np.tile([1e6, -1e6], count) for number in range(parts)}
    found = stable_matching(pool(mentees, mentors, huge, candidates=pairs), seed=1)

    assert [(pair.mentee, pair.mentor) for pair in found.pairs] == list(zip(mentees, mentors, strict=True))
