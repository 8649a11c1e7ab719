"""Several waves joined, each with each, and the people who are in all of them without contradiction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from lecen.science.errors import ScienceError
from lecen.science.waves.codes import Places
from lecen.science.waves.matching import Matching, match_waves

MOST_WAVES = 10


@dataclass(frozen=True)
class Chain:
    """Each two waves joined, by their numbers from 0: `pairs[0, 1]` joins the first to the second.

    `complete` (m, waves) holds the places of the same person in every wave, where each wave joins the next and no two
    waves further apart say otherwise; `contradicted` people were left out because some did; that count may be below 10, and is
    for the analyst.
    """

    pairs: Mapping[tuple[int, int], Matching]
    complete: Places
    contradicted: int


def chain_waves(waves: Sequence[Sequence[Sequence[Any]]], *, tolerate: int = 1, level: float = 0.95) -> Chain:
    """Join two to ten waves of codes, every two of them as `match_waves` does, and follow people through all.

    `tolerate` and `level` are those of `match_waves`. Raises `ScienceError` for one wave or more than ten, and as
    `match_waves`.
    """
    if not isinstance(waves, Sequence) or not 2 <= len(waves) <= MOST_WAVES:  # noqa: PLR2004
        raise ScienceError(f"Between 2 and {MOST_WAVES} waves can be joined.")
    pairs = {
        (one, other): match_waves(waves[one], waves[other], tolerate=tolerate, level=level)
        for one, other in combinations(range(len(waves)), 2)
    }
    followed = _followed(pairs, len(waves))
    agreed = np.ones(len(followed), dtype=bool)
    for (one, other), matching in pairs.items():
        agreed &= ~_contradicts(followed[:, [one, other]], matching)
    return Chain(pairs, followed[agreed], int((~agreed).sum()))


def _followed(pairs: Mapping[tuple[int, int], Matching], waves: int) -> Places:
    people = np.column_stack([pairs[0, 1].first, pairs[0, 1].second])
    for one, other in list(pairwise(range(waves)))[1:]:
        matching = pairs[one, other]
        onward = dict(zip(matching.first.tolist(), matching.second.tolist(), strict=True))
        last = np.array([onward.get(place, -1) for place in people[:, -1].tolist()], dtype=np.int64)
        people = np.column_stack([people, last])[last >= 0]
    return people


def _contradicts(people: Places, matching: Matching) -> np.ndarray:
    there = dict(zip(matching.first.tolist(), matching.second.tolist(), strict=True))
    back = dict(zip(matching.second.tolist(), matching.first.tolist(), strict=True))
    return np.array(
        [there.get(one, other) != other or back.get(other, one) != one for one, other in people.tolist()], dtype=bool
    )
