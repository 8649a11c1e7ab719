"""The description of groups: who is in it, what is refused, and real conversations."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.opinion import describe_groups, map_opinions
from tests.science.opinion.known_shares import described
from tests.science.opinion.simulated import real_votes, simulated_votes

VOTES = np.array([[[60, 30], [30, 80]], [[30, 50], [60, 20]], [[20, 20], [20, 25]]])
PEOPLE = np.array([120, 130])
GOOD = {"agree": VOTES[0], "disagree": VOTES[1], "passed": VOTES[2], "people": PEOPLE}


def test_shares_are_of_those_who_voted():
    first = described(VOTES, PEOPLE).statements[0].groups[0]

    assert (first.n, first.agree.count, first.disagree.count) == (110, 60, 30)
    assert first.agree.share == pytest.approx(60 / 110)
    assert first.agree.low < 60 / 110 < first.agree.high


def test_the_words_say_what_a_range_means_and_what_it_does_not():
    assert described(VOTES, PEOPLE).words == (
        "The people counted here chose to take part, so these figures are not representative of residents. A range says "
        "how far a figure could be moved by chance in who among such participants came. It is no margin of error for "
        "residents."
    )


def test_totals_are_over_the_groups():
    total = described(VOTES, PEOPLE).statements[1].total

    assert (total.n, total.agree.count, total.disagree.count) == (225, 110, 70)


def test_a_group_below_k_is_in_no_figure():
    small = np.concatenate([VOTES, [[[5, 4]], [[2, 2]], [[1, 1]]]], axis=1)

    found = described(small, np.array([120, 130, 9]))

    assert found.people == (120, 130, None)
    assert found.statements[0].groups[2] is None
    assert [one.total for one in found.statements] == [one.total for one in described(VOTES, PEOPLE).statements]
    assert found.tests == 3 * 2 * 2


def test_where_no_group_has_k_people_nothing_is_said():
    found = described(np.ones((3, 2, 4)), np.array([9, 9]))

    assert (found.people, found.representative, found.common_ground, found.division) == ((None, None), (), (), ())
    assert all(one.total.n is None for one in found.statements)


def test_fewer_than_k_votes_on_a_statement_withhold_its_shares():
    votes = VOTES.copy()
    votes[:, 0, 0] = 3, 3, 3

    line = described(votes, PEOPLE).statements[0]

    assert [(group.n, group.agree) for group in line.groups] == [(None, None), (None, None)]
    assert line.total.n == 119


def test_totals_over_everybody_count_people_in_no_group():
    found = describe_groups(**GOOD, ungrouped=[[20, 20], [20, 20], [20, 20]], ungrouped_people=70)

    assert [one.total.n for one in found.statements] == [280, 285]
    assert [group.n for group in found.statements[0].groups] == [110, 110]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_of_groups_and_statements_changes_only_their_places(data):
    votes = np.array(data.draw(st.lists(st.integers(10, 60), min_size=18, max_size=18))).reshape(3, 2, 3)
    people = votes.sum(axis=0).max(axis=1)
    order = data.draw(st.permutations(range(3)))

    plain, turned = described(votes, people), described(votes[:, ::-1][:, :, order], people[::-1])

    assert {(one.group, one.statement, one.side, one.p_value) for one in plain.representative} == {
        (1 - one.group, order[one.statement], one.side, one.p_value) for one in turned.representative
    }
    assert [one.low for one in plain.division] == pytest.approx([one.low for one in turned.division])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agree": [[1.5, 1], [1, 1]]}, "Counts of people who agree must be whole numbers"),
        ({"passed": [[-1, 1], [1, 1]]}, "Counts of people who pass must be whole numbers"),
        ({"disagree": [[np.nan, 1], [1, 1]]}, "Counts of people who disagree must be finite"),
        ({"disagree": [[1, 1]]}, "must have one shape"),
        ({"agree": []}, "must have 2 dimensions"),
        ({"agree": [[], []]}, "at least one number"),
        ({"agree": [["a", "b"], ["c", "d"]]}, "must be numbers"),
        ({"people": [120]}, "2 groups of votes, but 1 numbers"),
        ({"people": [120, 100]}, "Group 1 has more votes on statement 0 than people"),
        ({"people": [120, np.inf]}, "must be finite"),
        ({"people": [120, 20_000_000]}, "At most 10,000,000 people in a group"),
        ({"k": 1}, "k must be at least 2"),
        ({"level": 1}, "The level must lie between"),
        ({"false_discovery_rate": 0}, "The false discovery rate must lie between"),
        ({"least_difference": -0.1}, "The least difference must lie between"),
        ({"ungrouped": [[1, 1], [1, 1], [1, 1]]}, "need both their votes and how many"),
        ({"ungrouped_people": 4}, "need both their votes and how many"),
        ({"ungrouped": [[1, 1]], "ungrouped_people": 4}, r"need the shape \(3, 2\)"),
        ({"ungrouped": [[1, 1], [1, 1], [1, 1]], "ungrouped_people": 2}, "must be at least 3"),
    ],
)
def test_what_is_no_count_of_votes_is_refused(change, message):
    with pytest.raises(ScienceError, match=message):
        describe_groups(**(GOOD | change))


@pytest.mark.parametrize("shape", [(21, 2), (2, 10_001)])
def test_more_than_anybody_could_read_is_refused_at_once(shape):
    table = np.ones(shape)
    with pytest.raises(ScienceError, match="At most 20 groups and 10,000 statements"):
        describe_groups(agree=table, disagree=table, passed=table, people=np.full(shape[0], 100))


@pytest.mark.parametrize("votes", [np.zeros((3, 2, 1)), np.full((3, 1, 1), 40), np.full((3, 2, 1), 10**6)])
def test_nobody_one_group_and_multitudes_are_described(votes):
    people = votes.sum(axis=0).max(axis=1).astype(int) + 10

    assert len(described(votes, people).statements) == 1


def test_the_groups_of_a_map_are_described():
    table, _ = simulated_votes(seed=1, people=400, groups=2, apart=1.2)
    found = map_opinions(table, seed=1)

    said = describe_groups(
        agree=found.agree, disagree=found.disagree, passed=found.passed, people=np.bincount(found.groups)
    )

    assert found.clear
    assert {one.group for one in said.representative} == {0, 1}
    assert said.people == tuple(np.bincount(found.groups))


def real_groups(folder, name):
    """Count the votes (3, groups, statements) and people of the groups that the conversation's own system found."""
    table, group = real_votes(folder, name)
    members = [table[group == number] for number in range(group.max() + 1)]
    votes = np.array([[(one == answer).sum(axis=0) for one in members] for answer in (1, -1, 0)])
    return votes, np.array([len(one) for one in members])


