"""The search for figures to withhold in a table with totals and levels, given what was released earlier."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.disclosure.leeway import Kept, Leeway, fixed_sums
from lecen.science.disclosure.tables import Dimension, Key, Release, keys
from lecen.science.disclosure.universe import Places, Universe

# Above this many figures withheld beside the small ones, the search does not try to show them again one by one.
MOST_PRUNED = 150
# Up to this many figures the search is repeated with other weights, and the pattern that withholds least is taken.
MOST_REPEATED = 300
REPEATS = 2
# Between two whole numbers: ends are compared there, so that a program's rounding does not matter.
HALF = 0.5


def patterns(figures: Mapping[Key, int], blank: Release, earlier: Sequence[Release]) -> Iterator[set[Key]]:
    """Give sets of figures to withhold, the best first: the one found, then all but n.

    `figures` are all counts of the table, `blank` its release without figures. The pattern must hold for a reader of
    this table alone and for one of the earlier releases too; what either search withholds the other starts from.
    """
    table = _Table(figures, blank)
    tried = list(_tried(table, earlier))
    for found in sorted(tried, key=lambda hidden: (table.loss(hidden), sorted(hidden))):
        yield table.keys(found)
    yield table.keys(set(range(len(table.names))) - {table.total})


def _tried(table: "_Table", earlier: Sequence[Release]) -> Iterator[set[int]]:
    """Search with each way to weigh figures; then with those made dear that were withheld for others' sake."""
    if len(table.names) > MOST_REPEATED:
        found = _pattern(table, earlier, table.weighings[0])
        if found is not None:
            yield found
        return
    for weights in table.weighings:
        dear = weights.copy()
        for _ in range(REPEATS):
            found = _pattern(table, earlier, dear)
            if found is None:
                break
            yield found
            if found == table.small:
                return
            dear[sorted(found - table.small)] *= 2


def _pattern(table: "_Table", earlier: Sequence[Release], weights: Numbers) -> set[int] | None:
    """Search once, with weights that say how dear each figure is; None where there is no way."""
    searches = [_Search(table, (), weights)] + ([_Search(table, earlier, weights)] if earlier else [])
    if not _settle(searches, table.small):
        return None
    if searches[0].hidden == table.small and not _settle(searches, searches[0].needed_among_small()):
        return None
    _prune(searches)
    return searches[0].hidden


def _settle(searches: Sequence["_Search"], hidden: set[int]) -> bool:
    """Withhold figures, and more, until all searches are content; False where one cannot be."""
    while True:
        for search in searches:
            search.hide(hidden)
            if not search.protect():
                return False
            hidden = hidden | search.hidden
        if all(search.hidden == hidden for search in searches):
            return True


def _prune(searches: Sequence["_Search"]) -> None:
    """Show again what need not be withheld, the most telling figures first."""
    table, hidden = searches[0].table, searches[0].hidden
    extra = hidden - table.small
    if len(extra) > MOST_PRUNED:
        return
    for figure in sorted(extra, key=lambda at: (-len(table.below[at]), -table.truth[at], table.names[at])):
        left = searches[0].hidden - {figure}
        # Small counts without another would have to stay small, which was tried.
        if left == table.small or any(figure in table.below[other] for other in left):
            continue
        before = [search.show_again(figure) for search in searches]
        if not all(search.is_protected() for search in searches):
            for search, kept in zip(searches, before, strict=True):
                search.hide({figure})
                search.leeway.restore(kept)


class _Table:
    """A table's figures by number; a label that is divided into one only is that one, the same people."""

    def __init__(self, figures: Mapping[Key, int], blank: Release) -> None:
        self.blank, self.dimensions, self.k = blank, blank.dimensions, blank.k
        self.same = {key: _finest(key, self.dimensions) for key in figures}
        self.names = list(dict.fromkeys(self.same.values()))
        self.place = {key: at for at, key in enumerate(self.names)}
        self.truth = np.array([figures[key] for key in self.names], dtype=np.float64)
        self.below = [self._inside(key) for key in self.names]
        self.inside = sparse.csr_array(
            (
                np.ones(sum(map(len, self.below))),
                np.concatenate(self.below),
                np.cumsum([0, *map(len, self.below)]),
            ),
            shape=(len(self.names), len(self.names)),
        )
        # Three ways to weigh what a figure is worth to its readers: people, their roots, or figures.
        self.weighings = [self.truth**power + 1 for power in (1, 0.5, 0)]
        self.total = self.place[self.same[tuple(dimension.total for dimension in self.dimensions)]]
        self.small = {at for at, count in enumerate(self.truth) if count < self.k}

    def loss(self, hidden: set[int]) -> float:
        return float(sum(self.truth[at] + 1 for at in hidden))

    def keys(self, hidden: set[int]) -> set[Key]:
        return {key for key, same in self.same.items() if self.place[same] in hidden}

    def _inside(self, key: Key) -> list[int]:
        below = [_labels_in(label, dimension) for label, dimension in zip(key, self.dimensions, strict=True)]
        return sorted({self.place[self.same[one]] for one in product(*below)})


