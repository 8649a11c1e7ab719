"""What a matching tells: why, at which place, and who goes on waiting."""

from lecen.science.matching import Pair, Unmatched, best_matching, blocking_pairs, pool

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
