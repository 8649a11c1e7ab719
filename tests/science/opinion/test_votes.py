"""Votes as they come in: which count, and which are refused."""

import numpy as np
import pytest
from scipy import sparse

from lecen.science.errors import ScienceError
from lecen.science.opinion.votes import (
    MOST_STATEMENTS,
    take_votes,
    votes_from_sparse,
    votes_from_table,
    votes_from_triples,
)

TABLE = [[1, np.nan, 0], [np.nan, -1, 1]]


def as_table(votes):
    table = np.full((len(votes.people), len(votes.statements)), np.nan)
    table[votes.voters, votes.places] = votes.answers
    return [[None if np.isnan(cell) else cell for cell in row] for row in table.tolist()]


def test_a_pass_is_a_vote_and_an_unseen_cell_is_none():
    assert votes_from_table(TABLE).votes_cast.tolist() == [2, 2]


def test_a_stored_zero_of_a_sparse_matrix_is_a_pass():
    matrix = sparse.coo_array(([1, 1, 0, -1], ([0, 1, 0, 1], [0, 2, 2, 1])), shape=(2, 3))

    assert as_table(votes_from_sparse(matrix)) == as_table(votes_from_table(TABLE))


@pytest.mark.parametrize("kind", [sparse.csr_array, sparse.csc_array, sparse.csr_matrix])
def test_every_kind_of_sparse_matrix_is_read(kind):
    matrix = kind((np.array([1, 0, -1]), (np.array([0, 0, 1]), np.array([1, 2, 0]))), shape=(2, 3))

    assert as_table(take_votes(matrix)) == [[None, 1, 0], [-1, None, None]]


def test_the_last_vote_of_a_person_on_a_statement_counts():
    votes = votes_from_triples(["ann", "bo", "ann", "ann"], [7, 7, 9, 7], [1, -1, 0, -1])

    assert (votes.people.tolist(), votes.statements.tolist(), as_table(votes)[0]) == (["ann", "bo"], [7, 9], [-1, 0])


@pytest.mark.parametrize("ids", [[3, 0, 5], [-3, 10**12, 4], ["c", "a", "d"]])
def test_labels_of_any_kind_are_kept_in_rising_order(ids):
    assert votes_from_triples(ids, [0, 0, 0], [1, 1, 1]).people.tolist() == sorted(ids)


def test_statements_taken_out_are_left_out_and_their_voters_stay():
    votes = votes_from_triples([1, 1, 2], [10, 11, 11], [1, -1, 1], hidden=[11, 99])

    assert (votes.statements.tolist(), votes.votes_cast.tolist()) == ([10], [1, 0])


def test_an_unknown_statement_cannot_be_left_out():
    with pytest.raises(ScienceError, match="not among the statements"):
        votes_from_table(TABLE).without([8])


@pytest.mark.parametrize("bad", [5, "01", [[1]], None])
@pytest.mark.parametrize(
    "take",
    [
        lambda hidden: votes_from_triples([1], [1], [1], hidden=hidden),
        lambda hidden: votes_from_table(TABLE, hidden=hidden),
        lambda hidden: votes_from_sparse(sparse.csr_array([[1, 1]]), hidden=hidden),
    ],
)
def test_what_is_no_list_of_statements_cannot_be_left_out(take, bad):
    with pytest.raises(ScienceError, match="The statements to be left out must be a list of labels"):
        take(bad)


def test_some_people_are_taken_with_their_votes():
    assert as_table(votes_from_table(TABLE).of_people(np.array([1, 1]))) == [[None, -1, 1], [None, -1, 1]]


def test_statements_are_taken_in_another_order():
    votes = votes_from_table(TABLE).arranged(np.array([2, 0, 1]))

    assert (as_table(votes), votes.places.tolist()) == ([[0, 1, None], [1, None, -1]], [0, 1, 0, 2])


@pytest.mark.parametrize("bad", [2, 0.5, -3, np.inf])
def test_an_unknown_answer_is_refused(bad):
    with pytest.raises(ScienceError, match=r"A vote must be 1|must be finite"):
        votes_from_table([[1, bad], [0, 1]])


@pytest.mark.parametrize("bad", [np.nan, 3, "yes", None])
def test_an_unknown_answer_of_a_triple_is_refused(bad):
    with pytest.raises(ScienceError, match=r"[Vv]ote"):
        votes_from_triples([1], [1], [bad])


def test_a_cell_stored_twice_is_refused():
    with pytest.raises(ScienceError, match="Person 1 has two votes on statement 2"):
        votes_from_sparse(sparse.coo_array(([1, 1, 1], ([0, 1, 1], [0, 2, 2])), shape=(2, 3)))


@pytest.mark.parametrize(
    ("triples", "message"),
    [
        (([1, 2], [1], [1]), "Each vote needs"),
        (([], [], []), "list of labels|at least one"),
        (([1.5], [1], [1]), "People must be one list of labels"),
        (([[1]], [1], [1]), "People must be one list of labels"),
        (([1], [[1], [2, 3]], [1]), "Statements must be one list of labels"),
        (([1], [None], [1]), "Statements must be one list of labels"),
        (([1, "a"], [1, 1], [1, 1]), "People must be one list of labels"),
        (([1, 2], ["a", b"a"], [1, 1]), "Statements must be one list of labels"),
        (([True, 2], [1, 1], [1, 1]), "People must be one list of labels"),
    ],
)
def test_triples_that_are_none_are_refused(triples, message):
    with pytest.raises(ScienceError, match=message):
        votes_from_triples(*triples)


@pytest.mark.parametrize(
    "bad", [[], [1, 0], "votes", [[1], [1, 0]], [["a"]], {}, None, np.zeros((2, 2, 2)), [[np.nan]]]
)
def test_what_is_no_table_is_refused(bad):
    with pytest.raises(ScienceError):
        take_votes(bad)


def test_too_many_statements_are_refused_before_they_cost_anything():
    with pytest.raises(ScienceError, match="1,000,000 statements; at most"):
        votes_from_sparse(sparse.coo_array(([1], ([0], [0])), shape=(2, 1_000_000)))
    with pytest.raises(ScienceError, match="at most"):
        votes_from_triples([1] * (MOST_STATEMENTS + 1), range(MOST_STATEMENTS + 1), [1] * (MOST_STATEMENTS + 1))
