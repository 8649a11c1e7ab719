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

# Questions are asked of the solver up to so many columns in all (about 500 for 60 sessions, 8 slots and 20 rooms), so
# that the same conference gives the same answer where the time is long enough.
MOST_COLUMNS = 5_000_000


@dataclass(frozen=True)
class Unplaced:
    """A session without a place, the rules that forbid it, and the sessions they forbid it together with.

    `smallest` says that these rules alone forbid it, and would not if any one of them, or any one of the sessions, were
    given up (other rules may then still stand in the way); else the search ended before the set was as small as that.
    Where it never began, both are empty.
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
        self.conference, self.left, self.watch = conference, MOST_COLUMNS, watch

    def fits(self, sessions: Sequence[int], rules: Sequence[str]) -> bool:
        self.left -= len(sessions) * len(self.conference.slots) * len(self.conference.rooms)
        known = None if self.left < 0 or self.watch.over else fits(self.conference, sessions, rules, self.watch)
        if known is None:
            raise _NotKnownError
        return known


def explain(conference: Conference, slot: Counts, watch: Stopwatch, *, settled: bool) -> tuple[Unplaced, ...]:
    """Say for each session at slot -1 what stands in its way.

    Where every open room is taken in every slot, that is said of a session that might be in any. Else sets are found by
    dividing (Junker, QuickXplain, AAAI 2004), nearest sessions first: they cannot be made smaller by leaving one out,
    which is not to say that no other set is smaller. Where it is not `settled` that nothing more can be placed, only
    what stands in a session's way by itself is said.
    """
    questions = _Questions(conference, watch)
    return tuple(_explain(questions, slot, int(session), settled=settled) for session in np.flatnonzero(slot < 0))


def _counts(conference: Conference, slot: Counts, session: int) -> bool:
    """Say whether mere counting tells why: every room is taken in every slot, and the session might be in any."""
    left = bounds(conference)
    anywhere = left.slots[session].all() and left.rooms[session].all() and conference.length.max() == 1
    return bool(anywhere and left.open.sum() == (slot >= 0).sum())


def _no_place(conference: Conference, slot: Counts, session: int) -> Unplaced:
    rules = (OPEN, ONE_A_ROOM) if any(room.closed for room in conference.rooms) else (ONE_A_ROOM,)
    names = tuple(conference.sessions[other].name for other in np.flatnonzero(slot >= 0))
    return Unplaced(conference.sessions[session].name, rules, names, smallest=True)


def _explain(questions: _Questions, slot: Counts, session: int, *, settled: bool) -> Unplaced:
    conference = questions.conference
    others = [int(other) for other in _nearest(conference, session) if slot[other] >= 0]
    held: list[int] = []
    rules: list[str] = []
    smallest = True
    nothing = Unplaced(conference.sessions[session].name, (), (), smallest=False)
    try:
        alone = questions.fits([session], RULES)
        if alone and _counts(conference, slot, session):
            return _no_place(conference, slot, session)
        if alone and not settled:
            return nothing
        if alone:
            held = _smallest_set(lambda chosen: not questions.fits([session, *chosen], RULES), others)
        rules = _smallest_set(lambda chosen: not questions.fits([session, *held], chosen), list(RULES))
    except _NotKnownError:
        smallest = False
    names = tuple(sorted(conference.sessions[other].name for other in held))
    return Unplaced(conference.sessions[session].name, tuple(rule for rule in RULES if rule in rules), names, smallest)


def _nearest(conference: Conference, session: int) -> Counts:
    """Order the other sessions: those that share speakers or a course first, then those with the fewest places."""
    left = bounds(conference)
    related = left.same_slot()[session]
    places = left.slots.sum(axis=1) * left.rooms.sum(axis=1)
    order = np.lexsort((np.arange(len(places)), places, -related))
    near: Counts = order[order != session]
    return near


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
