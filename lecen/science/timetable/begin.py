"""A first timetable at once: announced places are kept, then those with the fewest places left choose first."""

from dataclasses import replace

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.timetable.rules import Bounds, throughout
from lecen.science.timetable.search import NEVER, Costs, State


def begin(
    left: Bounds,
    costs: Costs,
    priority: Counts,
    chance: np.random.Generator,
    *,
    previous: tuple[Counts, Counts] | None = None,
) -> tuple[Counts, Counts]:
    """Place one session after the other, within the rules, each where it costs least.

    Parameters
    ----------
    left : Bounds
        The rules, as what they leave.
    costs : Costs
        What is to be low.
    priority : ndarray of int
        Higher ones are placed first; sessions of 0 are not placed at all.
    chance : numpy.random.Generator
        Tells equals apart.
    previous : tuple of ndarray of int, optional
        Announced slot and room of each session, -1 where it had none.

    Returns
    -------
    tuple of ndarray of int
        Slot and room of each session, -1 where none was left for it.

    Raises
    ------
    Nothing.

    """
    nowhere = np.full(len(priority), -1)
    state = State(nowhere, nowhere, costs, left)
    waiting = chance.permutation(np.flatnonzero(priority > 0))
    if previous is not None:
        slots = left.slots & (previous[0][:, None] == np.arange(left.open.shape[0]))
        rooms = left.rooms & (previous[1][:, None] == np.arange(left.open.shape[1]))
        waiting = _fill(state, waiting, priority, chance, replace(left, slots=slots, rooms=rooms))
        waiting = _fill(state, waiting, priority, chance, replace(left, slots=slots))
    _fill(state, waiting, priority, chance, left)
    return state.slot, state.room


def _fill(state: State, waiting: Counts, priority: Counts, chance: np.random.Generator, wish: Bounds) -> Counts:
    """Place those who wait where they wish to be, the most constrained first; give those who found no place there."""
    hopeless: list[int] = []
    while len(waiting):
        slots = wish.slots[waiting] & (state.broken[waiting] == 0)
        places = np.zeros(len(waiting))
        for length in np.unique(wish.length[waiting]):
            of = wish.length[waiting] == length
            begins = slots[of].astype(float) @ throughout(state.free, int(length))
            places[of] = (begins * wish.rooms[waiting[of]]).sum(axis=1)
        hopeless += waiting[places == 0].tolist()
        waiting, places = waiting[places > 0], places[places > 0]
        if len(waiting):
            first = int(np.lexsort((places, -priority[waiting]))[0])
            session = int(waiting[first])
            may = state.places(session) & wish.slots[session][:, None] & wish.rooms[session]
            cost = np.where(may, state.clash[session][:, None] + state.costs.seats[session], NEVER)
            # Of places that cost the same, one that few others could have.
            others = wish.slots[waiting].T.astype(float) @ wish.rooms[waiting]
            order = np.lexsort((chance.permutation(cost.size), others.ravel(), cost.ravel()))
            time, room = divmod(int(order[0]), cost.shape[1])
            state.place(session, time, room)
            waiting = np.delete(waiting, first)
    return np.array(hopeless, dtype=np.int64)
