"""Votes of opinion groups that may be shown: the small-number rule for groups × statements.

For one statement, the table of groups × (agree, disagree, pass) goes through `lecen.science.disclosure.protect` beside
the totals over groups. Where a count in it is below k, disagreeing and passing are counted together, and the table of
groups × (agree, not agree) goes through `protect` instead. What disagreeing alone or passing alone came to is then
left open in every group, so that any of them may be 0..k-1: their sum is either shown and at least k, or withheld.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts, Numbers
from lecen.science.disclosure import Cell, ProtectedTable, protect

COLUMNS = ("agree", "disagree", "pass")
COARSE = ("agree", "not agree")
OTHERS = "others"


@dataclass(frozen=True)
class ShownVotes:
    """Counts of people who voted, NaN where withheld.

    `n`, `agree`, `disagree`: shape (groups, statements). `total_n`, `total_agree`, `total_disagree`: shape
    (statements,), over the groups described and everybody counted beside them. Where `agree` is shown and `disagree`
    is not, the others of `n` disagreed or passed.
    """

    n: Numbers
    agree: Numbers
    disagree: Numbers
    total_n: Numbers
    total_agree: Numbers
    total_disagree: Numbers


def show_votes(votes: Counts, described: NDArray[np.bool_], others: Counts | None, k: int) -> ShownVotes:
    """Decide which counts of votes may be shown.

    Parameters: `votes`, shape (3, groups, statements), people who agree, disagree, pass; `described`, shape (groups,),
    the groups that are shown at all; `others`, shape (3, statements), people in none of these whom the published totals
    count too; `k`, the smallest count shown. Groups that are not described are in no figure.
    """
    groups, statements = votes.shape[1:]
    shown = np.full((3, groups, statements), np.nan)
    totals = np.full((3, statements), np.nan)
    places = np.flatnonzero(described)
    for statement in range(statements if len(places) else 0):
        table = {str(group): votes[:, group, statement].tolist() for group in places}
        if others is not None:
            table[OTHERS] = others[:, statement].tolist()
        release = _release(table, k)
        for group in places:
            shown[:, group, statement] = _figures(release, str(group))
        totals[:, statement] = _figures(release)
    return ShownVotes(*shown, *totals)


def show_people(sizes: Counts, described: NDArray[np.bool_], others: int | None, k: int) -> tuple[int | None, ...]:
    """Decide which sizes of groups may be shown; `others` are the people beside them, where all are counted in public.

    Parameters: `sizes` and `described`, shape (groups,); `k`, the smallest count shown.
    """
    table = {str(group): int(sizes[group]) for group in np.flatnonzero(described)}
    if others is not None:
        table[OTHERS] = others
    release = protect(table, k) if table else None
    return tuple(
        release.cells[str(group)].value if release and wanted else None for group, wanted in enumerate(described)
    )


def _release(table: dict[str, list[int]], k: int) -> ProtectedTable:
    if min(map(min, table.values())) >= k:  # exactly then `protect` withholds nothing
        return protect({(name, column): row[at] for name, row in table.items() for at, column in enumerate(COLUMNS)}, k)
    coarse = {name: (row[0], row[1] + row[2]) for name, row in table.items()}
    return protect({(name, column): row[at] for name, row in coarse.items() for at, column in enumerate(COARSE)}, k)


def _figures(release: ProtectedTable, row: str | None = None) -> list[float]:
    """Read n, agree and disagree of a row, or of the totals without one; NaN where withheld."""
    if row is None:
        cells = [release.total, release.column_totals["agree"], release.column_totals.get("disagree")]
    else:
        cells = [release.row_totals[row], release.cells[row, "agree"], release.cells.get((row, "disagree"))]
    return [_number(cell) for cell in cells]


def _number(cell: Cell | None) -> float:
    return np.nan if cell is None or cell.value is None else float(cell.value)
