"""What an assignment gives back."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lecen.science.assignment.optimum import Ended

Policy = Literal["sum", "floor", "draft"]


@dataclass(frozen=True)
class Assignment:
    """Who goes where, how good that is, and how much better any answer could be."""

    seats: Mapping[str, tuple[str, ...]]  # person: sections in order of slot
    policy: Policy
    score: int  # points of everybody's courses, added up
    bound: int | None  # none with the same rules, floor, sections held and seats kept scores more; None for a draft
    gap: float | None  # (bound - score) / bound
    draft_score: int  # what the draft would give
    floor: float | None  # the least share of what they could have alone that each gets; None where nobody ranked any
    floor_bound: (
        float | None
    )  # no answer on the same terms gives everybody a percent more; only with the policy "floor"
    canceled: tuple[str, ...]  # sections that too few would attend
    ended: Ended | None  # by "gap", "iterations" (both repeatable) or "time" (may differ elsewhere); None for a draft

    @property
    def words(self) -> str:
        """The outcome in a sentence or two."""
        points, people = _count(self.score, "point", "points"), _count(len(self.seats), "person", "people")
        told = f"{points} for {people} ({self.draft_score:,} by draft)."
        if self.floor is not None and self.floor_bound is not None:
            told += f" Each has at least {_percent(self.floor)}% of what they could have alone"
            beyond = _percent(self.floor_bound) + 1
            told += f"; no answer on the same terms gives everybody {beyond}%." if beyond <= 100 else "."  # noqa: PLR2004
        if self.gap is not None:
            missing = math.ceil(100_000 * self.gap) / 1000
            told += f" No answer on the same terms scores more than {self.bound:,}: at most {missing:.3f}% is missing."
        if self.ended == "time":
            told += " The search was ended by its time limit; another run may give another answer."
        return told


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _percent(share: float) -> int:
    """Give whole percents, rounded down but for what floats add or take."""
    return math.floor(100 * share + 1e-9)
