"""Why a session found no place: a smallest set of sessions and rules that cannot hold together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.stopwatch import Stopwatch
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.placing import fits
from lecen.science.timetable.rules import ONE_A_ROOM, OPEN, RULES, bounds

# Questions are asked of the solver up to so many columns in all (about 2,000 for 60 sessions, 8 slots and 20 rooms), so
# that the same conference gives the same answer where the time is long enough.
MOST_COLUMNS = 20_000_000


@dataclass(frozen=True)
class Unplaced:
    """A session without a place, the rules that forbid it, and the sessions they forbid it together with.

    `smallest` says that these rules alone forbid it, and would not if any one of them, or any one of the sessions, were
    given up (other rules may then still stand in the way). Else no such set was found in time, and both are empty.
    """

    session: str
    rules: tuple[str, ...]
    sessions: tuple[str, ...]
    smallest: bool


Item = TypeVar("Item")


class _NotKnownError(Exception):
    pass


class _Questions:
    """Asks whether sessions fit together, as long as there are columns and time left."""

    def __init__(self, conference: Conference, watch: Stopwatch) -> None:
        self.conference, self.columns, self.watch = conference, MOST_COLUMNS, watch
        self.left = bounds(conference)
        self.related = self.left.same_slot()
        self.places = self.left.slots.sum(axis=1) * self.left.rooms.sum(axis=1)

    def fits(self, sessions: Sequence[int], rules: Sequence[str]) -> bool:
        self.columns -= len(sessions) * self.left.open.size
        known = None if self.columns < 0 or self.watch.over else fits(self.conference, sessions, rules, self.watch)
        if known is None:
            raise _NotKnownError
        return known

    def nearest(self, session: int) -> Counts:
        """Order the other sessions: those that share speakers or a course first, then those with the fewest places."""
        order = np.lexsort((np.arange(len(self.places)), self.places, -self.related[session]))
        near: Counts = order[order != session]
        return near


def explain(conference: Conference, slot: Counts, watch: Stopwatch, *, settled: bool) -> tuple[Unplaced, ...]:
    """Say for each session at slot -1 what stands in its way.

    Sets are found by dividing (Junker, QuickXplain, AAAI 2004), nearest sessions first: they cannot be made smaller by
    leaving one out, which is not to say that no other set is smaller. Where every open room is taken in every slot, that
    is said instead of a session that might be in any, and of those for which no set is found. Where it is not `settled`
    that nothing more can be placed, no other sessions are named but for that.
    """
    questions = _Questions(conference, watch)
    return tuple(_explain(questions, slot, int(session), settled=settled) for session in np.flatnonzero(slot < 0))


def _explain(questions: _Questions, slot: Counts, session: int, *, settled: bool) -> Unplaced:
    sessions, left = questions.conference.sessions, questions.left
    full = bool(left.length[slot >= 0].sum() == left.open.sum())
    anywhere = bool(left.slots[session].all() and left.rooms[session].all())
    smallest = True
    try:
        held, rules = _conflict(questions, slot, session, settled=settled and not (full and anywhere))
    except _NotKnownError:
        if not full:
            return Unplaced(sessions[session].name, (), (), smallest=False)
        held = np.flatnonzero(slot >= 0).tolist()
        rules = [rule for rule, stands in ((OPEN, not left.open.all()), (ONE_A_ROOM, left.open.any())) if stands]
        # Any session given up frees one place; a longer session may need more than that.
        smallest = bool(left.length[session] == 1)
    names = tuple(sessions[other].name for other in sorted(held))
    return Unplaced(sessions[session].name, tuple(rule for rule in RULES if rule in rules), names, smallest)


def _conflict(questions: _Questions, slot: Counts, session: int, *, settled: bool) -> tuple[list[int], list[str]]:
    """Give the placed sessions and the rules that a session cannot be placed with; alone, where not `settled`."""
    held: list[int] = []
    if questions.fits([session], RULES):
        if not settled:
            raise _NotKnownError
        others = [int(other) for other in questions.nearest(session) if slot[other] >= 0]
        held = _smallest_set(lambda chosen: not questions.fits([session, *chosen], RULES), others)
    return held, _smallest_set(lambda chosen: not questions.fits([session, *held], chosen), list(RULES))


def _smallest_set(conflict: Callable[[list[Item]], bool], items: list[Item]) -> list[Item]:
    """Give a part of `items` that is in conflict, and no longer is when any one is left out."""
    if conflict([]):
        return []
    if len(items) == 1:
        return items
    return _divide(conflict, [], items)


def _divide(conflict: Callable[[list[Item]], bool], kept: list[Item], items: list[Item]) -> list[Item]:
    if len(items) == 1:
        return items
    first, second = items[: len(items) // 2], items[len(items) // 2 :]
    found_second = [] if conflict([*kept, *first]) else _divide(conflict, [*kept, *first], second)
    found_first = [] if conflict([*kept, *found_second]) else _divide(conflict, [*kept, *found_second], first)
    return [*found_first, *found_second]
