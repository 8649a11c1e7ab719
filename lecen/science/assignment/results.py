"""What an assignment gives back."""

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
    bound: int | None  # no answer under the same rules and floor scores more; None for a draft
    gap: float | None  # (bound - score) / bound
    draft_score: int  # what the draft would give
    floor: float | None  # the least share of what they could have alone that each gets; None where nobody ranked any
    floor_bound: float | None  # no answer has a higher floor; only with the policy "floor"
    canceled: tuple[str, ...]  # sections that too few would attend
    ended: Ended  # by "gap", "iterations" (both repeatable) or "time" (another machine may give another answer)

    @property
    def words(self) -> str:
        """The outcome in a sentence or two."""
        told = f"{self.score:,} points for {len(self.seats):,} people ({self.draft_score:,} by draft)."
        if self.gap is not None:
            told += f" No answer scores more than {self.bound:,}: at most {100 * self.gap:.3f}% is missing."
        if self.ended == "time":
            told += " The search was ended by its time limit; another run may give another answer."
        return told
