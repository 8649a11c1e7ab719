"""Counts by pairs of statements against plain matrix algebra, and kept up to date against counted anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.opinion import tally as module
from lecen.science.opinion.tally import check_tally, tally_votes, update_tally
from lecen.science.opinion.votes import votes_from_table, votes_from_triples
from tests.science.opinion.simulated import simulated_votes


def tables(tally):
    return [tally.statements.tolist(), tally.products.tolist(), tally.sums.tolist(), tally.counts.tolist()]


@pytest.mark.parametrize("share", [0.04, 0.9])
def test_counts_by_pairs_equal_matrix_products(share):
    table, _ = simulated_votes(seed=1, people=90, share=share)
    answers, seen = np.nan_to_num(table), ~np.isnan(table) * 1.0

    tally = tally_votes(votes_from_table(table))

    expected = [answers.T @ answers, answers.T @ seen, seen.T @ seen]
    assert tables(tally)[1:] == [matrix.astype(int).tolist() for matrix in expected]


def test_counting_in_parts_changes_nothing(monkeypatch):
    votes = votes_from_table(simulated_votes(seed=2, share=0.1)[0])
    whole = tables(tally_votes(votes))
    monkeypatch.setattr(module, "VOTES_AT_ONCE", 7)

    assert tables(tally_votes(votes)) == whole


def test_the_gram_matrix_is_that_of_answers_around_their_means():
    table, _ = simulated_votes(seed=3)
    centered = np.nan_to_num(table - np.nanmean(table, axis=0))

    assert tally_votes(votes_from_table(table)).gram() == pytest.approx(centered.T @ centered, abs=1e-9)


def test_a_statement_nobody_saw_has_mean_zero():
    assert tally_votes(votes_from_table([[1, np.nan], [1, np.nan]])).means.tolist() == [1, 0]


VOTE = st.tuples(st.integers(0, 5), st.integers(0, 6), st.sampled_from([-1, 0, 1]))


@settings(max_examples=60, deadline=None)
@given(old=st.lists(VOTE, min_size=1, max_size=25), new=st.lists(VOTE, min_size=1, max_size=6))
def test_a_tally_kept_up_to_date_equals_one_counted_anew(old, new):
    changed = {person for person, _, _ in new}
    before = [vote for vote in old if vote[0] in changed]
    now = [vote for vote in old + new if vote[0] in changed]

    updated = update_tally(
        tally_votes(votes_from_triples(*zip(*old, strict=True))),
        before=votes_from_triples(*zip(*before, strict=True)) if before else None,
        after=votes_from_triples(*zip(*now, strict=True)),
    )

    assert tables(updated) == tables(tally_votes(votes_from_triples(*zip(*old, *new, strict=True))))


def test_a_person_who_withdraws_leaves_nothing():
    both = votes_from_triples([1, 1, 2, 2], [1, 2, 1, 2], [1, 1, -1, 0])

    left = update_tally(tally_votes(both), before=both.of_people(np.array([0])), after=None)

    assert tables(left) == tables(tally_votes(both.of_people(np.array([1]))))


def test_votes_that_were_never_counted_cannot_be_taken_away():
    one, other = votes_from_triples([1], [1], [1]), votes_from_triples([1, 1], [1, 2], [1, 1])

    with pytest.raises(ScienceError, match="never counted"):
        update_tally(tally_votes(one), before=other, after=None)


def test_labels_of_two_kinds_cannot_be_brought_together():
    with pytest.raises(ScienceError, match="by text in some"):
        update_tally(
            tally_votes(votes_from_triples([1], [1], [1])), before=None, after=votes_from_triples([2], ["1"], [1])
        )


def test_the_tally_of_other_votes_is_refused():
    with pytest.raises(ScienceError, match="other votes"):
        check_tally(tally_votes(votes_from_table([[1, 1]])), votes_from_table([[1, -1]]))
