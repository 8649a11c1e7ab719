"""Why requirements cannot all hold: the smallest set found that already contradicts itself, in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from lecen.science.assignment.demand import Demand, Person
from lecen.science.assignment.program import NOTHING, build_program
from lecen.science.assignment.seat_program import MOST_NODES, solve_whole
from lecen.science.stopwatch import Stopwatch

Kind = Literal["required", "fixed", "together", "apart", "after"]
MOST_TRIES = 60  # programs solved to make the set smaller
MOST_TOLD = 8


@dataclass(frozen=True)
class Claim:
    """One thing that must hold; without it the rest might."""

    kind: Kind
    first: str  # a person, or the later course
    second: str  # a course, a section, another person, or the earlier course; nobody where a group is kept together
    words: str


@dataclass(frozen=True)
class Conflict:
    """Claims that cannot all hold; `smallest` if they could without any one of them, else the search ended before."""

    claims: tuple[Claim, ...]
    smallest: bool

    @property
    def words(self) -> str:
        told = "; ".join(claim.words for claim in self.claims[:MOST_TOLD])
        more = f"; and {len(self.claims) - MOST_TOLD:,} more" if len(self.claims) > MOST_TOLD else ""
        perhaps = "" if self.smallest else " Some of them may have no part in it."
        return f"These cannot all hold with the sections and seats there are: {told}{more}.{perhaps}"


def conflict_words(demand: Demand, watch: Stopwatch) -> str:
    """Name the smallest set found of claims that cannot all hold, knowing that all of them together cannot."""
    return _crowded(demand) or find_conflict(demand, watch).words


def find_conflict(demand: Demand, watch: Stopwatch) -> Conflict:
    """Find claims that cannot all hold, one person's own first, and leave out what has no part in it."""
    everything = _claims(demand)
    for person in demand.people:
        own = [claim for claim in everything if claim.first == person.name or claim.kind == "after"]
        if any(claim.kind in {"required", "fixed"} for claim in own) and not _can_hold(demand, own, watch):
            return _smallest(demand, own, watch)
    return _smallest(demand, everything, watch)


def _crowded(demand: Demand) -> str | None:
    """Say which course more people require, or which section more have fixed seats in, than it has seats."""
    wanted = Counter(course for person in demand.people for course in person.required)
    fixed = Counter(section for _, section in set(demand.rules.fixed))
    seats: Counter[str] = Counter()
    for section in demand.sections:
        seats[section.course] += section.seats
        if fixed[section.name] > section.seats:
            return (
                f"{fixed[section.name]:,} people have fixed seats in {section.name}, which has {_seats(section.seats)}."
            )
    for course, people in sorted(wanted.items()):
        if people > seats[course]:
            return f"{people:,} people require {course}, which has {_seats(seats[course])}."
    return None


def _seats(count: int) -> str:
    return "1 seat" if count == 1 else f"{count:,} seats"


def _claims(demand: Demand) -> list[Claim]:
    required = [
        Claim("required", person.name, course, f"{person.name} requires {course}{_access(demand, person)}")
        for person in demand.people
        for course in person.required
    ]
    fixed = [
        Claim("fixed", person, section, f"{person} has a fixed seat in {section}")
        for person, section in sorted(demand.rules.fixed)
    ]
    together = [
        Claim("together", group[0], "", f"{', '.join(group[:-1])} and {group[-1]} are kept together")
        for group in demand.rules.together
        if len(group) > 1
    ]
    apart = [Claim("apart", one, other, f"{one} and {other} are kept apart") for one, other in demand.rules.apart]
    after = [
        Claim("after", course, before, f"{course} needs {before} before it")
        for course, needed in sorted(demand.rules.prerequisites.items())
        for before in needed
    ]
    return required + fixed + together + apart + after


def _access(demand: Demand, person: Person) -> str:
    return " in an accessible room" if person.accessible and not all(one.accessible for one in demand.sections) else ""


def _smallest(demand: Demand, claims: list[Claim], watch: Stopwatch) -> Conflict:
    """Leave out ever smaller blocks of claims as long as the rest cannot hold."""
    kept, size, tries = claims, max(len(claims) // 2, 1), 0
    while True:
        at = 0
        while at < len(kept) and tries < MOST_TRIES and not watch.over:
            trial, tries = kept[:at] + kept[at + size :], tries + 1
            if trial and not _can_hold(demand, trial, watch):
                kept = trial
            else:
                at += size
        if size == 1 or at < len(kept):
            return Conflict(tuple(kept), smallest=at >= len(kept))
        size //= 2


def _can_hold(demand: Demand, claims: Iterable[Claim], watch: Stopwatch) -> bool:
    """Whether these claims hold together, or at least were not shown to contradict each other."""
    program = build_program(*_claimed(demand, list(claims)))
    if not len(program.unit):
        return not program.musts.any()
    wanted = replace(program, weight=0, reward=1)
    nothing = np.full((program.units, program.slots), NOTHING)
    everybody = np.arange(program.units)
    found = solve_whole(wanted, nothing, everybody, most_nodes=MOST_NODES, watch=watch)
    return not found.closed or bool((program.met(found.schedules) == program.musts).all())


def _claimed(demand: Demand, claims: list[Claim]) -> tuple[Demand, list[tuple[int, ...]]]:
    """Reduce the demand to the people of these claims, and what is claimed of them."""
    of: dict[str, set[tuple[str, str]]] = {kind: set() for kind in get_args(Kind)}
    for claim in claims:
        of[claim.kind].add((claim.first, claim.second))
    needs: dict[str, tuple[str, ...]] = {}
    for course, before in sorted(of["after"]):
        needs[course] = (*needs.get(course, ()), before)
    named = {name for kind in ("required", "fixed") for name, _ in of[kind]}
    kept = [set(group) for group in demand.rules.together if group and (group[0], "") in of["together"]]
    groups = [group for group in kept if named & group]
    named = named.union(*groups)
    people = tuple(
        replace(person, required=tuple(course for course in person.required if (person.name, course) in of["required"]))
        for person in demand.people
        if person.name in named
    )
    at = {person.name: place for place, person in enumerate(people)}
    units: list[tuple[int, ...]] = [tuple(sorted(at[name] for name in group)) for group in groups]
    alone: list[tuple[int, ...]] = [
        (place,) for place in range(len(people)) if not any(place in unit for unit in units)
    ]
    rules = replace(
        demand.rules, prerequisites=needs, fixed=tuple(sorted(of["fixed"])), apart=tuple(sorted(of["apart"]))
    )
    return replace(demand, people=people, rules=rules), sorted(units + alone)
