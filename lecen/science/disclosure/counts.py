"""The small-number rule: which counts about people may be shown, and which are withheld.

`protect` takes a one-way or two-way table of counts of people and says what may be published beside its totals.
The reader it guards against knows everything published, that counts are whole and not negative, and this rule.
For every withheld figure that reader must be left with at least 0, 1, ..., k-1 as possible values.

Sources: Hundepool et al., Statistical Disclosure Control (Wiley 2012) (primary and complementary
suppression, feasibility intervals); Gusfield, SIAM J. Comput. 17 (1988) 552-571 (intervals in a two-way table
are flows in a bipartite graph); Wong et al., VLDB 2007 (what the choice of a method itself gives away).
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from lecen.science.disclosure import patterns
from lecen.science.disclosure.cells import DEFAULT_K, WITHHELD, Cell, ProtectedTable
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

_Key = TypeVar("_Key")


def protect(table: Mapping[str, int] | Mapping[tuple[str, str], int], k: int = DEFAULT_K) -> ProtectedTable:
    """Decide which counts of a table of people may be published beside its totals.

    A count below k, zero included, is never shown, nor one from which it could be computed. A share of 0 % or 100 %
    therefore never shows: had all n people answered alike, only n is shown. Where n < k nothing is shown.

    Parameters
    ----------
    table : mapping of label to count, or of (row, column) to count
        Counts of people, one person in one cell. Every combination of a two-way table is present, zeros too.
        Options that nobody chose belong in it. Labels that are whole numbers are ordered as numbers, others as
        text; the order decides which neighbor is withheld with a small count, the order of the mapping does not.
    k : int
        Smallest count of people that may be shown; at least 2.

    Returns
    -------
    ProtectedTable
        Same keys; a withheld figure has the value None. In a one-way table a reader who runs this code on every
        possible table still cannot exclude any of 0..k-1 for a count below k. In a two-way table every withheld
        cell and total can be any of 0..k-1 as far as totals, wholeness, sign and the rule tell; where totals alone
        would tell more, all cells and the row totals go and the column totals stay. A withheld count may be k or
        more: only of a table withheld whole may one say "fewer than k".

    Raises
    ------
    ScienceError
        The table is empty or ragged, mixes kinds of labels, a count is negative or not whole, or k is below 2.

    """
    k = whole(k, "k", least=2)  # with k=1 nobody would be protected
    if not isinstance(table, Mapping) or not table:
        raise ScienceError("The table must map at least one label to a count of people.")
    counts: dict[Any, int] = {label: whole(count, f"The count of {label!r}", least=0) for label, count in table.items()}
    if all(isinstance(label, str) for label in counts):
        return _protect_one_way(counts, k)
    return _protect_two_way(counts, k)


def release_size(n: int, k: int = DEFAULT_K) -> int:
    """Tell for how many of n answers results may be shown, so that they change only in steps of k new answers.

    Parameters: `n` answers received, `k` people. Returns the largest multiple of k not above n (0 below k): keep
    showing the results of the first `release_size(n, k)` answers until this number grows. Two releases then differ
    by at least k people. Raises `ScienceError` where n is negative or not whole or k is below 2.
    """
    n, k = whole(n, "n", least=0), whole(k, "k", least=2)  # steps of one person would show that person
    return n - n % k


def _in_order(labels: Collection[str]) -> list[str]:
    """Order labels by number where they are whole numbers, then by text: the same for every order given."""
    return sorted(labels, key=lambda label: (0, int(label), label) if label.isdecimal() else (1, 0, label))


def _protect_one_way(counts: Mapping[str, int], k: int) -> ProtectedTable:
    total = sum(counts.values())
    hidden = set(counts) if total < k else _hidden_labels(counts, k)
    return ProtectedTable(
        k=k,
        labels=(tuple(counts),),
        cells=_shown(counts, hidden),
        total=WITHHELD if total < k else Cell(total),
    )


def _hidden_labels(counts: Mapping[str, int], k: int) -> set[str]:
    ordered = _in_order(counts)
    return {ordered[place] for place in patterns.line([counts[label] for label in ordered], k)}


def _shown(counts: Mapping[_Key, int], hidden: Collection[_Key]) -> dict[_Key, Cell]:
    return {label: WITHHELD if label in hidden else Cell(count) for label, count in counts.items()}


def _protect_two_way(counts: Mapping[tuple[str, str], int], k: int) -> ProtectedTable:
    rows, columns = _rows_and_columns(counts)
    total = sum(counts.values())
    row_totals = {row: sum(counts[row, column] for column in columns) for row in rows}
    column_totals = {column: sum(counts[row, column] for row in rows) for column in columns}
    if total < k:
        hidden_rows, hidden_columns, hidden = set(rows), set(columns), set(counts)
    else:
        hidden_rows, hidden_columns = _hidden_labels(row_totals, k), _hidden_labels(column_totals, k)
        pattern = _hidden_cells(counts, hidden_rows, hidden_columns, k)
        # Where the totals alone tell too much, the rows' go: each column's people may then be of any row.
        hidden_rows, hidden = (set(rows), set(counts)) if pattern is None else (hidden_rows, pattern)
    return ProtectedTable(
        k=k,
        labels=(rows, columns),
        cells=_shown(counts, hidden),
        total=WITHHELD if total < k else Cell(total),
        row_totals=_shown(row_totals, hidden_rows),
        column_totals=_shown(column_totals, hidden_columns),
    )


def _rows_and_columns(counts: Mapping[tuple[str, str], int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for label in counts:
        if not (isinstance(label, tuple) and len(label) == 2 and all(isinstance(part, str) for part in label)):  # noqa: PLR2004
            raise ScienceError(f"Labels must all be text, or all be (row, column) of text; this one is not: {label!r}.")
    rows = tuple(dict.fromkeys(row for row, _ in counts))
    columns = tuple(dict.fromkeys(column for _, column in counts))
    for row in rows:
        for column in columns:
            if (row, column) not in counts:
                raise ScienceError(f"The table is ragged: row {row!r} has no count for column {column!r}.")
    return rows, columns


def _hidden_cells(
    counts: Mapping[tuple[str, str], int], hidden_rows: Collection[str], hidden_columns: Collection[str], k: int
) -> set[tuple[str, str]] | None:
    """Choose the cells to withhold; rows without a total count as one row in the audit, so do such columns.

    All cells of such a row are withheld. The audit grants the reader the sum of the joined row's cells; within a sum
    of at least k-1 any one of two or more cells may be any of 0..k-1.
    """
    row_groups = _groups(_in_order({row for row, _ in counts}), hidden_rows)
    column_groups = _groups(_in_order({column for _, column in counts}), hidden_columns)
    joined = [
        [sum(counts[row, column] for row in row_group for column in column_group) for column_group in column_groups]
        for row_group in row_groups
    ]
    places = patterns.grid(joined, k)
    if places is None:
        return None
    hidden = {label for label in counts if label[0] in hidden_rows or label[1] in hidden_columns}
    for row, column in places:
        hidden |= {(one, other) for one in row_groups[row] for other in column_groups[column]}
    return hidden


def _groups(ordered: list[str], hidden: Collection[str]) -> list[list[str]]:
    alone = [[label] for label in ordered if label not in hidden]
    together = [label for label in ordered if label in hidden]
    return [*alone, together] if together else alone
