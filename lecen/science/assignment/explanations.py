"""Why each person got what they got, choice by choice, in words they can check."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lecen.science.assignment.attendance import attendance
from lecen.science.assignment.demand import Demand, Person, Rules, Section, read_demand
from lecen.science.assignment.results import Assignment, Policy
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError

WEIGHED: dict[Policy, str] = {
    "sum": "required, fixed and kept seats come first, then the points of all together",
    "floor": "required, fixed and kept seats come first, then who would have least, then the points of all together",
}
Outcome = Literal["given", "taken", "canceled", "no access", "order", "full", "same time", "rules"]
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Reason:
    """What became of one choice, and why."""

    course: str
    outcome: Outcome
    words: str


def explain(
    people: Iterable[Person], sections: Iterable[Section], found: Assignment, rules: Rules | None = None
) -> dict[str, tuple[Reason, ...]]:
    """Tell each person what became of each of their choices, best first, then what else they have.

    The inputs are those of the assignment.

    Fewer than ten others are never counted out loud, and nobody is told of others' rules. Raises `ScienceError` where
    `found` is of other people or sections.
    """
    demand = read_demand(people, sections, Rules() if rules is None else rules, None)
    if not isinstance(found, Assignment):
        raise ScienceError(f"What is explained must be an Assignment, not {type(found).__name__}.")
    if set(found.seats) != {person.name for person in demand.people}:
        raise ScienceError("The assignment is of other people than those given.")
    if not set(attendance(found.seats)) <= {section.name for section in demand.sections}:
        raise ScienceError("The assignment is of other sections than those given.")
    teller = _Teller(demand, found)
    return {
        person.name: (*(teller.tell(person, place) for place in range(len(person.ranked))), *teller.unranked(person))
        for person in demand.people
    }


class _Teller:
    """Knows who is where, and how many ranked what how high."""

    def __init__(self, demand: Demand, found: Assignment) -> None:
        self._demand, self._found = demand, found
        self._sections = {section.name: section for section in demand.sections}
        self._offers: dict[str, list[Section]] = {}
        for section in demand.sections:
            if section.name not in found.canceled:
                self._offers.setdefault(section.course, []).append(section)
        self._people = attendance(found.seats)
        self._ranked: dict[str, Counter[int]] = {}
        for person in demand.people:
            for place, course in enumerate(person.ranked):
                self._ranked.setdefault(course, Counter())[place] += 1

    def tell(self, person: Person, place: int) -> Reason:
        course = person.ranked[place]
        held = self._held(person)
        choice = f"Your {_ordinal(place)} choice, {course},"
        if course in held:
            return Reason(course, "given", f"{choice} is yours: {held[course].name} in slot {held[course].slot}.")
        if course in person.taken:
            return Reason(course, "taken", f"{choice} is one you have taken already.")
        offers = self._offers.get(course, [])
        if not offers:
            return Reason(course, "canceled", f"{choice} was canceled.")
        usable = [one for one in offers if one.accessible or not person.accessible]
        if not usable:
            return Reason(course, "no access", f"{choice} has no accessible room.")
        return self._told(person, place, held, usable)

    def unranked(self, person: Person) -> Iterator[Reason]:
        """Tell of the courses that a person has without having ranked them."""
        for course, section in self._held(person).items():
            if course not in person.ranked:
                yield Reason(
                    course, "given", f"{course} is yours too, as the rules ask: {section.name} in slot {section.slot}."
                )

    def _held(self, person: Person) -> dict[str, Section]:
        return {self._sections[name].course: self._sections[name] for name in self._found.seats[person.name]}

    def _told(self, person: Person, place: int, held: Mapping[str, Section], usable: list[Section]) -> Reason:
        course = person.ranked[place]
        choice = f"Your {_ordinal(place)} choice, {course},"
        missing = [
            before
            for before in self._demand.rules.prerequisites.get(course, ())
            if before not in person.taken and before not in held
        ]
        if missing:
            return Reason(course, "order", f"{choice} needs {missing[0]} before it, which you do not have.")
        free = [one for one in usable if self._people[one.name] < one.seats]
        if not free:
            return Reason(course, "full", f"{choice} was full{self._why_full(person, place, usable)}.")
        slots = {one.slot: one.course for one in held.values()}
        if all(one.slot in slots for one in free):
            others = " and ".join(dict.fromkeys(slots[one.slot] for one in free))
            return Reason(course, "same time", f"{choice} has seats left only at the time of {others}, which you have.")
        # No word on which rule: that two people are kept apart is nothing that either should learn here.
        return Reason(course, "rules", f"{choice} did not fit with the rest of the plan.")

    def _why_full(self, person: Person, place: int, usable: list[Section]) -> str:
        """Say how many stood before this person, where that explains it and they are too many to be known."""
        ranked = self._ranked[person.ranked[place]]
        seats = sum(one.seats for one in usable)
        where = f"{seats:,} {'seat' if seats == 1 else 'seats'}{' in accessible rooms' if person.accessible else ''}"
        turn = " when your turn came" if self._found.policy == "draft" else ""
        higher = sum(people for other, people in ranked.items() if other < place)
        as_high = higher + ranked[place] - 1
        # A smaller number is told by no branch, nor by the choice of one.
        most = max(seats, DEFAULT_K)
        if higher >= most:
            return f"{turn}: {higher:,} ranked it higher for {where}"
        if as_high >= most:
            return f"{turn}: {as_high:,} ranked it as high or higher for {where}"
        return turn or f": {WEIGHED[self._found.policy]}"


def _ordinal(place: int) -> str:
    if place < len(ORDINALS):
        return ORDINALS[place]
    number = place + 1
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
