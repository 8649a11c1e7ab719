"""The people on two sides, the pairs that may be made of them, and the parts of each pair's score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lecen.science.arrays import MOST_PEOPLE, Counts, Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import listed, names, whole

# Points are kept as whole millionths, so that sums are exact and a tie is a tie.
STEPS = 1_000_000
MOST_POINTS = 1_000_000
MOST_PAIRS = 50_000_000
TWO = 2


@dataclass(frozen=True)
class Pool:
    """Two sides in the order of their names, and the candidates: one entry a pair that may be made, mentee by mentee.

    `seats` is how many mentees a mentor may take, `waited` how many rounds a mentee went without. `mentee_of` and
    `mentor_of` are positions in `mentees` and `mentors`. `mentee_parts` and `mentor_parts` hold what each side gives
    the candidates, in millionths of a point; `required` marks the pairs that must be made.
    """

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    seats: Counts
    waited: Counts
    mentee_of: Counts
    mentor_of: Counts
    mentee_parts: Mapping[str, Counts]
    mentor_parts: Mapping[str, Counts]
    required: NDArray[np.bool_]

    def given_by(self, parts: Mapping[str, Counts]) -> Counts:
        """Give the sum of some parts for each candidate, in millionths of a point."""
        return np.sum([np.zeros(len(self.mentee_of), dtype=np.int64), *parts.values()], axis=0)

    def bonus(self, points: float) -> int:
        """Take a bonus for each round waited, in millionths of a point. Raises `ScienceError`."""
        bonus = float(numbers([points], "The bonus for waiting")[0])
        if bonus < 0:
            raise ScienceError(f"The bonus for waiting must not be negative, not {bonus}.")
        if bonus * int(self.waited.max()) > MOST_POINTS:
            raise ScienceError(f"The bonus for waiting must come to at most {MOST_POINTS:,} points for anybody.")
        return round(bonus * STEPS)


def pool(
    mentees: Sequence[str],
    mentors: Sequence[str],
    mentee_parts: Mapping[str, ArrayLike],
    mentor_parts: Mapping[str, ArrayLike] | None = None,
    *,
    candidates: Iterable[tuple[str, str]] | None = None,
    seats: Mapping[str, int] | int = 1,
    forbidden: Iterable[tuple[str, str]] = (),
    required: Iterable[tuple[str, str]] = (),
    waited: Mapping[str, int] | None = None,
) -> Pool:
    """Check who may be paired with whom and what speaks for each pair.

    Parameters
    ----------
    mentees, mentors : sequence of str
        Names, each once on a side. A name on both sides is one person and is never paired with themself.
    mentee_parts, mentor_parts : mapping of str to array-like of numbers
        What speaks for a pair in each side's eyes, by name ("same kind of beat", "their choice"), in points.
        Tables of mentees × mentors; with `candidates`, one number a candidate. A part may stand on both sides.
    candidates : iterable of (mentee, mentor), optional
        The pairs that may be made, each once; without it, all.
    seats : mapping of str to int, or int
        How many mentees each mentor may take; a mentor left out of a mapping takes 1.
    forbidden, required : iterable of (mentee, mentor)
        Pairs that may not, and pairs that must be made. Forbidden pairs need not be among the candidates.
    waited : mapping of str to int, optional
        Rounds in which a mentee found nobody, as a matching carries them; those left out waited none, and those who
        do not come again are passed over.

    Returns
    -------
    Pool

    Raises
    ------
    ScienceError
        Names empty, twice or unknown; parts of another shape, not finite or beyond a million points; a candidate
        twice; required pairs that are forbidden, give a mentee two mentors or a mentor more mentees than seats.

    Notes
    -----
    Points count to six decimals. The order in which people, pairs or parts are given makes no difference.

    """
    first, second = _people(mentees, "mentee"), _people(mentors, "mentor")
    places = _Places(
        {name: place for place, name in enumerate(sorted(first))},
        {name: place for place, name in enumerate(sorted(second))},
    )
    own, other = _parts(mentee_parts), _parts(mentor_parts)
    if not own and not other:
        raise ScienceError("At least one part of the score is needed, from the mentees or from the mentors.")
    pairs = None if candidates is None else listed(candidates, "The candidates", of="pairs")
    reader = _Reader(first, second, places, None if pairs is None else places.keys(pairs, "candidate"))
    keys = reader.keys()
    banned, bound = places.keys(forbidden, "forbidden"), places.keys(required, "required")
    both = sorted(set(first) & set(second))
    banned = np.union1d(banned, places.keys(((name, name) for name in both), "forbidden"))
    may = ~np.isin(keys, banned)
    keys = keys[may]
    room = _seats(seats, places.second)
    _check_required(places, keys, bound, room)
    return Pool(
        mentees=tuple(places.first),
        mentors=tuple(places.second),
        seats=room,
        waited=_by_name({} if waited is None else waited, places.first, 0, "rounds waited"),
        mentee_of=keys // len(second),
        mentor_of=keys % len(second),
        mentee_parts={name: reader.points(values, name)[may] for name, values in own.items()},
        mentor_parts={name: reader.points(values, name)[may] for name, values in other.items()},
        required=np.isin(keys, bound),
    )


@dataclass(frozen=True)
class _Places:
    """Where each name stands; a pair's key is its place in the table of all pairs."""

    first: Mapping[str, int]
    second: Mapping[str, int]

    def keys(self, pairs: Iterable[tuple[str, str]], kind: str) -> Counts:
        if not isinstance(pairs, Iterable):
            raise ScienceError(f"The {kind} pairs must be a list of pairs, not {pairs!r}.")
        found = []
        for pair in pairs:
            if not isinstance(pair, tuple | list) or len(pair) != TWO or not all(isinstance(one, str) for one in pair):
                raise ScienceError(f"A {kind} pair must be a mentee and a mentor, not {pair!r}.")
            for name, side, known in ((pair[0], "mentee", self.first), (pair[1], "mentor", self.second)):
                if name not in known:
                    raise ScienceError(f"The {kind} pair {tuple(pair)!r} names no {side} of the pool: {name!r}.")
            found.append(self.first[pair[0]] * len(self.second) + self.second[pair[1]])
        return np.array(found, dtype=np.int64)

    def names(self, key: int) -> tuple[str, str]:
        return list(self.first)[key // len(self.second)], list(self.second)[key % len(self.second)]


@dataclass(frozen=True)
class _Reader:
    """Takes the parts as they were given and gives them in the order of the candidates' keys."""

    given_first: Sequence[str]
    given_second: Sequence[str]
    places: _Places
    listed: Counts | None

    def keys(self) -> Counts:
        pairs = len(self.given_first) * len(self.given_second) if self.listed is None else len(self.listed)
        if pairs > MOST_PAIRS:
            raise ScienceError(f"{pairs:,} pairs are too many; list at most {MOST_PAIRS:,} candidates.")
        if self.listed is None:
            return np.arange(pairs, dtype=np.int64)
        if pairs == 0:
            raise ScienceError("The list of candidates is empty.")
        keys: Counts = np.sort(self.listed)
        twice = np.flatnonzero(np.diff(keys) == 0)
        if len(twice):
            raise ScienceError(f"The candidate {self.places.names(int(keys[twice[0]]))} is listed twice.")
        return keys

    def points(self, values: ArrayLike, name: str) -> Counts:
        title = f"The part {name!r}"
        if self.listed is None:
            table = numbers(values, title, dimensions=2)
            wanted: tuple[int, ...] = (len(self.given_first), len(self.given_second))
        else:
            table = numbers(values, title)
            wanted = (len(self.listed),)
        if table.shape != wanted:
            raise ScienceError(f"{title} must have the shape {wanted}, one number a pair, not {table.shape}.")
        if np.abs(table).max() > MOST_POINTS:
            raise ScienceError(f"{title} must lie within {MOST_POINTS:,} points of 0, not reach {_far(table):,.6g}.")
        steps: Counts = np.rint(table * STEPS).astype(np.int64)
        if self.listed is not None:
            return steps[np.argsort(self.listed)]
        rows, columns = (
            sorted(range(len(side)), key=side.__getitem__) for side in (self.given_first, self.given_second)
        )
        return steps[np.ix_(rows, columns)].ravel()


def _far(table: Numbers) -> float:
    return float(table.ravel()[np.abs(table).argmax()])


def _people(values: Sequence[str], side: str) -> tuple[str, ...]:
    found = names(values, f"The {side}s")
    if not found:
        raise ScienceError(f"At least one {side} is needed.")
    return found


def _parts(given: Mapping[str, ArrayLike] | None) -> dict[str, ArrayLike]:
    if not isinstance(given, Mapping | None):
        raise ScienceError("The parts must be given by name, as a mapping.")
    return {name: given[name] for name in sorted(names(tuple(given), "The parts"))} if given else {}


def _seats(given: Mapping[str, int] | int, places: Mapping[str, int]) -> Counts:
    if not isinstance(given, Mapping):
        return np.full(len(places), whole(given, "The seats", least=0, most=MOST_PEOPLE))
    for name in given:
        if name not in places:
            raise ScienceError(f"The seats name nobody of the pool: {name!r}.")
    return _by_name(given, places, 1, "seats")


def _by_name(given: Mapping[str, int], places: Mapping[str, int], usual: int, what: str) -> Counts:
    if not isinstance(given, Mapping):
        raise ScienceError(f"The {what} must be given by name, as a mapping, not {given!r}.")
    each = [whole(given.get(name, usual), f"The {what} of {name!r}", least=0, most=MOST_PEOPLE) for name in places]
    return np.array(each, dtype=np.int64)


def _check_required(places: _Places, keys: Counts, bound: Counts, seats: Counts) -> None:
    wrong = bound[~np.isin(bound, keys)]
    if len(wrong):
        raise ScienceError(f"The required pair {places.names(int(wrong[0]))} is forbidden or not among the candidates.")
    mentees, times = np.unique(np.unique(bound) // len(places.second), return_counts=True)
    if (times > 1).any():
        raise ScienceError(
            f"{list(places.first)[mentees[times > 1][0]]!r} is required to have two mentors; one is most."
        )
    taken = np.bincount(np.unique(bound) % len(places.second), minlength=len(places.second))
    if (taken > seats).any():
        full = int(np.flatnonzero(taken > seats)[0])
        raise ScienceError(
            f"{list(places.second)[full]!r} is required to take {taken[full]} mentees and has seats for {seats[full]}."
        )
