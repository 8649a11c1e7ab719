"""Sections that too few would attend."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from lecen.science.assignment.demand import Demand
from lecen.science.assignment.results import Assignment
from lecen.science.errors import ScienceError


def attendance(seats: Mapping[str, tuple[str, ...]]) -> Counter[str]:
    """Count the people of each section."""
    return Counter(section for held in seats.values() for section in held)


def furthest_short(demand: Demand, found: Assignment) -> str | None:
    """Name the section with the smallest share of the people it needs, or None where each has enough.

    Raises `ScienceError` where seats in it are fixed.
    """
    people = attendance(found.seats)
    short = [section for section in demand.sections if people[section.name] < section.least]
    if not short:
        return None
    worst = min(short, key=lambda section: (people[section.name] / section.least, section.name))
    fixed = sorted(person for person, section in demand.rules.fixed if section == worst.name)
    if fixed:
        raise ScienceError(
            f"Section {worst.name} needs {worst.least:,} people and {people[worst.name]:,} would attend, "
            f"but {fixed[0]} has a fixed seat in it."
        )
    return worst.name


def without_section(demand: Demand, name: str) -> Demand:
    """Take a section out, and from people's lists the course that it was the last to offer.

    Raises `ScienceError` where somebody requires that course or has a fixed seat in the section.
    """
    sections = tuple(section for section in demand.sections if section.name != name)
    if not sections:
        raise ScienceError("No section is left: all are canceled.")
    courses = {section.course for section in sections}
    for person in demand.people:
        for course in person.required:
            if course not in courses:
                raise ScienceError(f"{person.name} requires {course}, but its last section, {name}, is canceled.")
    for holder, section in demand.rules.fixed:
        if section == name:
            raise ScienceError(f"{holder} has a fixed seat in {name}, which is canceled.")
    return replace(demand, sections=sections)
