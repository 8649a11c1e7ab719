"""Assign people to sections: by the sum of points, with the worst-off first, or by draft alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from lecen.science.arrays import Counts, generator
from lecen.science.assignment.attendance import furthest_short, without_section
from lecen.science.assignment.demand import Demand, Person, Rules, Section, read_demand
from lecen.science.assignment.draft import draft
from lecen.science.assignment.floors import raise_floor, shares_of_best
from lecen.science.assignment.holding import with_seats_held
from lecen.science.assignment.optimum import Optimum, find_optimum
from lecen.science.assignment.program import NOTHING, Program, build_program, order_of_units
from lecen.science.assignment.requirements import begin, with_rewards
from lecen.science.assignment.results import Assignment, Policy
from lecen.science.errors import ScienceError
from lecen.science.stopwatch import Stopwatch

DAY = 86_400
ROUGH = 0.01  # a gap near enough to see which sections too few would attend


def assign_sessions(
    people: Iterable[Person],
    sections: Iterable[Section],
    *,
    policy: Policy = "sum",
    rules: Rules | None = None,
    points: Sequence[int] | None = None,
    gap: float = 1e-4,
    seconds: float | None = None,
    seed: int,
) -> Assignment:
    """Give each person at most one section a slot and each course at most once, by what they ranked.

    Parameters
    ----------
    people : iterable of Person
        Their ranked courses and what must hold for them; the order does not matter.
    sections : iterable of Section
        What is offered; slots are whole numbers in order of time.
    policy : {"sum", "floor", "draft"}
        "sum" makes the points of all courses given as many as possible; "floor" first raises the least share of what
        a person could have alone, then the sum; "draft" lets people take turns and optimizes nothing.
    rules : Rules, optional
        Prerequisites, people kept together or apart, fixed seats.
    points : sequence of int, optional
        Points of a first, second... choice, not rising; by default the longest list's length, down to 1.
    gap : float
        The search ends when no answer could score more than this share better.
    seconds : float, optional
        Time limit. An answer ended by it says so, and may differ from run to run.
    seed : int
        Draws the order of people; it decides ties, and which of the answers within the gap is found.

    Returns
    -------
    Assignment
        Seats, score, bound and gap.

    Raises
    ------
    ScienceError
        Bad input, or rules and requirements that cannot all hold; the message names the smallest such set found.

    """
    check_limits(policy, gap, seconds)
    demand = read_demand(people, sections, Rules() if rules is None else rules, points)
    return assign(demand, Terms(policy, gap, Stopwatch(seconds), seed))


@dataclass(frozen=True)
class Terms:
    """By which policy to assign, how near to the best, for how long, and by which lot."""

    policy: Policy
    gap: float
    watch: Stopwatch
    seed: int
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # seats of before, to be kept where possible


def assign(demand: Demand, terms: Terms) -> Assignment:
    """Assign, cancel the section that falls furthest short of the people it needs, and assign again until none does.

    Roughly as long as sections fall short, by the sum for a floor; then by the terms, and again where one falls short.
    """
    canceled: list[str] = []
    rough = replace(terms, policy="sum" if terms.policy == "floor" else terms.policy, gap=max(terms.gap, ROUGH))
    for these in (rough, terms) if any(section.least for section in demand.sections) else (terms,):
        found = _assign_without(demand, these, canceled)
        while (short := furthest_short(demand, found)) is not None:
            canceled.append(short)
            demand = without_section(demand, short)
            found = _assign_without(demand, these, canceled)
    return replace(found, canceled=tuple(canceled))


def _assign_without(demand: Demand, terms: Terms, canceled: list[str]) -> Assignment:
    """Assign once; where that cannot be, the error names what was canceled on the way, for it may be the cause."""
    try:
        return _assign_once(demand, terms)
    except ScienceError as refused:
        if not canceled:
            raise
        raise ScienceError(f"{refused} Canceled before, as too few would attend: {', '.join(canceled)}.") from None


def _assign_once(demand: Demand, terms: Terms) -> Assignment:
    program = build_program(demand, order_of_units(demand, generator(terms.seed)))
    program = with_rewards(with_seats_held(demand, program, terms.held))
    begun = begin(demand, program, terms.watch)
    return _report(demand, program, begun, _found(program, begun, terms))


@dataclass(frozen=True)
class Found:
    """What a policy came to, in arrays."""

    policy: Policy
    schedules: Counts
    optimum: Optimum | None = None
    floor_bound: float | None = None


def _found(program: Program, begun: Counts, terms: Terms) -> Found:
    policy, gap, watch = terms.policy, terms.gap, terms.watch
    if policy == "draft":
        return Found(policy, begun)
    if not len(program.unit):
        return Found(policy, begun, Optimum(begun, 0, 0, 0, "gap"))
    best = find_optimum(program, begun, gap=gap, watch=watch)
    if policy == "sum":
        return Found(policy, best.schedules, best)
    raised = raise_floor(program, begun, best, gap, watch)
    return Found(policy, raised.optimum.schedules, raised.optimum, raised.most)


def _report(demand: Demand, program: Program, begun: Counts, found: Found) -> Assignment:
    schedules = draft(program, found.schedules)  # seats that a search ended early left free
    score = int(program.points_of(schedules).sum())
    bound = None if found.optimum is None else max(score, found.optimum.most_points)
    shares = shares_of_best(program, schedules)
    floor = float(shares.min()) if len(shares) else None
    return Assignment(
        seats=_seats(demand, program, schedules),
        policy=found.policy,
        score=score,
        bound=bound,
        gap=None if bound is None else (bound - score) / max(bound, 1),
        draft_score=int(program.points_of(begun).sum()),
        floor=floor,
        floor_bound=None if found.floor_bound is None else max(found.floor_bound, floor or 0.0),
        canceled=(),
        ended=None if found.optimum is None else found.optimum.ended,
    )


def _seats(demand: Demand, program: Program, schedules: Counts) -> dict[str, tuple[str, ...]]:
    names = [section.name for section in demand.sections]
    seats: dict[str, tuple[str, ...]] = {}
    for group, schedule in zip(program.members, schedules, strict=True):
        held = tuple(names[program.section[edge]] for edge in schedule[schedule != NOTHING])
        seats |= {demand.people[at].name: held for at in group}
    return dict(sorted(seats.items()))


def check_limits(policy: object, gap: object, seconds: object) -> None:
    """Refuse a policy, a gap or a time limit that cannot be meant, with `ScienceError`."""
    if not isinstance(policy, str) or policy not in get_args(Policy):
        raise ScienceError(f"The policy must be one of {', '.join(get_args(Policy))}, not {policy!r}.")
    if isinstance(gap, bool) or not isinstance(gap, int | float) or not 0 <= gap < 1:
        raise ScienceError(f"The gap must be at least 0 and below 1, not {gap!r}.")
    if seconds is not None and (
        isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < DAY
    ):
        raise ScienceError(f"The time limit must be a number of seconds above 0 and below a day, not {seconds!r}.")
