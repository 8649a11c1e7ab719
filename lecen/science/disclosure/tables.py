"""Tables with totals and hierarchies: their dimensions, and releases of them as readers see them. Standard library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from lecen.science.disclosure.cells import Cell, ProtectedTable
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

Key = tuple[str, ...]
MOST_DIMENSIONS = 3
# Of more figures than that a table of three dimensions would take hours, and nobody reads it.
MOST_FIGURES = 20_000


@dataclass(frozen=True)
class Dimension:
    """One way into a table: its name and the tree of its labels. Made by `flat` or `tree`.

    `children` maps each label that stands for several others to these, in order; `total` is the label for all.
    """

    name: str
    total: str
    children: Mapping[str, tuple[str, ...]]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """All labels, the total first, each followed by what lies in it."""
        return tuple(self._below(self.total))

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The finest labels, in the order of the tree."""
        return tuple(label for label in self.labels if label not in self.children)

    @cached_property
    def leaves_in(self) -> Mapping[str, tuple[str, ...]]:
        """The finest labels that each label stands for."""
        found: dict[str, tuple[str, ...]] = {}
        for label in reversed(self.labels):
            parts = self.children.get(label, ())
            found[label] = tuple(leaf for part in parts for leaf in found[part]) if parts else (label,)
        return found

    def _below(self, label: str) -> Iterator[str]:
        waiting = [label]
        while waiting:
            label = waiting.pop()
            yield label
            waiting.extend(reversed(self.children.get(label, ())))


def flat(name: str, labels: Iterable[str], *, total: str = "all") -> Dimension:
    """Make a dimension without levels: `labels` and their `total`. Raises `ScienceError` as `tree` does."""
    return tree(name, {total: tuple(labels)})


def tree(name: str, children: Mapping[str, Sequence[str]]) -> Dimension:
    """Make a dimension with levels from which labels lie in which: `{"city": ["north", "south"], "north": [...]}`.

    The label that lies in no other is the total. Raises `ScienceError` where labels are not text, a label lies in
    two others or in itself, or there is not exactly one total.
    """
    if not isinstance(name, str) or not name:
        raise ScienceError(f"A dimension's name must be text, not {name!r}.")
    parts = {label: tuple(inside) for label, inside in children.items()}
    inside = [label for labels in parts.values() for label in labels]
    if not inside or not all(isinstance(label, str) and label for label in (*parts, *inside)):
        raise ScienceError(f"The labels of {name!r} must be text, at least one under each that is divided.")
    empty = next((label for label, labels in parts.items() if not labels), None)
    if empty is not None:
        raise ScienceError(f"The label {empty!r} of {name!r} is divided into nothing.")
    twice = next((label for label, times in _times(inside).items() if times > 1), None)
    if twice is not None:
        raise ScienceError(f"The label {twice!r} of {name!r} stands in two places.")
    tops = [label for label in parts if label not in set(inside)]
    if len(tops) != 1:
        raise ScienceError(f"The labels of {name!r} must have one total, not {len(tops)}.")
    dimension = Dimension(name, tops[0], parts)
    if len(dimension.labels) != len(inside) + 1:
        raise ScienceError(f"Some labels of {name!r} lie in a circle.")
    return dimension


def _times(labels: Iterable[str]) -> dict[str, int]:
    times: dict[str, int] = {}
    for label in labels:
        times[label] = times.get(label, 0) + 1
    return times


@dataclass(frozen=True)
class Release:
    """A table of counts of people as readers got it.

    `cells` holds figures by one label of each dimension, totals under the dimensions' totals; a combination that is
    not in it was not published and not said to be withheld. `k` is the rule's. `step` orders releases in time: people
    counted at one step are counted at each later one, and releases of the same step are about the same people.
    `base` is 0 for true counts; of rounded ones, the truth lies from `base` below to `base` - 1 above what is shown.
    """

    dimensions: tuple[Dimension, ...]
    cells: Mapping[Key, Cell]
    k: int
    step: int = 0
    base: int = 0

    @property
    def total(self) -> Cell | None:
        """The figure for everybody, if the table has one."""
        return self.cells.get(tuple(dimension.total for dimension in self.dimensions))

    @property
    def withheld(self) -> bool:
        """Whether nothing at all is shown."""
        return all(cell.suppressed for cell in self.cells.values())

    @property
    def complete(self) -> bool:
        """Whether every figure is shown."""
        return not any(cell.suppressed for cell in self.cells.values())


