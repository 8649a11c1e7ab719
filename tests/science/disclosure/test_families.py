"""Nested sums, beside every square part of their matrix."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from lecen.science.disclosure.families import lets_all_between


def told(sums, targets):
    return lets_all_between(
        sparse.csr_array(np.array(sums, dtype=float)), sparse.csr_array(np.array(targets, dtype=float))
    )


def is_totally_unimodular(matrix):
    rows, columns = matrix.shape
    return all(
        round(np.linalg.det(matrix[np.ix_(some, few)])) in (-1, 0, 1)
        for size in range(1, min(rows, columns) + 1)
        for some in combinations(range(rows), size)
        for few in combinations(range(columns), size)
    )


def test_rows_and_columns_of_a_table_are_two_families():
    rows = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]]

    assert told(rows, [[1, 0, 0, 0]]).tolist() == [True]


def test_three_pairs_of_three_are_not():
    assert told([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [[1, 0, 0]]).tolist() == [False]


def test_a_target_may_break_what_the_sums_keep():
    assert told([[1, 1, 0], [0, 1, 1]], [[1, 0, 1], [1, 1, 1]]).tolist() == [False, True]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1), min_size=5, max_size=5).filter(any), min_size=2, max_size=5))
def test_what_is_claimed_is_totally_unimodular(rows):
    *sums, target = rows

    if told(sums, [target])[0]:
        assert is_totally_unimodular(np.array(rows, dtype=float))
