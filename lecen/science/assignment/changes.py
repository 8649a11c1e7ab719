"""Assign again after sections were canceled, rooms changed or people came and went, moving as few as possible."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lecen.science.assignment.attendance import without_section
from lecen.science.assignment.demand import Person, Rules, Section, read_demand
from lecen.science.assignment.policies import Terms, assign, check_limits
from lecen.science.assignment.results import Assignment, Policy
from lecen.science.errors import ScienceError
from lecen.science.inputs import names
from lecen.science.stopwatch import Stopwatch


@dataclass(frozen=True)
class Reassignment:
    """The new seats, and who lost or gained which."""

    assignment: Assignment
    lost: Mapping[str, tuple[str, ...]]  # person of now: sections they had and have no more; only who lost any
    gained: Mapping[str, tuple[str, ...]]  # person: sections they did not have before


def reassign_sessions(
    seats: Mapping[str, tuple[str, ...]],
    people: Iterable[Person],
    sections: Iterable[Section],
    *,
    canceled: Iterable[str] = (),
    rules: Rules | None = None,
    policy: Policy = "sum",
    points: Sequence[int] | None = None,
    gap: float = 1e-4,
    seconds: float | None = None,
    seed: int,
) -> Reassignment:
    """Keep as many seats as people, sections and rules of now allow; then raise points, or the floor, or go by turns.

    A person loses a seat only where its section is gone, has fewer seats than people, is closed to them or no longer
    among their wishes, or where a rule or requirement could not hold otherwise. By turns, seats are kept one person
    after another in the order drawn by lot.

    Parameters
    ----------
    seats : mapping of str to tuple of str
        Each person's sections of before: `Assignment.seats`.
    people, sections, rules, policy, points, gap, seconds, seed
        As for `assign_sessions`, as they are now.
    canceled : iterable of str
        Names of sections that will not be held.

    Returns
    -------
    Reassignment
        Its bound holds for answers that keep as many seats.

    Raises
    ------
    ScienceError
        Bad input, or requirements that cannot all hold.

    """
    check_limits(policy, gap, seconds)
    if not isinstance(seats, Mapping):
        raise ScienceError(f"The seats of before must map people to sections, not be {type(seats).__name__}.")
    names(list(seats), "The people who had seats")
    held = {name: names(had, f"The seats of {name}") for name, had in seats.items()}
    demand = read_demand(people, sections, Rules() if rules is None else rules, points)
    gone = _known(canceled, {section.name for section in demand.sections})
    for name in gone:
        demand = without_section(demand, name)
    found = assign(demand, Terms(policy, gap, Stopwatch(seconds), seed, held))
    found = replace(found, canceled=(*gone, *found.canceled))
    stayed = {name: had for name, had in held.items() if name in found.seats}
    return Reassignment(found, _missing(stayed, found.seats), _missing(found.seats, held))


def _known(canceled: Iterable[str], sections: set[str]) -> tuple[str, ...]:
    gone = names(canceled, "The canceled sections")
    for name in gone:
        if name not in sections:
            raise ScienceError(f"Section {name} is to be canceled, but is not among the sections.")
    return gone


def _missing(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Give what each has in the first and not in the second."""
    apart = {name: tuple(one for one in had if one not in second.get(name, ())) for name, had in sorted(first.items())}
    return {name: sections for name, sections in apart.items() if sections}
