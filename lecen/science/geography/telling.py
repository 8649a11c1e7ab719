"""What may be told of counts by area: which are shown, which are known to be small, and which are not told at all.

`disclosure.protect` never says why a count is withheld. Here more is told: that fewer than k people answered from an
area, so that a map can say where nobody is heard. That is safe in a one-way table of which at least one area is shown.
Let S be the small counts, M the published sum of all withheld ones. Either only S is withheld and k <= M <= (s-1)(k-1):
then every count of S can be any of 0..k-1 while the others stay small. Or p neighbors of at least k are withheld too and
M >= (p+1)k: then with any v below k in one place of S, zeros in the others, k in all neighbors but the last and the
rest in the last, `protect` withholds the same places and S is the same. Where every area is withheld neither holds,
and nothing is told by area.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lecen.science.disclosure import protect


class Told(StrEnum):
    """What is told of an area's count."""

    SHOWN = "shown"
    FEWER = "fewer than k"
    WITHHELD = "withheld"  # k or more where others are told; anything where no area is


@dataclass(frozen=True)
class ToldCounts:
    """Everything that further figures may be made of: n (None below k), the counts shown, and what is told of each."""

    n: int | None
    shown: Mapping[str, int]
    told: Mapping[str, Told]


def tell(counts: Mapping[str, int], k: int) -> ToldCounts:
    """Sort counts of people by area, at least one, into what may be told. Raises `ScienceError` as `protect` does."""
    release = protect(counts, k)
    shown = {label: cell.value for label, cell in release.cells.items() if cell.value is not None}
    told = {label: _told(counts[label], label in shown, bool(shown), k) for label in counts}
    return ToldCounts(release.total.value, shown, told)


def _told(count: int, shown: bool, any_shown: bool, k: int) -> Told:
    if shown:
        return Told.SHOWN
    return Told.FEWER if any_shown and count < k else Told.WITHHELD
