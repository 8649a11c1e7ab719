"""The problem in arrays: units that choose, the seats each could take, and what limits them all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.arrays import MOST_NUMBERS, Counts, Numbers
from lecen.science.assignment.demand import Demand, Person, Section
from lecen.science.errors import ScienceError

Needs = tuple[tuple[int, int], ...]  # (place of a course, place of its prerequisite) in the unit's list
Edge = tuple[int, int, int, int, int]  # place, slot, section, points, whether it meets a requirement
NOTHING = -1  # stands in a schedule where a slot is left free


@dataclass(frozen=True)
class Program:
    """Units (a person, or people kept together) and their edges: a unit's possible seat in a section.

    Edges are ordered by unit, then place in the unit's list, then slot. A schedule is one edge a slot, or `NOTHING`.
    """

    members: tuple[tuple[int, ...], ...]  # of each unit, as places among the demand's people
    unit: Counts
    section: Counts
    place: Counts
    slot: Counts
    points: Counts
    must: NDArray[np.bool_]  # whether the edge would meet a requirement
    musts: Counts  # requirements of each unit
    uses: sparse.csr_array  # edges x limits: seats that an edge takes of a limit
    limits: Counts
    needs: dict[int, Needs]  # of the units that have any
    slots: int
    width: int  # courses in the longest list, or slots where these are more
    floors: Counts  # points that each unit should reach
    held: Counts  # how many of the unit had this seat before
    weight: int = 1  # what a point counts for
    keep: int = 0  # what a person's seat kept counts for
    reward: int = 0  # what a met requirement counts for
    penalty: int = 0  # what a point below the floor costs

    @property
    def units(self) -> int:
        return len(self.members)

    @property
    def worth(self) -> Counts:
        """What each edge adds to the value of a schedule."""
        return self.weight * self.points + self.reward * self.must + self.keep * self.held

    def values(self, schedules: Counts, units: Counts | None = None) -> Counts:
        """Values of schedules (rows of edges) of these units, or of all: points, rewards, less penalties."""
        return self._sums(self.worth, schedules) - self.penalty * self.short(schedules, units)

    def points_of(self, schedules: Counts) -> Counts:
        """Points of each schedule."""
        return self._sums(self.points, schedules)

    def met(self, schedules: Counts) -> Counts:
        """Requirements that each unit's schedule meets."""
        return self._sums(self.must, schedules)

    def beside(self, schedules: Counts) -> int:
        """What met requirements and kept seats count for in all, beside points."""
        return int(self._sums(self.reward * self.must + self.keep * self.held, schedules).sum())

    def short(self, schedules: Counts, units: Counts | None = None) -> Counts:
        """Points by which schedules of these units, or of all, miss their floors."""
        floors = self.floors if units is None else self.floors[units]
        return np.maximum(floors - self.points_of(schedules), 0)

    def _sums(self, counted: Counts | NDArray[np.bool_], schedules: Counts) -> Counts:
        return np.append(counted, 0)[schedules].sum(1)  # the last place is that of `NOTHING`

    def used(self, schedules: Counts) -> Numbers:
        """Seats taken of each limit."""
        edges = schedules[schedules != NOTHING]
        return np.asarray(self.uses[edges].sum(0)).ravel()

    def edges_of(self, unit: int) -> range:
        start, end = np.searchsorted(self.unit, [unit, unit + 1])
        return range(int(start), int(end))


def build_program(demand: Demand, groups: Iterable[tuple[int, ...]]) -> Program:
    """Set up the arrays for these groups of people, in this order. Raises `ScienceError` where they would not fit."""
    members = tuple(groups)
    slots = sorted({section.slot for section in demand.sections})
    reader = _Reader(demand, {slot: at for at, slot in enumerate(slots)})
    rows, needs, musts, width = [], {}, np.zeros(len(members), dtype=np.int64), len(slots)
    for unit, group in enumerate(members):
        edges, bound, wanted, length = reader.read(group)
        rows += [(unit, *edge) for edge in edges]
        musts[unit], width = wanted, max(width, length)
        if bound:
            needs[unit] = bound
    if len(members) * width * len(slots) > MOST_NUMBERS // 4:
        raise ScienceError(f"{len(members):,} people with {width} courses in {len(slots)} slots are too many at once.")
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 6).T.copy()
    owner, place, slot, section, points, must = table
    sizes = np.array([len(group) for group in members])
    uses, limits = _limits(demand, members, owner, section, sizes)
    return Program(
        members, owner, section, place, slot, points, must.astype(bool), musts, uses, limits, needs,
        len(slots), width, np.zeros(len(members), dtype=np.int64), np.zeros(len(owner), dtype=np.int64),
    )  # fmt: skip


