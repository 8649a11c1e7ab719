"""The plane against plain linear algebra on the whole table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.opinion import projection as module
from lecen.science.opinion.projection import person_keys, project, statement_keys
from lecen.science.opinion.tally import tally_votes
from lecen.science.opinion.votes import votes_from_table
from tests.science.opinion.simulated import REAL, real_votes_left_in, simulated_votes

SAME = 0.96


def projected(table):
    votes = votes_from_table(table)
    return project(votes, tally_votes(votes))


def dense_positions(table):
    """The same plane by a singular value decomposition of the whole table with its gaps filled."""
    seen = ~np.isnan(table)
    means = np.where(seen, table, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    filled = np.where(seen, table, means) - means
    components = np.linalg.svd(filled, full_matrices=False)[2][:2]
    greatest = np.abs(components).argmax(axis=1)
    components *= np.sign(components[[0, 1], greatest])[:, np.newaxis]
    return filled @ components.T * np.sqrt(table.shape[1] / np.maximum(seen.sum(axis=1), 1))[:, np.newaxis]


@pytest.mark.parametrize("uneven", [False, True])
def test_positions_equal_a_dense_reference(uneven):
    table, _ = simulated_votes(seed=1, groups=3, apart=1, uneven=uneven)

    assert projected(table).positions == pytest.approx(dense_positions(table), abs=1e-8)


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_positions_of_real_votes_equal_a_dense_reference(real_data, name):
    table, _ = real_votes_left_in(real_data, name)

    assert projected(table).positions == pytest.approx(dense_positions(table), abs=1e-8)


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def test_people_stand_nearest_to_the_middle_of_the_group_another_system_gave_them(real_data, name):
    table, given_groups = real_votes_left_in(real_data, name)
    inside = given_groups >= 0
    places, groups = projected(table).positions[inside], given_groups[inside]
    means = np.array([places[groups == group].mean(axis=0) for group in np.unique(groups)])

    nearest = np.linalg.norm(places[:, np.newaxis] - means, axis=2).argmin(axis=1)

    assert (np.unique(groups)[nearest] == groups).mean() >= SAME


def test_true_groups_stand_apart():
    table, groups = simulated_votes(seed=2, groups=2, apart=2)
    places = projected(table).positions[:, 0]

    assert ((places > 0) == (groups == groups[places.argmax()])).mean() > 0.99


def test_adding_up_in_parts_changes_nothing(monkeypatch):
    table, _ = simulated_votes(seed=3)
    whole = projected(table).positions.tolist()
    monkeypatch.setattr(module, "VOTES_AT_ONCE", 10)

    assert projected(table).positions.tolist() == whole


def test_agreeing_with_the_statement_of_greatest_weight_moves_to_the_positive_side():
    weights = projected(simulated_votes(seed=4, groups=2, apart=1)[0]).weights

    assert (weights[np.abs(weights).argmax(axis=0), [0, 1]] > 0).all()


def test_people_on_a_line_have_no_second_component():
    plane = projected([[1, -1], [-1, 1], [1, -1]])

    assert (plane.weights[:, 1].tolist(), plane.variances[1] < 1e-12) == ([0, 0], True)


def test_who_has_not_voted_stands_in_the_middle():
    assert projected([[1, -1], [-1, 1], [np.nan, np.nan]]).positions[2].tolist() == [0, 0]


def test_shares_of_variation_equal_those_of_all_components():
    table, _ = simulated_votes(seed=5, share=1)
    values = np.linalg.eigvalsh(np.cov(table.T))[::-1]

    assert projected(table).variances == pytest.approx(values[:2] / values.sum())


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), people=st.integers(3, 30), statements=st.integers(2, 9))
def test_another_order_gives_the_same_place_to_the_last_digit(seed, people, statements):
    table, _ = simulated_votes(seed=seed, people=people, statements=statements, share=0.7, groups=2, apart=1)
    table[:2] = [[1] * statements, [-1] * statements]
    chance = np.random.default_rng(seed)
    rows, columns = chance.permutation(people), chance.permutation(statements)
    keys = statement_keys(tally_votes(votes_from_table(table)))
    plane, moved = projected(table), projected(table[rows][:, columns])

    if len(set(keys.tolist())) == statements:
        assert moved.positions.tolist() == plane.positions[rows].tolist()
        assert moved.weights.tolist() == plane.weights[columns].tolist()
    else:  # Statements that no count tells apart may change places in the sums.
        assert moved.variances == pytest.approx(plane.variances, abs=1e-9)


def test_keys_of_people_depend_on_their_votes_alone():
    table, _ = simulated_votes(seed=6)
    votes, moved = votes_from_table(table), votes_from_table(table[:, ::-1])

    keys, same = (person_keys(each, statement_keys(tally_votes(each))) for each in (votes, moved))

    assert (keys.tolist(), len(set(keys.tolist()))) == (same.tolist(), len(table))


@pytest.mark.parametrize("table", [[[1, 0], [1, 0]], [[1, np.nan], [np.nan, -1]], [[0, 0]]])
def test_votes_in_which_nobody_differs_are_refused(table):
    with pytest.raises(ScienceError, match="Nobody differs"):
        projected(table)
