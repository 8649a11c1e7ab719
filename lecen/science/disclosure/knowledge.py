"""What readers of releases know, as sums of groups of people between two bounds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.disclosure.tables import Key, Release
from lecen.science.disclosure.universe import Places, Universe
from lecen.science.errors import ScienceError

CONTRADICTION = "The releases contradict each other or themselves: no counts of people fit all their figures."


@dataclass(frozen=True)
class Knowledge:
    """Sums that are known: `sets` of groups with `low` and `high` ends, both included.

    `counts` are the groups known one by one, NaN where they are not; they are taken out of the sets.
    """

    universe: Universe
    counts: Numbers
    sets: list[Places]
    low: Numbers
    high: Numbers

    @classmethod
    def of(cls, releases: Sequence[Release], universe: Universe) -> "Knowledge":
        """Collect the sums that say something new, groups known one by one taken out. Raises `ScienceError`."""
        ends: dict[bytes, tuple[Places, float, float]] = {}
        for release in releases:
            for groups, low, high in _sums(release, universe):
                name = groups.tobytes()
                _, least, most = ends.get(name, (groups, 0.0, np.inf))
                ends[name] = (groups, max(low, least), min(high, most))
        counts = np.full(universe.size, np.nan)
        for groups, low, high in ends.values():
            if low > high:
                raise ScienceError(CONTRADICTION)
            if len(groups) == 1 and low == high:
                counts[groups[0]] = low
        return cls(universe, counts, *_rest(ends.values(), counts))


def _sums(release: Release, universe: Universe) -> Iterator[tuple[Places, float, float]]:
    """What each figure shown tells, except where the figures below it tell the same."""
    total = tuple(dimension.total for dimension in release.dimensions)
    for key, cell in release.cells.items():
        if cell.value is None and not (release.withheld and key == total):
            continue
        groups = universe.groups(release.dimensions, key, step=release.step)
        if cell.value is None:
            yield groups, 0, release.k - 1
        elif release.base:
            yield groups, max(0, cell.value - release.base), cell.value + release.base - 1
        elif not _follows(release, key, cell.value):
            yield groups, cell.value, cell.value


def _follows(release: Release, key: Key, value: int) -> bool:
    """Whether a figure is the sum of figures shown below it along some dimension; they must agree with it."""
    follows = False
    for place, dimension in enumerate(release.dimensions):
        parts = [
            release.cells.get((*key[:place], part, *key[place + 1 :]))
            for part in dimension.children.get(key[place], ())
        ]
        shown = [part.value for part in parts if part is not None and part.value is not None]
        if parts and len(shown) == len(parts):
            if sum(shown) != value:
                raise ScienceError(CONTRADICTION)
            follows = True
    return follows


def _rest(sums: Iterable[tuple[Places, float, float]], counts: Numbers) -> tuple[list[Places], Numbers, Numbers]:
    """Take the groups that are known out of the sums."""
    ends: dict[bytes, tuple[Places, float, float]] = {}
    for groups, low, high in sums:
        unknown = groups[np.isnan(counts[groups])]
        known = np.nansum(counts[groups])
        if high < known or (len(unknown) == 0 and low > known):
            raise ScienceError(CONTRADICTION)
        if len(unknown):
            name = unknown.tobytes()
            _, least, most = ends.get(name, (unknown, 0.0, np.inf))
            ends[name] = (unknown, max(low - known, least), min(high - known, most))
    kept = list(ends.values())
    if any(low > high for _, low, high in kept):
        raise ScienceError(CONTRADICTION)
    return (
        [groups for groups, _, _ in kept],
        np.array([low for _, low, _ in kept]),
        np.array([high for *_, high in kept]),
    )
