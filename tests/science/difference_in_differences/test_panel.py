"""Panels from tables and from rows, and everything that is none."""

import numpy as np
import pytest

from lecen.science.difference_in_differences import NEVER, long_panel, wide_panel
from lecen.science.errors import ScienceError

TABLE = [[1.0, 2.0, 4.0], [2.0, 2.0, 3.0]]


def test_a_wide_panel_counts_periods_from_0_and_takes_each_unit_for_a_cluster():
    panel = wide_panel(TABLE, [1, NEVER])

    assert (panel.periods.tolist(), panel.clusters.tolist(), panel.treated_from.tolist()) == (
        [0, 1, 2],
        [0, 1],
        [1, NEVER],
    )


def test_rows_in_any_order_make_the_same_panel():
    rows = [("b", 2001, 2.0), ("a", 2003, 4.0), ("a", 2001, 1.0), ("b", 2002, 2.0), ("a", 2002, 2.0), ("b", 2003, 3.0)]
    units, periods, outcomes = zip(*rows, strict=True)
    since = [NEVER if unit == "b" else 2002 for unit in units]

    panel = long_panel(units, periods, outcomes, since, clusters=["x"] * 6)

    assert panel.outcomes.tolist() == TABLE
    assert (panel.periods.tolist(), panel.treated_from.tolist(), panel.clusters.tolist()) == (
        [2001, 2002, 2003],
        [2002, NEVER],
        [0, 0],
    )


def test_a_unit_treated_after_the_last_period_stays_one_not_yet_treated():
    assert wide_panel(TABLE, [1, 7]).treated_from.tolist() == [1, 7]


@pytest.mark.parametrize(
    ("outcomes", "since", "options", "message"),
    [
        (
            [[1, np.nan, 2], [1, 2, np.nan]],
            [1, 2],
            {},
            "2 of 6 outcomes are missing, in 2 of 2 units and 2 of 3 periods",
        ),
        ([[1, np.inf], [1, 2]], [1, 1], {}, "finite"),
        ([["a", "b"]], [1], {}, "must be numbers"),
        ([], [], {}, "dimensions"),
        ([[1, 2]], [1], {}, "at least 2 units and 2 periods, not 1 and 2"),
        ([[1], [2]], [1, 1], {}, "at least 2 units and 2 periods, not 2 and 1"),
        ([[5, 5], [5, 5]], [1, NEVER], {}, "The outcome is 5 for every unit"),
        ([[1, 1e150], [2, 3]], [1, NEVER], {}, "beyond 1e100"),
        (TABLE, [1], {}, "a list of 2"),
        (TABLE, [1, None], {}, "Place 1 .* write NEVER"),
        (TABLE, [-NEVER, 1], {}, "Place 0 .* write NEVER"),
        (TABLE, ["soon", 1], {}, "First treated periods must be numbers"),
        (TABLE, [1.5, 1], {}, "first treated in 1.5, which is no period"),
        (TABLE, [5.5, 1], {}, "first treated in 5.5, which is no period"),
        (TABLE, [0, 2001], {"periods": [2001, 2002, 2003]}, "first treated in 0, before the first period: write 2001"),
        (TABLE, [1, 2], {"periods": [0, 1]}, "3 periods, but 2 are named"),
        (TABLE, [1, 2], {"periods": [0, 0, 1]}, "must rise"),
        (TABLE, [1, 2], {"periods": [0, 0.5, 1]}, "whole numbers"),
        (TABLE, [1, 2], {"clusters": ["a"]}, "a list of 2 labels"),
        (TABLE, [1, 2], {"clusters": [1.0, np.nan]}, "missing or infinite"),
        (TABLE, [1, 2], {"clusters": np.array(["a", None], dtype=object)}, "all numbers or all text"),
    ],
)
def test_what_is_no_panel_is_refused(outcomes, since, options, message):
    with pytest.raises(ScienceError, match=message):
        wide_panel(outcomes, since, **options)


@pytest.mark.parametrize(
    ("units", "periods", "since", "options", "message"),
    [
        ("aabb", [1, 1, 1, 2], [2] * 4, {}, "Unit a has 2 rows for period 1; 1 pairs"),
        ("aabc", [1, 2, 1, 2], [2] * 4, {}, "2 of 6 outcomes are missing, in 2 of 3 units and 2 of 2 periods"),
        ("aabb", [1, 2, 1, 2], [1, 2, 2, 2], {}, "Unit a has more than one first treated period"),
        ("aabb", [1, 2, 1, 2], [2] * 4, {"clusters": [1, 1, 1, 2]}, "Unit b has more than one cluster"),
        ("aab", [1, 2, 1, 2], [2] * 4, {}, "The units must be a list of 4 labels"),
    ],
)
def test_rows_that_make_no_panel_are_refused(units, periods, since, options, message):
    with pytest.raises(ScienceError, match=message):
        long_panel(list(units), periods, [1.0, 2.0, 3.0, 5.0], since, **options)
