"""What may be shown of votes by group, tried by a reader who goes through every table of votes there could be."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.opinion.release import show_people, show_votes

BOTH = np.array([True, True])


def all_tables(people: int, groups: int) -> np.ndarray:
    """Every table of `people` in groups × (agree, disagree, pass), shape (tables, groups, 3)."""
    cells = 3 * groups
    bars = np.array(list(combinations(range(people + cells - 1), cells - 1)))
    ends = np.column_stack([bars, np.full(len(bars), people + cells - 1)])
    starts = np.column_stack([np.full(len(bars), -1), bars])
    return (ends - starts - 1).reshape(-1, groups, 3)


def shown_of(tables, k, *, others=False):
    """What is released of each table, shape (tables, figures): n, agree, disagree of the groups and of all of them."""
    groups = tables[:, :-1] if others else tables
    shown = show_votes(
        np.moveaxis(groups, 0, -1).swapaxes(0, 1),
        np.ones(groups.shape[1], dtype=bool),
        tables[:, -1].T if others else None,
        k,
    )
    lines = [*shown.n, *shown.agree, *shown.disagree, shown.total_n, shown.total_agree, shown.total_disagree]
    return np.array(lines).T


def counts_of(tables):
    """All counts a reader may be after, shape (tables, figures): answers and their sums, of each group and of all."""
    rows = np.concatenate([tables, tables.sum(axis=1, keepdims=True)], axis=1)
    parts = [rows[:, :, 0], rows[:, :, 1], rows[:, :, 2], rows[:, :, 1] + rows[:, :, 2], rows.sum(axis=2)]
    return np.column_stack(parts)


def what_is_left(tables, released, at, k, *, others=False):
    """For every count that a release leaves open or gives away below k, the values it may still have."""
    full = tables.min(axis=(1, 2)) >= k
    figures = counts_of(tables)
    known = ~np.isnan(released[at])
    raw = raw_figures(tables, others=others)
    possible = (raw[:, known] == released[at][known]).all(axis=1) & (full == full[at])
    left = [set(column.tolist()) for column in figures[possible].T]
    return [values for values in left if len(values) > 1 or min(values) < k]


def raw_figures(tables, *, others=False):
    groups = tables[:, :-1] if others else tables
    lines = [groups.sum(axis=2), groups[:, :, 0], groups[:, :, 1], tables.sum(axis=(1, 2))[:, None]]
    return np.column_stack([*lines, tables[:, :, 0].sum(axis=1), tables[:, :, 1].sum(axis=1)])


def test_counts_of_k_or_more_are_all_shown():
    votes = np.array([[[30], [40]], [[20], [10]], [[10], [15]]])

    shown = show_votes(votes, BOTH, None, 10)

    assert (shown.agree[:, 0].tolist(), shown.disagree[:, 0].tolist()) == ([30, 40], [20, 10])
    assert (shown.n[:, 0].tolist(), shown.total_n[0], shown.total_agree[0]) == ([60, 65], 125, 70)


def test_a_small_count_of_passes_is_counted_with_those_who_disagree():
    votes = np.array([[[30], [40]], [[20], [10]], [[3], [15]]])

    shown = show_votes(votes, BOTH, None, 10)

    assert (shown.agree[:, 0].tolist(), shown.n[:, 0].tolist()) == ([30, 40], [53, 65])
    assert np.isnan(shown.disagree).all()
    assert np.isnan(shown.total_disagree).all()


def test_a_group_of_one_mind_keeps_every_share_of_that_statement_back():
    votes = np.array([[[30], [30]], [[0], [40]], [[0], [30]]])

    shown = show_votes(votes, BOTH, None, 10)

    assert np.isnan([shown.agree, shown.n]).all()
    assert (shown.total_n[0], shown.total_agree[0]) == (130, 60)


def test_people_in_no_group_keep_back_what_the_totals_would_tell_of_them():
    votes = np.array([[[30], [40]], [[30], [20]], [[0], [0]]])

    alone = show_votes(votes, BOTH, None, 10)
    beside = show_votes(votes, BOTH, np.array([[2], [1], [0]]), 10)

    assert (alone.agree[:, 0].tolist(), alone.total_agree[0]) == ([30, 40], 70)
    assert beside.total_agree[0] == 72  # were 30 and 40 shown beside it, the two would be too
    assert np.isnan(beside.agree).any()


def test_sizes_of_groups_are_shown_unless_a_total_would_tell_how_few_are_left():
    sizes = np.array([30, 40])

    assert show_people(sizes, BOTH, None, 10) == (30, 40)
    assert show_people(sizes, BOTH, 3, 10) == (30, None)
    assert show_people(sizes, np.array([False, False]), 3, 10) == (None, None)


@pytest.mark.parametrize(("people", "groups", "others", "k"), [(12, 2, False, 3), (9, 2, False, 2), (6, 3, True, 2)])
def test_every_count_below_k_may_be_any_number_below_k(people, groups, others, k):
    tables = all_tables(people, groups)
    released = shown_of(tables, k, others=others)
    chance = np.random.default_rng(7)
    faults = []
    for at in chance.choice(len(tables), 60, replace=False):
        faults += [left for left in what_is_left(tables, released, at, k, others=others) if not left >= set(range(k))]

    assert faults == []


def test_a_reader_who_runs_the_code_on_every_table_cannot_narrow_a_small_count():
    k, tables = 2, all_tables(10, 2)
    released = np.nan_to_num(shown_of(tables, k), nan=-1)
    figures = counts_of(tables)
    _, classes = np.unique(released, axis=0, return_inverse=True)
    narrowed = [
        (int(one), place)
        for one in np.unique(classes)
        for place, column in enumerate(figures[classes == one].T)
        if column.min() < k and not set(column.tolist()) >= set(range(k))
    ]

    assert narrowed == []


@settings(max_examples=30)
@given(st.lists(st.integers(0, 40), min_size=6, max_size=6), st.integers(2, 12))
def test_a_count_shown_is_the_count(cells, k):
    votes = np.array(cells).reshape(3, 2, 1)

    shown = show_votes(votes, BOTH, None, k)

    for figure, truth in ((shown.agree, votes[0]), (shown.disagree, votes[1]), (shown.n, votes.sum(axis=0))):
        known = ~np.isnan(figure)
        assert figure[known].tolist() == truth[known].tolist()
        assert (figure[known] >= k).all()
