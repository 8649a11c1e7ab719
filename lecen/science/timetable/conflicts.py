"""Why a session found no place: a smallest set of sessions and rules that cannot hold together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from lecen.science.arrays import Counts
from lecen.science.timetable.conference import Conference
from lecen.science.timetable.placing import fits
from lecen.science.timetable.rules import RULES, bounds

# Questions asked of the solver for one session, and seconds for each.
MOST_QUESTIONS = 300
SECONDS = 20.0


@dataclass(frozen=True)
class Unplaced:
    """A session without a place, the rules that forbid it, and the sessions they forbid it together with.

    `smallest` says that all could be placed if any one of the rules, or any one of the sessions, were given up; else
    the search was ended before it was as small as that.
    """

    session: str
    rules: tuple[str, ...]
    sessions: tuple[str, ...]
    smallest: bool


Item = TypeVar("Item")


class _OutOfQuestionsError(Exception):
    pass


class _Questions:
    """Asks the solver whether sessions fit together, up to a number of times."""

    def __init__(self, conference: Conference) -> None:
        self.conference, self.left = conference, MOST_QUESTIONS

    def fits(self, sessions: Sequence[int], rules: Sequence[str]) -> bool:
        if not self.left:
            raise _OutOfQuestionsError
        self.left -= 1
        return fits(self.conference, sessions, rules, SECONDS)


def explain(conference: Conference, slot: Counts) -> tuple[Unplaced, ...]:
    """Say for each session at slot -1 what stands in its way.

    The sets are found by dividing (Junker, QuickXplain, AAAI 2004), nearest sessions first: they cannot be made
    smaller by leaving one out, which is not to say that no other set is smaller.
    """
    return tuple(_explain(conference, slot, int(session)) for session in np.flatnonzero(slot < 0))


def _explain(conference: Conference, slot: Counts, session: int) -> Unplaced:
    questions = _Questions(conference)
    others = [int(other) for other in _nearest(conference, session) if slot[other] >= 0]
    held, rules, smallest = others, list(RULES), True
    try:
        if questions.fits([session], RULES):
            held = _smallest_set(lambda chosen: not questions.fits([session, *chosen], RULES), others)
        else:
            held = []
        rules = _smallest_set(lambda chosen: not questions.fits([session, *held], chosen), list(RULES))
    except _OutOfQuestionsError:
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