def release_of(protected: ProtectedTable, *names: str, step: int = 0) -> Release:
    """Turn what `protect` gives into a release whose dimensions have `names` (one or two) and the total "all".

    Raises `ScienceError` where the number of names is another or a label is the word "all".
    """
    if len(names) != len(protected.labels):
        raise ScienceError(f"The table has {len(protected.labels)} dimensions, and {len(names)} names are given.")
    dimensions = tuple(flat(name, labels) for name, labels in zip(names, protected.labels, strict=True))
    cells: dict[Key, Cell] = {("all",) * len(names): protected.total}
    cells |= {(row, "all"): cell for row, cell in protected.row_totals.items()}
    cells |= {("all", column): cell for column, cell in protected.column_totals.items()}
    cells |= {label if isinstance(label, tuple) else (label,): cell for label, cell in protected.cells.items()}
    return Release(dimensions, cells, protected.k, step)


def keys(dimensions: Sequence[Dimension]) -> Iterator[Key]:
    """Give every combination of labels, totals and levels between included."""
    return product(*(dimension.labels for dimension in dimensions))


def check_dimensions(dimensions: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """Refuse what is not one to three dimensions of different names, or makes too many figures."""
    found = tuple(dimensions)
    if not 1 <= len(found) <= MOST_DIMENSIONS or not all(isinstance(one, Dimension) for one in found):
        raise ScienceError(f"A table must have 1 to {MOST_DIMENSIONS} dimensions, made by `flat` or `tree`.")
    if len({dimension.name for dimension in found}) < len(found):
        raise ScienceError("The dimensions of a table must have different names.")
    figures = prod(len(dimension.labels) for dimension in found)
    if figures > MOST_FIGURES:
        raise ScienceError(f"The table has {figures:,} figures; at most {MOST_FIGURES:,} can be protected at once.")
    return found


def check_counts(counts: Mapping[Key, int], dimensions: Sequence[Dimension]) -> dict[Key, int]:
    """Take one count for every combination of finest labels, zeros too; refuse others."""
    if not isinstance(counts, Mapping):
        raise ScienceError("The table must map combinations of labels to counts of people.")
    wanted = list(product(*(dimension.leaves for dimension in dimensions)))
    known = set(wanted)
    stranger = next((label for label in counts if label not in known), None)
    if stranger is not None:
        raise ScienceError(f"The label {stranger!r} is no combination of the dimensions' finest labels.")
    missing = next((label for label in wanted if label not in counts), None)
    if missing is not None:
        raise ScienceError(f"The table is ragged: there is no count for {missing!r}.")
    return {label: whole(counts[label], f"The count of {label!r}", least=0, most=10**8) for label in wanted}


def totals_of(counts: Mapping[Key, int], dimensions: Sequence[Dimension]) -> dict[Key, int]:
    """Add up the counts of the finest labels to every figure of the table."""
    figures = dict(counts)
    for place, dimension in enumerate(dimensions):
        inner = [label for label in reversed(dimension.labels) if label in dimension.children]
        others = [one.labels if at < place else one.leaves for at, one in enumerate(dimensions)]
        for label in inner:
            for key in product(*others[:place], (label,), *others[place + 1 :]):
                parts = ((*key[:place], part, *key[place + 1 :]) for part in dimension.children[label])
                figures[key] = sum(figures[part] for part in parts)
    return {key: figures[key] for key in keys(dimensions)}
