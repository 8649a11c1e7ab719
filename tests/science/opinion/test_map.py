"""The whole map: what it finds, what it refuses, and that no order changes it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from lecen.science.errors import ScienceError
from lecen.science.intervals import wilson
from lecen.science.opinion.description import describe_groups
from lecen.science.opinion.map import count_answers, map_opinions
from lecen.science.opinion.tally import tally_votes, update_tally
from lecen.science.opinion.votes import votes_from_table, votes_from_triples
from tests.science.opinion.simulated import REAL, dealt_anew, real_votes_left_in, simulated_votes


def triples(table):
    rows, columns = np.nonzero(~np.isnan(table))
    return rows, columns, table[rows, columns]


def answer(found):
    """All that an order of people and statements must not change, in the order of their labels."""
    people, statements = np.argsort(found.people), np.argsort(found.statements)
    return [
        found.positions[people].tolist(),
        found.weights[statements].tolist(),
        found.variances.tolist(),
        found.groups[people].tolist(),
        found.centers.tolist(),
        found.evidence,
        found.agree[:, statements].tolist(),
    ]


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_true_groups_are_found(groups):
    table, truth = simulated_votes(seed=groups, people=300, groups=groups, apart=2)

    found = map_opinions(table, seed=1)

    inside = found.groups >= 0
    together = np.array([np.bincount(truth[inside & (found.groups == group)]).max() for group in range(groups)])
    assert (found.clear, len(found.centers)) == (True, groups)
    assert together.sum() / inside.sum() > 0.9


def test_two_groups_at_the_stated_separation_are_found_four_times_in_five():
    tables = (simulated_votes(seed=seed, groups=2, apart=1.25)[0] for seed in range(8))
    found = sum(map_opinions(table, seed=1).clear for table in tables)

    assert found >= 7


def test_votes_without_structure_give_no_clear_groups():
    alarms = 0
    for seed in range(60):
        table, _ = simulated_votes(seed=seed, people=60, statements=12, groups=2, apart=2, uneven=True)
        alarms += map_opinions(dealt_anew(table, np.random.default_rng(seed)), seed=seed).clear

    assert wilson([alarms], [60])[0][0] <= 0.05


def test_a_spectrum_is_no_groups():
    found = map_opinions(simulated_votes(seed=1, people=400, spectrum=0.8)[0], seed=1)

    assert (found.clear, found.evidence.agreement, set(found.groups.tolist())) == (False, 1 / 40, {0})


def test_without_clear_groups_all_stand_around_one_middle():
    found = map_opinions(simulated_votes(seed=1)[0], seed=1)

    assert (found.centers.shape, found.agree.sum(axis=0).tolist()) == ((1, 2), (found.agree[0]).tolist())


def test_who_voted_on_too_few_statements_is_in_no_group():
    table, _ = simulated_votes(seed=2, groups=2, apart=2, uneven=True)
    found = map_opinions(table, seed=1)

    assert ((found.groups == -1) == (found.votes_cast < 7)).all()


def test_with_fewer_than_seven_statements_who_voted_on_all_is_in_a_group():
    found = map_opinions(np.repeat([[1.0, 1, -1], [-1, -1, 1]], 20, axis=0), seed=1)

    assert (found.groups >= 0).all()


def test_no_group_is_smaller_than_ten():
    table = np.vstack([simulated_votes(seed=3, groups=2, apart=2, share=1)[0], np.ones((9, 30))])

    found = map_opinions(table, seed=1)

    assert np.bincount(found.groups).min() >= 10


def test_groups_are_described_and_everybody_counts_in_the_totals():
    table, _ = simulated_votes(seed=8, groups=2, apart=2, uneven=True)
    table[-40:, 1:] = np.nan  # people of one vote, or none
    found = map_opinions(table, seed=1)

    outside = votes_from_table(table[found.groups == -1])
    expected = describe_groups(
        agree=found.agree,
        disagree=found.disagree,
        passed=found.passed,
        people=np.bincount(found.groups[found.groups >= 0]),
        ungrouped=np.concatenate(count_answers(outside, np.zeros(len(outside.people), int), 1)),
        ungrouped_people=len(outside.people),
    )
    assert found.description == expected
    assert expected.statements[0].total.n == (~np.isnan(table[:, 0])).sum()


def test_where_there_are_no_clear_groups_none_are_described():
    assert map_opinions(simulated_votes(seed=1)[0], seed=1).description is None


@pytest.mark.data
@pytest.mark.parametrize(("name", "groups"), [*zip(REAL, [1, 2, 1], strict=True)])
def test_of_three_real_conversations_one_has_clear_groups(real_data, name, groups):
    found = map_opinions(real_votes_left_in(real_data, name)[0], seed=1)

    assert (len(found.centers), found.evidence.agreement) == (groups, 1 / 40)


def test_answers_are_counted_by_group():
    votes = votes_from_table([[1, 0], [-1, np.nan], [1, 1], [1, 1]])

    agree, disagree, passed = count_answers(votes, np.array([0, 0, 1, -1]), 2)

    assert agree.tolist() == [[1, 0], [1, 1]]
    assert (disagree.tolist(), passed.tolist()) == ([[1, 0], [0, 0]], [[0, 1], [0, 0]])


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), groups=st.integers(1, 3), uneven=st.booleans())
def test_another_order_of_people_and_statements_gives_the_same_map(seed, groups, uneven):
    table, _ = simulated_votes(seed=seed, people=50, statements=10, share=0.7, groups=groups, apart=2, uneven=uneven)
    table[:2] = [[1] * 10, [-1] * 10]
    chance = np.random.default_rng(seed)
    rows, columns = chance.permutation(50), chance.permutation(10)
    moved = replace(votes_from_table(table[rows][:, columns]), people=rows, statements=columns)

    assert answer(map_opinions(moved, seed=1)) == answer(map_opinions(table, seed=1))


@pytest.mark.parametrize("groups", [2, 3])
def test_statements_put_the_other_way_round_give_the_same_groups(groups):
    table, _ = simulated_votes(seed=9, groups=groups, apart=1.5)
    sides = np.random.default_rng(9).choice([-1, 1], table.shape[1])

    one, other = (map_opinions(votes, seed=1) for votes in (table, table * sides))

    assert (one.groups.tolist(), one.evidence) == (other.groups.tolist(), other.evidence)


def test_the_same_votes_in_every_form_give_the_same_map():
    table, _ = simulated_votes(seed=4, groups=2, apart=2)
    rows, columns, answers = triples(table)
    matrix = sparse.coo_array((answers, (rows, columns)), shape=table.shape)

    maps = [
        answer(map_opinions(votes, seed=1)) for votes in (table, matrix, votes_from_triples(rows, columns, answers))
    ]

    assert maps[0] == maps[1] == maps[2]


def test_a_tally_kept_up_to_date_gives_the_same_map():
    table, _ = simulated_votes(seed=5, groups=2, apart=2)
    people, statements, answers = triples(table)
    early = (people < 150) & (statements < 25) & ((people + statements) % 9 > 0)
    changed = np.where(early & (people % 5 == 0), 0, answers)
    before = votes_from_triples(people[early], statements[early], changed[early])
    now = votes_from_triples(people, statements, answers)

    updated = update_tally(tally_votes(before), before=before, after=now)

    assert answer(map_opinions(now, seed=1, tally=updated)) == answer(map_opinions(now, seed=1))


def test_the_seed_alone_decides_chance():
    table, _ = simulated_votes(seed=6, groups=2, apart=1)

    assert answer(map_opinions(table, seed=3)) == answer(map_opinions(table, seed=3))


@pytest.mark.parametrize(
    ("votes", "message"),
    [
        ([[1.0, -1]], "two people; the votes are of 1"),
        ([[1.0], [-1]], "two statements; the votes are of 1"),
        (np.ones((30, 8)), "Nobody differs"),
    ],
)
def test_what_cannot_be_mapped_is_refused(votes, message):
    with pytest.raises(ScienceError, match=message):
        map_opinions(votes, seed=1)


@pytest.mark.parametrize("options", [{"seed": -1}, {"seed": 1.5}, {"seed": 1, "least": 1}, {"seed": 1, "least": True}])
def test_options_out_of_range_are_refused(options):
    with pytest.raises(ScienceError):
        map_opinions([[1, -1], [-1, 1]], **options)


def test_two_people_have_a_map_without_groups():
    found = map_opinions([[1, -1], [-1, 1]], seed=1)

    assert (found.clear, found.groups.tolist(), found.evidence.separation) == (False, [0, 0], 1)


def test_people_without_any_vote_and_statements_without_any_voter_are_let_be():
    table, _ = simulated_votes(seed=7, groups=2, apart=2)
    table[5], table[:, 6] = np.nan, np.nan

    found = map_opinions(table, seed=1)

    assert (found.positions[5].tolist(), found.groups[5], found.weights[6].tolist()) == ([0, 0], -1, [0, 0])


@pytest.mark.parametrize(("copies", "clear"), [(1, False), (6, True), (12, True)])
def test_copies_of_one_statement_come_back_as_clear_groups(copies, clear):
    # A limit that the page tells: the other statements say nothing about who belongs together.
    table = np.random.default_rng(1).choice([-1.0, 0.0, 1.0], (300, 20), p=[0.4, 0.2, 0.4])

    found = map_opinions(np.hstack([table, np.repeat(table[:, :1], copies - 1, axis=1)]), seed=1)

    assert found.clear == clear
