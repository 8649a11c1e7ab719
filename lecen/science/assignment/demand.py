"""Who wants what, what is offered, and the rules: the inputs, refused with a sentence where they cannot be meant."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lecen.science.arrays import MOST_PEOPLE
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

MOST_POINTS = 10_000  # for one place in a list; sums over everybody are still exact


@dataclass(frozen=True, slots=True)
class Person:
    """One person's wishes: courses ranked best first, and what must hold for them."""

    name: str
    ranked: tuple[str, ...] = ()
    required: tuple[str, ...] = ()  # courses they must get, ranked or not
    taken: tuple[str, ...] = ()  # courses they have behind them: not offered again, and they count as prerequisites
    accessible: bool = False  # whether they can only use accessible rooms


@dataclass(frozen=True, slots=True)
class Section:
    """One offer of a course: a slot (whole numbers in order of time), its seats and its room's access."""

    name: str
    course: str
    slot: int
    seats: int
    accessible: bool = True
    least: int = 0  # people it needs, or it is canceled


@dataclass(frozen=True, slots=True)
class Rules:
    """What binds more than one wish."""

    prerequisites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # course: what must come before it
    together: tuple[tuple[str, ...], ...] = ()  # people who go to the same sections throughout
    apart: tuple[tuple[str, str], ...] = ()  # people who never sit in one section
    fixed: tuple[tuple[str, str], ...] = ()  # (person, section): seats already given


Named = TypeVar("Named", Person, Section)


@dataclass(frozen=True, slots=True)
class Demand:
    """Checked inputs in an order that does not depend on the order in which they came."""

    people: tuple[Person, ...]  # by name
    sections: tuple[Section, ...]  # by slot, then name
    rules: Rules
    points: tuple[int, ...]  # for a first, second... choice


def read_demand(
    people: Iterable[Person], sections: Iterable[Section], rules: Rules, points: Sequence[int] | None
) -> Demand:
    """Check the inputs and order them. Raises `ScienceError` naming the first that cannot be used."""
    persons, offers = _named(people, Person, "people"), _named(sections, Section, "sections")
    for section in offers:
        _check_section(section)
    courses = {section.course for section in offers}
    for person in persons:
        _check_person(person, courses)
    _check_rules(rules, {one.name: one for one in persons}, {one.name: one for one in offers}, courses)
    longest = max(len(person.ranked) for person in persons)
    return Demand(
        tuple(sorted(persons, key=lambda person: person.name)),
        tuple(sorted(offers, key=lambda section: (section.slot, section.name))),
        rules,
        _points(points, longest),
    )


def _named(given: Iterable[Named], kind: type[Named], what: str) -> list[Named]:
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise ScienceError(f"The {what} must be a list of {kind.__name__}, not {type(given).__name__}.")
    listed = list(given)
    if not listed:
        raise ScienceError(f"There must be at least one of the {what}.")
    for one in listed:
        if not isinstance(one, kind):
            raise ScienceError(f"The {what} must be a list of {kind.__name__}; one of them is {one!r}.")
        if not isinstance(one.name, str) or not one.name:
            raise ScienceError(f"Each of the {what} needs a name; one of them has {one.name!r}.")
    name, times = Counter(one.name for one in listed).most_common(1)[0]
    if times > 1:
        raise ScienceError(f"The name {name} stands {times} times among the {what}.")
    return listed


def _check_section(section: Section) -> None:
    if not isinstance(section.course, str) or not section.course:
        raise ScienceError(f"Section {section.name} must name its course, not {section.course!r}.")
    whole(section.slot, f"The slot of section {section.name}", least=-MOST_PEOPLE, most=MOST_PEOPLE)
    seats = whole(section.seats, f"The seats of section {section.name}", least=0, most=MOST_PEOPLE)
    whole(section.least, f"The fewest people of section {section.name}", least=0, most=seats)


def _check_person(person: Person, courses: set[str]) -> None:
    for what, listed in (("ranks", person.ranked), ("requires", person.required), ("has taken", person.taken)):
        if isinstance(listed, str) or not isinstance(listed, Sequence):
            raise ScienceError(f"The courses that {person.name} {what} must be a list of names, not {listed!r}.")
        for course, times in Counter(listed).items():
            if times > 1:
                raise ScienceError(f"{person.name} {what} {course} {times} times.")
            if what != "has taken" and course not in courses:
                raise ScienceError(f"{person.name} {what} {course}, which no section offers.")
    for course in person.required:
        if course in person.taken:
            raise ScienceError(f"{person.name} requires {course} and has taken it already.")


def _check_rules(
    rules: Rules, people: Mapping[str, Person], sections: Mapping[str, Section], courses: set[str]
) -> None:
    for name in [name for group in (*rules.together, *rules.apart) for name in group]:
        if name not in people:
            raise ScienceError(f"The rules name {name}, who is not among the people.")
    for name, section in rules.fixed:
        if name not in people or section not in sections:
            raise ScienceError(f"The fixed seat of {name} in {section} names a person or section that does not exist.")
        if sections[section].course in people[name].taken:
            raise ScienceError(
                f"{name} has a fixed seat in {section}, and has taken {sections[section].course} already."
            )
        if people[name].accessible and not sections[section].accessible:
            raise ScienceError(f"{name} needs an accessible room and has a fixed seat in {section}, which is in none.")
    _check_company(rules)
    _check_order(rules, courses)


def _check_company(rules: Rules) -> None:
    for name, times in Counter(name for group in rules.together for name in group).items():
        if times > 1:
            raise ScienceError(f"{name} stands {times} times in the groups kept together; once is enough.")
    home = {name: group for group in rules.together for name in group}
    for one, other in rules.apart:
        if one == other:
            raise ScienceError(f"{one} cannot be kept apart from themselves.")
        if other in home.get(one, ()):
            raise ScienceError(f"{one} and {other} cannot be kept together and apart.")


def _check_order(rules: Rules, courses: set[str]) -> None:
    for course, before in rules.prerequisites.items():
        if isinstance(before, str) or not isinstance(before, Sequence):
            raise ScienceError(f"The prerequisites of {course} must be a list of names, not {before!r}.")
        if course in before:
            raise ScienceError(f"{course} cannot be its own prerequisite.")
    unknown = set(rules.prerequisites) - courses
    if unknown:
        raise ScienceError(f"The rules give prerequisites of {min(unknown)}, which no section offers.")


def _points(points: Sequence[int] | None, longest: int) -> tuple[int, ...]:
    if points is None:
        return tuple(range(longest, 0, -1))
    given = tuple(whole(one, "Points for a place in a list", least=1, most=MOST_POINTS) for one in points)
    if len(given) < longest:
        raise ScienceError(f"Points are given for {len(given)} places, but the longest list has {longest}.")
    if any(later > earlier for earlier, later in itertools.pairwise(given)):
        raise ScienceError("Points must not rise from a better place in a list to a worse one.")
    return given
