"""Seats held from before, worth more to keep than any other choice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lecen.science.assignment.demand import Demand
from lecen.science.assignment.optimum import searchable
from lecen.science.assignment.program import Program


def with_seats_held(demand: Demand, program: Program, held: Mapping[str, tuple[str, ...]]) -> Program:
    """Let a seat that a person held count for more than what giving it up could gain.

    That is at most all the points there are. Of many people, in whose sums so much would drown the points, it is taken
    to be what the holder could gain beside the price of the seat, which is at most what another could have.
    """
    if not held:
        return program
    names = [section.name for section in demand.sections]
    before = [
        Counter(name for at in group for name in set(held.get(demand.people[at].name, ()))) for group in program.members
    ]
    kept = np.array(
        [before[unit][names[at]] for unit, at in zip(program.unit.tolist(), program.section.tolist(), strict=True)],
        dtype=np.int64,
    )
    most = np.zeros(program.units, dtype=np.int64)
    np.add.at(most, program.unit, program.points)
    gain = most.sum() if searchable(program) else 2 * most.max()
    return replace(program, held=kept, keep=1 + int(gain))
