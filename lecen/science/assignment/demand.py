"""Who wants what, what is offered, and the rules: the inputs, refused with a sentence where they cannot be meant."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from lecen.science.arrays import MOST_PEOPLE
from lecen.science.errors import ScienceError
from lecen.science.inputs import listed, names, records, whole, yes_or_no

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
    offers = [_section(one) for one in records(sections, Section, "sections")]
    courses = {section.course for section in offers}
    persons = [_person(one, courses) for one in records(people, Person, "people")]
    kept = _rules(rules)
    _check_rules(kept, {one.name: one for one in persons}, {one.name: one for one in offers}, courses)
    longest = max(len(person.ranked) for person in persons)
    return Demand(
        tuple(sorted(persons, key=lambda person: person.name)),
        tuple(sorted(offers, key=lambda section: (section.slot, section.name))),
        kept,
        _points(points, longest),
    )


def _section(given: Section) -> Section:
    if not isinstance(given.course, str) or not given.course:
        raise ScienceError(f"Section {given.name} must name its course, not {given.course!r}.")
    seats = whole(given.seats, f"The seats of section {given.name}", least=0, most=MOST_PEOPLE)
    return replace(
        given,
        slot=whole(given.slot, f"The slot of section {given.name}", least=-MOST_PEOPLE, most=MOST_PEOPLE),
        seats=seats,
        accessible=yes_or_no(given.accessible, f"Whether section {given.name} is accessible"),
        least=whole(given.least, f"The fewest people of section {given.name}", least=0, most=seats),
    )


def _person(given: Person, courses: set[str]) -> Person:
    ranked, required, taken = (
        names(found, f"The courses that {given.name} {what}")
        for what, found in (("ranks", given.ranked), ("requires", given.required), ("has taken", given.taken))
    )
    for what, found in (("ranks", ranked), ("requires", required)):
        for course in found:
            if course not in courses:
                raise ScienceError(f"{given.name} {what} {course}, which no section offers.")
    for course in required:
        if course in taken:
            raise ScienceError(f"{given.name} requires {course} and has taken it already.")
    accessible = yes_or_no(given.accessible, f"Whether {given.name} needs accessible rooms")
    return replace(given, ranked=ranked, required=required, taken=taken, accessible=accessible)


def _rules(given: Rules) -> Rules:
    """Take the rules as tuples, so that none is read once and lost."""
    if not isinstance(given, Rules):
        raise ScienceError(f"The rules must be Rules, not {given!r}.")
    if not isinstance(given.prerequisites, Mapping):
        raise ScienceError(f"The prerequisites must map courses to lists of names, not be {given.prerequisites!r}.")
    return Rules(
        {course: names(needed, f"The prerequisites of {course}") for course, needed in given.prerequisites.items()},
        tuple(names(group, "People kept together") for group in _all_of(given.together, "groups kept together")),
        _pairs(given.apart, "pairs kept apart"),
        _pairs(given.fixed, "fixed seats"),
    )


def _all_of(given: object, what: str) -> tuple[object, ...]:
    return tuple(given) if isinstance(given, AbstractSet) else listed(given, f"The {what}", of="lists of names")


def _pairs(given: object, what: str) -> tuple[tuple[str, str], ...]:
    found = []
    for pair in _all_of(given, what):
        two = listed(pair, f"Each of the {what}")
        if len(two) != 2 or not all(isinstance(one, str) for one in two):  # noqa: PLR2004
            raise ScienceError(f"Each of the {what} must be two names, not {pair!r}.")
        found.append(two)
    return tuple(found)


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
        if course not in courses:
            raise ScienceError(f"The rules give prerequisites of {course}, which no section offers.")
        if course in before:
            raise ScienceError(f"{course} cannot be its own prerequisite.")


def _points(points: Sequence[int] | None, longest: int) -> tuple[int, ...]:
    if points is None:
        return tuple(range(longest, 0, -1))
    listed_points = listed(points, "The points", of="whole numbers")
    given = tuple(whole(one, "Points for a place in a list", least=1, most=MOST_POINTS) for one in listed_points)
    if len(given) < longest:
        raise ScienceError(f"Points are given for {len(given)} places, but the longest list has {longest}.")
    if any(later > earlier for earlier, later in itertools.pairwise(given)):
        raise ScienceError("Points must not rise from a better place in a list to a worse one.")
    return given