class _Reader:
    """Reads what a group could take: its list of courses, the sections of each, what must come before what."""

    def __init__(self, demand: Demand, slots: dict[int, int]) -> None:
        self._demand, self._slots = demand, slots
        self._offers: dict[str, list[tuple[int, Section]]] = {}
        for at, section in enumerate(demand.sections):
            self._offers.setdefault(section.course, []).append((at, section))
        self._fixed: dict[str, dict[str, set[int]]] = {}
        numbers = {section.name: at for at, section in enumerate(demand.sections)}
        for name, given in demand.rules.fixed:
            at = numbers[given]
            course = demand.sections[at].course
            self._fixed.setdefault(name, {}).setdefault(course, set()).add(at)

    def read(self, group: tuple[int, ...]) -> tuple[list[Edge], Needs, int, int]:
        """Give edges, prerequisites, the number of requirements and of courses."""
        people = [self._demand.people[at] for at in group]
        fixed = [self._fixed.get(person.name, {}) for person in people]
        must = {course for person in people for course in person.required} | {name for one in fixed for name in one}
        listed = dict.fromkeys(course for person in people for course in (*person.ranked, *self._with_needs(must)))
        courses, needs = self._reachable(people, [name for name in listed if not _taken(people, name)])
        places = {course: place for place, course in enumerate(courses)}
        points = {course: self._points(people, course) for course in courses}
        edges = [
            (places[course], self._slots[section.slot], at, points[course], int(course in must))
            for course in courses
            for at, section in self._offers.get(course, ())
            if section.seats >= len(group)
            if section.accessible or not any(person.accessible for person in people)
            if all(course not in one or one[course] == {at} for one in fixed)
        ]
        bound = tuple((places[course], places[before]) for course, before in needs)
        return edges, bound, len(must), len(courses)

    def _with_needs(self, courses: Iterable[str]) -> list[str]:
        """Add what must come before these courses, and what before those, ranked or not."""
        listed = sorted(courses)
        for course in listed:  # grows while it is read
            listed += [one for one in self._demand.rules.prerequisites.get(course, ()) if one not in listed]
        return listed

    def _points(self, people: list[Person], course: str) -> int:
        points = self._demand.points
        return sum(points[person.ranked.index(course)] for person in people if course in person.ranked)

    def _reachable(self, people: list[Person], courses: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """Drop courses whose prerequisite is neither taken by all nor in the list, and what depends on those."""
        while True:
            needs = [
                (course, before)
                for course in courses
                for before in self._demand.rules.prerequisites.get(course, ())
                if not all(before in person.taken for person in people)
            ]
            lost = {course for course, before in needs if before not in courses}
            if not lost:
                return courses, needs
            courses = [course for course in courses if course not in lost]


def _taken(people: list[Person], course: str) -> bool:
    return any(course in person.taken for person in people)


def _limits(
    demand: Demand, members: tuple[tuple[int, ...], ...], unit: Counts, section: Counts, sizes: Counts
) -> tuple[sparse.csr_array, Counts]:
    """Make a limit for the seats of each section, and one for each section that two people kept apart could share."""
    seats = np.array([one.seats for one in demand.sections], dtype=np.int64)
    rows, columns, amounts = [np.arange(len(unit))], [section], [sizes[unit] if len(unit) else unit]
    at = len(seats)
    for first, second in _apart(demand, members):
        edges = [np.flatnonzero(unit == one) for one in (first, second)]
        shared = np.intersect1d(section[edges[0]], section[edges[1]])
        for some in edges:
            both = some[np.isin(section[some], shared)]
            rows.append(both)
            columns.append(at + np.searchsorted(shared, section[both]))
            amounts.append(np.ones(len(both), dtype=np.int64))
        at += len(shared)
    uses = sparse.csr_array(
        (np.concatenate(amounts).astype(float), (np.concatenate(rows), np.concatenate(columns))), shape=(len(unit), at)
    )
    return uses, np.concatenate([seats, np.ones(at - len(seats), dtype=np.int64)])


def _apart(demand: Demand, members: tuple[tuple[int, ...], ...]) -> Iterator[tuple[int, int]]:
    home = {demand.people[at].name: unit for unit, group in enumerate(members) for at in group}
    pairs = {
        (min(home[one], home[other]), max(home[one], home[other]))
        for one, other in demand.rules.apart
        if {one, other} <= set(home)
    }
    yield from sorted(pairs)


def order_of_units(demand: Demand, rng: np.random.Generator) -> list[tuple[int, ...]]:
    """Group the people kept together, and draw by lot in which order the units stand."""
    at = {person.name: place for place, person in enumerate(demand.people)}
    groups = [tuple(sorted(at[name] for name in group)) for group in demand.rules.together if group]
    grouped = {place for group in groups for place in group}
    units = sorted([*groups, *((place,) for place in range(len(demand.people)) if place not in grouped)])
    return [units[place] for place in rng.permutation(len(units))]
