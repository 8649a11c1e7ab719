"""Simulated demand, and answers found by trying everything."""

from itertools import product

import numpy as np

from lecen.science.arrays import generator
from lecen.science.assignment import Person, Rules, Section
from lecen.science.assignment.demand import read_demand
from lecen.science.assignment.program import NOTHING, Program, build_program, order_of_units


def simulate(people, courses, slots, sections, *, ranked, seats=1.1, popularity=0.8, seed=1):
    """Draw lists by popularity and taste; each course has at least one section, each slot `seats` a person."""
    rng = generator(seed)
    course = np.r_[np.arange(courses), rng.integers(0, courses, sections - courses)]
    slot = rng.permutation(np.arange(sections) % slots)
    size = rng.choice([0.5, 1, 1, 2, 3], sections)
    total = np.array([size[slot == one].sum() for one in slot])
    room = np.ceil(seats * people * size / total).astype(int)
    liking = rng.normal(0, popularity, courses) + rng.gumbel(size=(people, courses))
    lists = np.argsort(-liking, axis=1)[:, :ranked]
    return (
        [Person(f"p{at:05d}", tuple(f"c{one:02d}" for one in row)) for at, row in enumerate(lists)],
        [Section(f"s{at:03d}", f"c{course[at]:02d}", int(slot[at]), int(room[at])) for at in range(sections)],
    )


def program_of(people, sections, rules=None, points=None, seed=1) -> Program:
    demand = read_demand(people, sections, rules or Rules(), points)
    return build_program(demand, order_of_units(demand, generator(seed)))


def schedules_of(program: Program, unit: int):
    """All schedules of a unit that keep the rules of one person."""
    by_slot = [[NOTHING] for _ in range(program.slots)]
    for edge in program.edges_of(unit):
        by_slot[program.slot[edge]].append(edge)
    for held in product(*by_slot):
        at = {int(program.place[edge]): slot for slot, edge in enumerate(held) if edge != NOTHING}
        once = len(at) == sum(edge != NOTHING for edge in held)
        needs = program.needs.get(unit, ())
        if once and all(later not in at or at.get(before, 99) < at[later] for later, before in needs):
            yield held


def best_by_enumeration(program: Program, value=None) -> int:
    """The greatest sum of values of schedules within the limits: everything tried, unit by unit, states merged."""
    gain = value or (lambda unit, held: int(program.values(np.array([held]), np.array([unit]))[0]))
    reached = {tuple(program.limits.tolist()): 0}
    for unit in range(program.units):
        ways = {}
        for held in schedules_of(program, unit):
            edges = [edge for edge in held if edge != NOTHING]
            use = tuple(np.asarray(program.uses[edges].sum(0)).ravel().astype(int)) if edges else None
            ways[use] = max(ways.get(use, -(10**9)), gain(unit, held))
        after = {}
        for left, sum_so_far in reached.items():
            for use, worth in ways.items():
                rest = left if use is None else tuple(a - b for a, b in zip(left, use, strict=True))
                if min(rest) >= 0:
                    after[rest] = max(after.get(rest, -(10**9)), sum_so_far + worth)
        reached = after
    return max(reached.values())


def broken_rules(people, sections, rules, seats):
    """Name every rule that an assignment breaks."""
    offered = {section.name: section for section in sections}
    faults = []
    for person in people:
        held = [offered[name] for name in seats[person.name]]
        slots, courses = [one.slot for one in held], [one.course for one in held]
        faults += ["two in a slot"] * (slots != sorted(set(slots))) + ["twice"] * (len(set(courses)) < len(courses))
        faults += [f"{person.name} lacks {one}" for one in person.required if one not in courses]
        faults += [f"{person.name} again {one}" for one in person.taken if one in courses]
        faults += ["no access"] * (person.accessible and not all(one.accessible for one in held))
        at = {one.course: one.slot for one in held}
        faults += [
            f"{course} before {before}"
            for course in courses
            for before in rules.prerequisites.get(course, ())
            if before not in person.taken and at.get(before, 10**9) >= at[course]
        ]
    for section in sections:
        present = {name for name, held in seats.items() if section.name in held}
        faults += [f"{section.name} is over full"] * (len(present) > section.seats)
        faults += [f"{pair} meet" for pair in rules.apart if set(pair) <= present]
    faults += [f"{group} part" for group in rules.together if len({seats[name] for name in group}) > 1]
    return faults + [f"{fix} lost" for fix in rules.fixed if fix[1] not in seats[fix[0]]]


def best_above(program: Program, best, percent):
    """The greatest sum of points where each unit has at least this percent of its best; None where that cannot be."""
    low = -(10**6)
    most = best_by_enumeration(
        program,
        lambda unit, held: (
            points if 100 * (points := int(program.points_of(np.array([held]))[0])) >= percent * best[unit] else low
        ),
    )
    return most if most >= 0 else None


def highest_floor(program: Program, best) -> int:
    """The highest whole percent of their own best that everybody can have at once."""
    low, high = 0, 100
    while low < high:
        tried = (low + high + 1) // 2
        low, high = (low, tried - 1) if best_above(program, best, tried) is None else (tried, high)
    return low
