"""What those who answered said, from what was released, beside what was planned."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lecen.domains.engagement.models import Event, EventCondition
from lecen.domains.evaluation.choices import Known
from lecen.domains.evaluation.logic import Agreement, Amount, Group, agreement, agreement_said, condition_note
from lecen.domains.surveys.choices import CollectorState, QuestionKind
from lecen.domains.surveys.models import Collector
from lecen.domains.surveys.queries import ReleasedQuestion, released_results

# The statement by which those present rate a planned condition.
RATED_BY = {
    "equal_status": "equal_status",
    "common_goal": "common_goal",
    "cooperation": "cooperation",
    "institutional_support": "leaders_support",
}


@dataclass(frozen=True)
class Planned:
    """A contact condition as the organizers planned it; `rated_by` is the key of the pulse's statement on it."""

    name: str
    rating: str
    strength: str  # the rating in words
    plan: str
    rated_by: str


@dataclass(frozen=True)
class Item:
    """One question and its answers. `agreed` stands for statements only, where at least 10 people answered them."""

    key: str
    words: str
    n: Amount
    answers: tuple[Group, ...] = ()
    agreed: Agreement | None = None
    planned: Planned | None = None

    @property
    def note(self) -> str:
        return condition_note(planned=self.planned.rating, rated=self.agreed) if self.planned else ""

    @property
    def share(self) -> int | None:
        return self.agreed.share if self.agreed else None

    @property
    def said(self) -> str:
        """How many agreed, in words, as far as it may be shown."""
        return agreement_said(self.agreed) if self.agreed else str(self.n)

    @property
    def distribution(self) -> str:
        """`Agree: 12 · Strongly agree: 20`, in the order of the answers."""
        return " · ".join(f"{group.label}: {group.said}" for group in self.answers)


@dataclass(frozen=True)
class Pulse:
    """Answers to the event's survey: statements that people agreed with or not, then the other questions."""

    answered: Amount
    statements: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()
    planned: tuple[Planned, ...] = ()
    label: str = ""
    is_open: bool = False
    collector_id: UUID | None = None
    released_at: datetime | None = None

    @property
    def lowest(self) -> str:
        """The statement that fewest agreed with, or agreed strongly, where that were fewer than half."""
        rated = [(item.agreed, item.words) for item in self.statements if item.agreed and item.agreed.is_low]
        ordered = sorted(rated, key=lambda pair: (pair[0].strongly, pair[0].most / pair[0].n))
        return ordered[0][1] if ordered else ""


def pulse_of(*, event: Event) -> Pulse:
    """The pulse of an event that is over, in at most two queries."""
    planned = tuple(_planned(condition) for condition in event.conditions.all())
    collector = event.collector
    if collector is None:
        return Pulse(Amount(Known.ABSENT), planned=planned)
    results = released_results(collector=collector)
    if results is None:
        return _without_results(collector, planned)
    items = [(question.kind, _released(question, planned)) for question in results.questions]
    return Pulse(
        answered=Amount.of(results.n),
        statements=tuple(item for kind, item in items if kind == QuestionKind.SCALE),
        others=tuple(item for kind, item in items if kind in (QuestionKind.CHOICE, QuestionKind.THERMOMETER)),
        planned=planned,
        label=str(results.label),
        is_open=collector.state == CollectorState.OPEN,
        collector_id=collector.pk,
        released_at=results.released_at,
    )


def _without_results(collector: Collector, planned: tuple[Planned, ...]) -> Pulse:
    is_open = collector.state == CollectorState.OPEN
    return Pulse(
        answered=Amount(Known.PENDING if is_open else Known.FEW),
        planned=planned,
        is_open=is_open,
        collector_id=collector.pk,
    )


def _planned(condition: EventCondition) -> Planned:
    return Planned(
        name=condition.get_condition_display(),
        rating=condition.rating,
        strength=condition.get_rating_display(),
        plan=str(condition.plan),
        rated_by=RATED_BY[condition.condition],
    )


def _released(question: ReleasedQuestion, planned: tuple[Planned, ...]) -> Item:
    cells = {cell.name: cell.count for cell in question.cells}
    return Item(
        key=question.key,
        words=str(question.text),
        n=Amount.of(question.n),
        answers=tuple(Group(str(cell.label), cell.count) for cell in question.cells),
        agreed=agreement(cells, question.n) if question.kind == QuestionKind.SCALE and question.n else None,
        planned=next((each for each in planned if each.rated_by == question.key), None),
    )
