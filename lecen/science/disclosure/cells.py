"""What readers see in the place of a figure: a count, or that it is withheld."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT_K = 10


@dataclass(frozen=True)
class Cell:
    """One published or withheld count. Why it is withheld is not kept: the reason would narrow the guess."""

    value: int | None

    @property
    def suppressed(self) -> bool:
        return self.value is None


WITHHELD = Cell(None)


@dataclass(frozen=True)
class ProtectedTable:
    """What may be shown of a table of counts.

    `cells` has the keys of the table given; `labels` the labels of each dimension, in the order given: `(answers,)`
    for a one-way, `(rows, columns)` for a two-way table. `row_totals` and `column_totals` are empty for a one-way
    table. `total` is n, withheld where n < k; then all is withheld.
    """

    k: int
    labels: tuple[tuple[str, ...], ...]
    cells: Mapping[Any, Cell]
    total: Cell
    row_totals: Mapping[str, Cell] = field(default_factory=dict)
    column_totals: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def withheld(self) -> bool:
        """Whether nothing at all may be shown: fewer than k people are in the table."""
        return self.total.suppressed

    @property
    def complete(self) -> bool:
        """Whether every figure is shown."""
        figures = (self.total, *self.cells.values(), *self.row_totals.values(), *self.column_totals.values())
        return not any(cell.suppressed for cell in figures)
