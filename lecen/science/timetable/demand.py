"""What people want, from the courses they ranked: how many want each, and how many want both of two."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lecen.science.arrays import Counts
from lecen.science.errors import ScienceError
from lecen.science.inputs import names, whole


@dataclass(frozen=True)
class Demand:
    """`wanted` people for each course (in the order of names), and `shared[a, b]` people for both of two courses."""

    courses: tuple[str, ...]
    wanted: Counts
    shared: Counts

    def of(self, courses: Sequence[str]) -> tuple[Counts, Counts]:
        """Give the numbers for sessions of these courses; a course that nobody ranked is wanted by nobody.

        Where a course is given several times, its people are taken to be spread over the sessions evenly: each session
        is wanted by their share, rounded up, and clashes with a share of a share, rounded to the nearest whole number.
        """
        places = {course: place for place, course in enumerate(self.courses)}
        at = np.array([places.get(course, len(places)) for course in courses])
        times = Counter(courses)
        runs = np.array([times[course] for course in courses])
        wanted = np.r_[self.wanted, 0][at]
        shared = np.pad(self.shared, (0, 1))[np.ix_(at, at)]
        shared[at[:, None] == at[None, :]] = 0
        return -(-wanted // runs), np.rint(shared / np.outer(runs, runs)).astype(np.int64)


def demand(rankings: Mapping[str, Sequence[str]], *, first: int) -> Demand:
    """Count the courses that people ranked among their `first` few: as many as a person can attend is a good number.

    `rankings` holds each person's courses, best first. Every choice counts one, whatever its rank. Raises
    `ScienceError` where nobody ranked anything, or a person ranks a course twice.
    """
    first = whole(first, "The number of ranks that count", least=1)
    chosen = [(row, course) for row, ranked in enumerate(read_rankings(rankings)) for course in ranked[:first]]
    courses = sorted({course for _, course in chosen})
    places = {course: place for place, course in enumerate(courses)}
    entries = [row for row, _ in chosen], [places[course] for _, course in chosen]
    wants = sparse.csr_array((np.ones(len(chosen), dtype=np.int64), entries), shape=(len(rankings), len(courses)))
    shared = (wants.T @ wants).toarray().astype(np.int64)
    wanted: Counts = shared.diagonal().copy()
    np.fill_diagonal(shared, 0)
    return Demand(tuple(courses), wanted, shared)


def read_rankings(rankings: object) -> list[tuple[str, ...]]:
    """Take each person's courses, best first, people in any order. Raises `ScienceError`, also where there are none."""
    if not isinstance(rankings, Mapping):
        raise ScienceError(f"The rankings must map people to lists of courses, not be {type(rankings).__name__}.")
    found = [names(ranked, f"The courses that {person!r} ranked") for person, ranked in rankings.items()]
    if not any(found):
        raise ScienceError("Nobody has ranked a course.")
    return found
