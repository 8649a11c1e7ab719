"""The patterns: which places go, and the audit's intervals against enumeration."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.disclosure import patterns

K = 3
GRIDS = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 5), min_size=width, max_size=width), min_size=1, max_size=3)
)


def tables_like(counts, hidden):
    """Every table with the same totals and the same shown cells, by plain enumeration."""
    order = sorted(hidden)
    rows = [sum(counts[row][column] for r, column in order if r == row) for row in range(len(counts))]
    columns = [sum(counts[row][column] for row, c in order if c == column) for column in range(len(counts[0]))]

    def fill(at, rows, columns):
        if at == len(order):
            if not any(rows) and not any(columns):
                yield {}
            return
        row, column = order[at]
        for value in range(min(rows[row], columns[column]) + 1):
            less_rows = [left - value * (place == row) for place, left in enumerate(rows)]
            less_columns = [left - value * (place == column) for place, left in enumerate(columns)]
            if not any(r == row for r, _ in order[at + 1 :]) and less_rows[row]:
                continue
            for rest in fill(at + 1, less_rows, less_columns):
                yield {order[at]: value, **rest}

    return list(fill(0, rows, columns))


def test_line_withholds_nothing_where_every_count_is_large():
    assert patterns.line([10, 25, 11], 10) == set()


def test_line_lets_small_counts_hide_each_other():
    assert patterns.line([4, 8, 30, 40], 10) == {0, 1, 2}  # 4 + 8 = 12 > 9: at 12 the other one could not be 0
    assert patterns.line([4, 5, 6, 30, 40], 10) == {0, 1, 2}  # 15 lies between 10 and 18


def test_line_withholds_the_nearest_neighbor_whatever_its_size():
    assert patterns.line([60, 50, 40, 5, 2], 10) == {2, 3, 4}
    assert patterns.line([9, 200, 20], 10) == {0, 1}


def test_line_takes_more_neighbors_until_the_sum_hides_the_small_count():
    assert patterns.line([0, 10, 15, 30], 10) == {0, 1, 2, 3}
    assert patterns.line([0, 20, 15, 30], 10) == {0, 1}


def test_line_withholds_all_where_everyone_answered_alike():
    assert patterns.line([0, 40, 0], 10) == {0, 1, 2}


def test_grid_withholds_nothing_where_every_count_is_large():
    assert patterns.grid([[10, 20], [30, 40]], 10) == set()


def test_grid_tells_where_totals_alone_give_a_cell_away():
    assert patterns.grid([[12, 88], [3, 12]], 10) is None


def test_grid_withholds_cells_around_a_small_one():
    counts = [[30, 30, 30, 90], [30, 4, 30, 90], [30, 30, 30, 90]]

    hidden = patterns.grid(counts, 10)

    assert hidden == {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 2)}
    assert patterns.exposed(counts, hidden, 10) == []


def test_grid_does_not_let_small_counts_that_are_all_at_most_k_minus_1_give_each_other_away():
    # The four ones alone fit every total, but whoever knows that all are small (below 2) knows that each is 1.
    assert patterns.grid([[6, 1, 1], [2, 1, 1]], 2) != {(0, 1), (0, 2), (1, 1), (1, 2)}


@settings(max_examples=250, deadline=None)
@given(GRIDS, st.data())
def test_exposed_agrees_with_enumeration_of_every_table(counts, data):
    everything = [(row, column) for row in range(len(counts)) for column in range(len(counts[0]))]
    hidden = data.draw(st.sets(st.sampled_from(everything)))
    tables = tables_like(counts, hidden)

    expected = [place for place in sorted(hidden) if not {0, K - 1} <= {table[place] for table in tables}]

    assert patterns.exposed(counts, hidden, K) == expected


@settings(max_examples=120, deadline=None)
@given(GRIDS, st.integers(2, 5), st.data())
def test_exposed_agrees_with_enumeration_where_withheld_cells_are_known_to_be_bounded(counts, most, data):
    small = [(row, column) for row, line in enumerate(counts) for column, count in enumerate(line) if count <= most]
    hidden = data.draw(st.sets(st.sampled_from(small))) if small else set()
    tables = [table for table in tables_like(counts, hidden) if all(value <= most for value in table.values())]

    expected = [place for place in sorted(hidden) if not {0, K - 1} <= {table[place] for table in tables}]

    assert patterns.exposed(counts, hidden, K, most=most) == expected