class _Search:
    """Looks with one reader's eyes: of this table alone, or of the earlier releases too."""

    def __init__(self, table: _Table, earlier: Sequence[Release], weights: Numbers) -> None:
        self.table, self.k, self.with_earlier, self.weights = table, table.k, bool(earlier), weights
        step, universe = table.blank.step, Universe([table.blank, *earlier])
        groups = [universe.groups(table.dimensions, key, step=step) for key in table.names]
        self.others = list(_open_sums(table.blank, earlier, universe)) if earlier else []
        self.leeway = Leeway(table.truth, groups, self.others, fixed_sums(earlier, universe), universe)
        self.leeway.keep_shown(table.total)
        self.hidden: set[int] = set()

    def hide(self, figures: set[int]) -> None:
        """Withhold figures and all in them: a figure shown inside would say that they are not small."""
        inside = {one for figure in figures for one in self.table.below[figure]}
        more = inside - self.hidden - {self.table.total}
        self.hidden |= more
        self.leeway.withhold(sorted(more))

    def _losses(self) -> Numbers:
        """What withholding each figure would lose: it takes all in it along that is still shown."""
        losses: Numbers = self.table.inside @ np.where(self.leeway.shown, self.weights, 0.0)
        return losses

    def show_again(self, figure: int) -> Kept:
        before = self.leeway.snapshot()
        self.hidden.discard(figure)
        self.leeway.show_again(figure)
        return before

    def protect(self) -> bool:
        """Withhold more until every target can be 0 and k-1; False where withholding cannot do it."""
        changed = True
        while changed:
            changed = False
            for target, value in self._open():
                more = self.leeway.giving_way(target, value, self._losses())
                if more is None or len(more) == 0:
                    return False
                self.hide({int(at) for at in more})
                changed = True
        return True

    def is_protected(self) -> bool:
        return next(self._open(), None) is None

    def _open(self) -> Iterator[tuple[int, int]]:
        """Give the sums that cannot be 0, or cannot be k-1, as things stand when they are looked at."""
        own = sorted(self.hidden, key=lambda at: (self.table.truth[at], self.table.names[at]))
        for target in (*own, *range(len(self.table.names), len(self.table.names) + len(self.others))):
            for value in (0, self.k - 1):
                if not self._is_reached(target, value):
                    yield target, value

    def _is_reached(self, target: int, value: int) -> bool:
        """Beside other releases it is well too that a sum is known to be k or more: it could have been published."""
        least = self.leeway.least(target)
        if self.with_earlier and least > self.k - HALF:
            return True
        return least < HALF if value == 0 else self.leeway.reaches(target, value)

    def needed_among_small(self) -> set[int]:
        """Choose what small counts need beside them where, all taken for small, they would not hide each other.

        Who knows this code knows that a pattern with a large count in it may look different.
        """
        if not self.hidden:
            return set()
        self.leeway.limit(self.hidden, self.k - 1)
        exposed = next(self._open(), None)
        more = self.leeway.giving_way(*exposed, self._losses()) if exposed else None
        self.leeway.limit(self.hidden, np.inf)
        if not exposed:
            return set()
        if more is not None and len(more):
            return {int(at) for at in more}
        shown = set(range(len(self.table.names))) - self.hidden - {self.table.total}
        losses = self._losses()
        cheapest = sorted(shown, key=lambda at: (losses[at], self.table.names[at]))
        return set(cheapest[:1])


def _finest(key: Key, dimensions: Sequence[Dimension]) -> Key:
    found = []
    for label, dimension in zip(key, dimensions, strict=True):
        same = label
        while len(parts := dimension.children.get(same, ())) == 1:
            same = parts[0]
        found.append(same)
    return tuple(found)


def _labels_in(label: str, dimension: Dimension) -> list[str]:
    inside, waiting = [], [label]
    while waiting:
        one = waiting.pop()
        inside.append(one)
        waiting.extend(dimension.children.get(one, ()))
    return inside


def _open_sums(blank: Release, earlier: Sequence[Release], universe: Universe) -> Iterator[Places]:
    """Sums beside the table's own figures that its release must not open: of earlier tables, and of people added."""
    seen: set[bytes] = set()
    steps = sorted({release.step for release in earlier if not release.withheld and release.step < blank.step})
    for release in (*earlier, blank):
        for key in keys(release.dimensions):
            cell = release.cells.get(key)
            sums = [universe.groups(release.dimensions, key, step=blank.step, since=since) for since in steps]
            if release is not blank and (cell is None or cell.suppressed or release.base):
                sums.append(universe.groups(release.dimensions, key, step=release.step))
            for groups in sums:
                if groups.tobytes() not in seen:
                    seen.add(groups.tobytes())
                    yield groups
