"""What came of a pool: who was paired and why, who was not and what they carry into the next round."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Counts
from lecen.science.errors import ScienceError
from lecen.science.matching.pool import STEPS, Pool

# Two sorting keys in one whole number: up to here it fits.
LARGEST_KEY = 2**62


@dataclass(frozen=True)
class Pair:
    """A mentee and a mentor: their `score` in points is the sum of the parts that each side gives.

    `mentee_place` is this mentor's place among all whom the mentee may have (1 is the best; equals share a place), by
    the mentee's parts; `mentor_place` the mentee's place for the mentor, by the mentor's parts.
    """

    mentee: str
    mentor: str
    score: float
    mentee_parts: Mapping[str, float]
    mentor_parts: Mapping[str, float]
    mentee_place: int
    mentor_place: int
    required: bool


@dataclass(frozen=True)
class Unmatched:
    """A mentee without a mentor, why, and how many rounds they will have waited when the next one begins."""

    mentee: str
    reason: str
    waited: int


@dataclass(frozen=True)
class Matching:
    """The pairs and those left over, in the order of mentees' names; `score` in points is the sum over pairs.

    `free` holds mentors' seats that stay empty. `proved` says that prices of the mentors' seats were found that no
    other matching can beat; a stable matching does not claim it.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    free: Mapping[str, int]
    score: float
    proved: bool

    def carried(self) -> dict[str, int]:
        """Give the rounds waited by those left over: what the next `pool` takes as `waited`."""
        return {one.mentee: one.waited for one in self.unmatched}


def matching(pool: Pool, chosen: NDArray[np.bool_], *, proved: bool) -> Matching:
    """Describe the `chosen` candidates of a pool (True or False each)."""
    own, other = pool.given_by(pool.mentee_parts), pool.given_by(pool.mentor_parts)
    own_place = _places(own, chosen, pool.mentee_of)
    other_place = _places(other, chosen, pool.mentor_of)
    pairs = tuple(
        Pair(
            mentee=pool.mentees[pool.mentee_of[at]],
            mentor=pool.mentors[pool.mentor_of[at]],
            score=int(own[at] + other[at]) / STEPS,
            mentee_parts={name: int(part[at]) / STEPS for name, part in pool.mentee_parts.items()},
            mentor_parts={name: int(part[at]) / STEPS for name, part in pool.mentor_parts.items()},
            mentee_place=int(mine),
            mentor_place=int(theirs),
            required=bool(pool.required[at]),
        )
        for at, mine, theirs in zip(np.flatnonzero(chosen), own_place, other_place, strict=True)
    )
    free = pool.seats - np.bincount(pool.mentor_of[chosen], minlength=len(pool.mentors))
    return Matching(
        pairs=pairs,
        unmatched=_left_over(pool, chosen),
        free={name: int(seats) for name, seats in zip(pool.mentors, free, strict=True) if seats},
        score=sum((own + other)[chosen].tolist()) / STEPS,
        proved=proved,
    )


def blocking_pairs(pool: Pool, found: Matching) -> tuple[tuple[str, str], ...]:
    """List the pairs who would both rather have each other than what they have in `found`, by their own parts alone.

    A mentee rather has a mentor who gives more points than theirs, or any when they have none; a mentor rather has a
    mentee who gives more than the least of theirs, or any while a seat is free. Required pairs are not to be broken,
    so a seat or a mentee bound by one blocks nothing. Waiting does not count: this is what the people themselves say.
    Raises `ScienceError` where the matching is of another pool.
    """
    first = {name: place for place, name in enumerate(pool.mentees)}
    second = {name: place for place, name in enumerate(pool.mentors)}
    for pair in found.pairs:
        if pair.mentee not in first or pair.mentor not in second:
            raise ScienceError(
                f"The matching pairs {pair.mentee!r} with {pair.mentor!r}, who are not both in the pool."
            )
    keys = pool.mentee_of * len(pool.mentors) + pool.mentor_of
    paired = np.array([first[pair.mentee] * len(second) + second[pair.mentor] for pair in found.pairs], dtype=np.int64)
    chosen = np.isin(keys, paired)
    wanting = rather(pool, chosen, pool.given_by(pool.mentee_parts), pool.given_by(pool.mentor_parts))
    return tuple((pool.mentees[pool.mentee_of[at]], pool.mentors[pool.mentor_of[at]]) for at in np.flatnonzero(wanting))


def rather(pool: Pool, chosen: NDArray[np.bool_], own: Counts, other: Counts) -> NDArray[np.bool_]:
    """Mark the candidates whom both sides would rather have, by values of theirs (one a candidate)."""
    least = np.iinfo(np.int64).min
    has = np.full(len(pool.mentees), least)
    has[pool.mentee_of[chosen]] = own[chosen]
    movable = chosen & ~pool.required
    worst = np.full(len(pool.mentors), np.iinfo(np.int64).max)
    np.minimum.at(worst, pool.mentor_of[movable], other[movable])
    bound = np.zeros(len(pool.mentees), dtype=bool)
    bound[pool.mentee_of[pool.required]] = True
    taken = np.bincount(pool.mentor_of[chosen], minlength=len(pool.mentors))
    worst[taken < pool.seats] = least
    wanting: NDArray[np.bool_] = (own > has[pool.mentee_of]) & (other > worst[pool.mentor_of])
    return wanting & ~chosen & ~bound[pool.mentee_of]


def _places(values: Counts, chosen: NDArray[np.bool_], owner: Counts) -> Counts:
    """Give for each chosen candidate how many of its owner's candidates have a higher value, and 1."""
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    span = int(values.max() - values.min()) + 1
    if span * (int(owner.max()) + 1) > LARGEST_KEY:
        values = np.unique(values, return_inverse=True)[1]
        span = int(values.max()) + 1
    keys = owner * span + (values.max() - values)
    places: Counts = np.searchsorted(np.sort(keys), keys[chosen]) - np.searchsorted(np.sort(owner), owner[chosen]) + 1
    return places


def _left_over(pool: Pool, chosen: NDArray[np.bool_]) -> tuple[Unmatched, ...]:
    paired = np.zeros(len(pool.mentees), dtype=bool)
    paired[pool.mentee_of[chosen]] = True
    options = np.bincount(pool.mentee_of, minlength=len(pool.mentees))
    return tuple(
        Unmatched(pool.mentees[at], _reason(int(options[at])), int(pool.waited[at]) + 1)
        for at in np.flatnonzero(~paired)
    )


def _reason(options: int) -> str:
    if options == 0:
        return "no mentor may be paired with them"
    return f"all {options} mentors whom they may have are full" if options > 1 else "the mentor they may have is full"