@pytest.mark.data
def test_a_real_conversation_is_told_as_those_who_led_it_told_it(real_data):
    found = described(*real_groups(real_data, "vtaiwan.uberx"))

    first, ground = found.representative[0], [one.statement for one in found.common_ground[:3]]
    assert found.people == (330, 889)
    assert (first.group, first.side, first.statement) == (0, "agree", 44)  # cars without authorization are a danger
    assert ground == [40, 16, 7]  # drivers are checked, passengers insured


@pytest.mark.data
@pytest.mark.parametrize("name", ["brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"])
def test_no_small_count_of_a_real_conversation_is_shown(real_data, name):
    found = described(*real_groups(real_data, name))

    shown = [line for one in found.statements for line in (*one.groups, one.total) if line]
    cells = [share for line in shown for share in (line.agree, line.disagree) if share]
    assert len(cells) > 20
    assert all(10 <= cell.count <= cell.n - 10 for cell in cells)
    assert all(line.n is None or line.n >= 10 for line in shown)
    assert all(10 <= one.others.count <= one.others.n - 10 for one in found.representative)


@pytest.mark.data
def test_a_conversation_of_26_people_is_mostly_withheld(real_data):
    found = described(*real_groups(real_data, "london.youth.policing"))

    assert found.people == (None, 18, None)
    assert all(
        line is None or (line.agree, line.disagree) == (None, None) for one in found.statements for line in one.groups
    )
    assert (found.representative, found.common_ground, found.division) == ((), (), ())
