"""The search for figures to withhold in a table with totals and levels, given what was released earlier."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from lecen.science.disclosure.leeway import Leeway, fixed_sums
from lecen.science.disclosure.tables import Dimension, Key, Release, keys
from lecen.science.disclosure.universe import Places, Universe

# Above this many figures withheld beside the small ones, the search does not try to show them again one by one.
MOST_PRUNED = 150
# Between two whole numbers: ends are compared there, so that a program's rounding does not matter.
HALF = 0.5


class Search:
    """Finds patterns for one table. `figures` are all its counts, `blank` its release without figures."""

    def __init__(self, figures: Mapping[Key, int], blank: Release, earlier: Sequence[Release]) -> None:
        self.k, self.dimensions = blank.k, blank.dimensions
        # A label that is divided into one only is that one: the same people.
        self.same = {key: _finest(key, self.dimensions) for key in figures}
        self.names = list(dict.fromkeys(self.same.values()))
        self.place = {key: at for at, key in enumerate(self.names)}
        self.truth = np.array([figures[key] for key in self.names], dtype=np.float64)
        self.below = [self._inside(key) for key in self.names]
        self.weights = np.array([self.truth[inside].sum() + len(inside) for inside in self.below])
        universe = Universe([blank, *earlier])
        groups = [universe.groups(self.dimensions, key, step=blank.step) for key in self.names]
        self.others = list(_open_sums(blank, earlier, universe))
        sums = [places for places, _ in self.others]
        self.leeway = Leeway(self.truth, groups, sums, fixed_sums(earlier, universe), universe)
        self.total = self.place[self.same[tuple(dimension.total for dimension in self.dimensions)]]
        self.leeway.keep_shown(self.total)
        self.small = {at for at, count in enumerate(self.truth) if count < self.k}
        self.hidden: set[int] = set()

    def patterns(self) -> Iterator[set[Key]]:
        """Give patterns to try, the best first: the one found, then only n."""
        self._hide(self.small)
        if self._protect():
            self._stay_small()
            self._prune()
            yield self._keys(self.hidden)
        everything = set(range(len(self.names))) - {self.total}
        yield self._keys(everything)

    def _keys(self, hidden: set[int]) -> set[Key]:
        return {key for key, same in self.same.items() if self.place[same] in hidden}

    def _inside(self, key: Key) -> list[int]:
        below = [_labels_in(label, dimension) for label, dimension in zip(key, self.dimensions, strict=True)]
        return sorted({self.place[self.same[one]] for one in product(*below)})

    def _hide(self, figures: set[int]) -> None:
        """Withhold figures and all in them: a figure shown inside would say that they are not small."""
        more = {inside for figure in figures for inside in self.below[figure]} - self.hidden - {self.total}
        self.hidden |= more
        self.leeway.withhold(sorted(more))

    def _targets(self) -> list[tuple[int, bool]]:
        """Number the sums to be protected, each with whether being known to be k or more is well too."""
        own = sorted(self.hidden, key=lambda at: (self.truth[at], self.names[at]))
        return [
            *((at, False) for at in own),
            *((len(self.names) + at, large) for at, (_, large) in enumerate(self.others)),
        ]

    def _protect(self) -> bool:
        """Withhold more until every target can be 0 and k-1; False where withholding cannot do it."""
        changed = True
        while changed:
            changed = False
            for target, may_be_large in self._targets():
                for value in (0, self.k - 1):
                    if self._is_reached(target, value, may_be_large=may_be_large):
                        continue
                    more = self.leeway.giving_way(target, value, self.weights)
                    if more is None or len(more) == 0:
                        return False
                    self._hide({int(at) for at in more})
                    changed = True
        return True

    def _is_reached(self, target: int, value: int, *, may_be_large: bool) -> bool:
        least = self.leeway.least(target)
        if may_be_large and least > self.k - HALF:
            return True
        return least < HALF if value == 0 else self.leeway.reaches(target, value)

    def _is_protected(self) -> bool:
        return all(
            self._is_reached(target, value, may_be_large=large)
            for target, large in self._targets()
            for value in (0, self.k - 1)
        )

    def _stay_small(self) -> None:
        """See to it that small counts alone hide each other even where a reader takes all of them for small.

        Who knows this code knows that a pattern with a large count in it may look different.
        """
        if self.hidden != self.small or not self.small:
            return
        self.leeway.limit(self.hidden, self.k - 1)
        exposed = [
            (target, value)
            for target in sorted(self.hidden)
            for value in (0, self.k - 1)
            if not self._is_reached(target, value, may_be_large=False)
        ]
        more = None
        for target, value in exposed[:1]:
            more = self.leeway.giving_way(target, value, self.weights)
        self.leeway.limit(self.hidden, np.inf)
        if exposed:
            shown = [at for at in range(len(self.names)) if at not in self.hidden and at != self.total]
            cheapest = min(shown, key=lambda at: (self.weights[at], self.names[at]), default=self.total)
            self._hide({int(at) for at in more} if more is not None and len(more) else {cheapest})
            self._protect()

    def _prune(self) -> None:
        """Show again what need not be withheld, the most telling figures first."""
        extra = self.hidden - self.small
        if len(extra) > MOST_PRUNED:
            return
        for figure in sorted(extra, key=lambda at: (-self.weights[at], self.names[at])):
            if any(figure in self.below[other] for other in self.hidden if other != figure):
                continue
            if self.hidden - {figure} == self.small:
                continue  # such a pattern would have to stay small, and was tried
            before = self.leeway.snapshot()
            self.hidden.discard(figure)
            self.leeway.show_again(figure)
            if not self._is_protected():
                self.hidden.add(figure)
                self.leeway.withhold([figure])
                self.leeway.restore(before)


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


def _open_sums(blank: Release, earlier: Sequence[Release], universe: Universe) -> Iterator[tuple[Places, bool]]:
    """Sums beside the table's own figures that its release must not open: of earlier tables, and of people added."""
    seen: set[bytes] = set()
    for release in (*earlier, blank):
        for key in keys(release.dimensions):
            cell = release.cells.get(key)
            if release is not blank and (cell is None or cell.suppressed or release.base):
                groups = universe.groups(release.dimensions, key, step=release.step)
                if groups.tobytes() not in seen:
                    seen.add(groups.tobytes())
                    yield groups, cell is None or not cell.suppressed
            for since in (one for one in universe.steps if one < blank.step):
                groups = universe.groups(release.dimensions, key, step=blank.step, since=since)
                if groups.tobytes() not in seen:
                    seen.add(groups.tobytes())
                    yield groups, True
