"""What the figures of an event allow one to say. Figures come in as they may be shown; sentences go out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.domains.evaluation.choices import Known, Stage
from lecen.domains.library.choices import ConditionRating

AGREEING, AGREEING_STRONGLY = frozenset("45"), frozenset("5")
# After small events the steps of a scale are released in two parts.
STEPS_TOGETHER = {"less": frozenset("1234"), "most": frozenset("5")}


@dataclass(frozen=True)
class Amount:
    """How many people, as far as it may be said; `value` stands only where it is shown."""

    known: Known
    value: int | None = None

    @classmethod
    def of(cls, value: int | None) -> "Amount":
        return cls(Known.FEW) if value is None else cls(Known.SHOWN, value)

    @property
    def is_shown(self) -> bool:
        return self.known == Known.SHOWN

    def __str__(self) -> str:
        if self.known == Known.SHOWN:
            return str(self.value)
        words = {
            Known.FEW: _("fewer than 10"),
            Known.PENDING: _("not released yet"),
            Known.ABSENT: _("none recorded"),
        }
        return words[self.known]


@dataclass(frozen=True)
class Group:
    """One line of a table of people; None is a figure that is not shown, which need not be a small one."""

    label: str
    value: int | None

    @property
    def said(self) -> str:
        return _("not shown") if self.value is None else str(self.value)


@dataclass(frozen=True)
class Agreement:
    """Of `n` people at least `least` and at most `most` agreed: what anybody can work out from the shown figures.

    `strongly` where only those are told apart who agreed strongly, as after small events.
    """

    n: int
    least: int
    most: int
    strongly: bool = False

    @property
    def share(self) -> int | None:
        """Who agreed, in whole percent; None where the shown figures leave it open."""
        if self.least != self.most:
            return None
        # Never everybody and never nobody, as rounding would have it among thousands.
        return min(max((200 * self.least + self.n) // (2 * self.n), 1), 99)

    @property
    def is_low(self) -> bool:
        """Whether fewer than half agreed, whatever the figures that are not shown."""
        return 2 * self.most < self.n


def agreement(cells: Mapping[str, int | None], n: int) -> Agreement:
    """Who agreed with a statement, from the cells that are shown and n alone.

    `cells` has the names under which surveys releases a scale: each of the steps 1 to 5, or `less` and `most`.
    """
    agreed = _between(cells, AGREEING, n)
    return agreed if agreed.share is not None or agreed.is_low else _between(cells, AGREEING_STRONGLY, n)


def _between(cells: Mapping[str, int | None], wanted: frozenset[str], n: int) -> Agreement:
    steps = {name: STEPS_TOGETHER.get(name, frozenset({name})) for name in cells}
    inside = [count for name, count in cells.items() if steps[name] <= wanted]
    outside = [count for name, count in cells.items() if not steps[name] & wanted]
    is_split = len(inside) + len(outside) == len(cells)  # no cell holds both
    least, most = sum(filter(None, inside)), n - sum(filter(None, outside))
    if is_split and None not in inside:
        most = least
    elif is_split and None not in outside:
        least = most
    return Agreement(n=n, least=least, most=most, strongly=wanted == AGREEING_STRONGLY)


def agreement_said(found: Agreement) -> str:
    """`71 % agreed`, or what else the shown figures tell."""
    if found.share is None:
        return _("fewer than half agreed") if found.is_low and not found.strongly else _("not shown")
    words = _("%(share)s %% strongly agreed") if found.strongly else _("%(share)s %% agreed")
    return words % {"share": found.share}


def stage_of(*, state: str, is_over: bool) -> Stage:
    if state in (Stage.DRAFT, Stage.CANCELED):
        return Stage(state)
    return Stage.OVER if is_over else Stage.AHEAD


# --- The first line: how few answered, and what that cannot show -------------------------------------------------------
def first_line(*, stage: Stage, answered: Amount, present: Amount) -> str:
    """The sentence on top of every report, whatever there is to report."""
    if stage == Stage.DRAFT:
        return _("This event is a draft. There is nothing to report yet.")
    if stage == Stage.CANCELED:
        return _("This event was canceled. Nothing was measured, and nothing can be shown.")
    if stage == Stage.AHEAD:
        return _("This event is not over. There is nothing to report yet.")
    if answered.known == Known.PENDING:
        return _("Answers are still coming in. Even when all are in, they cannot show that the event changed trust.")
    if answered.known == Known.SHOWN:
        return _who_answered(answered.value or 0, present)
    return _nobody_asked(present) if answered.known == Known.ABSENT else _few_answered(present)


def _who_answered(answered: int, present: Amount) -> str:
    values = {"answered": answered, "present": present.value}
    if present.known == Known.ABSENT:
        sentence = ngettext(
            "%(answered)s person answered and nobody was counted; this cannot show that the event changed trust.",
            "%(answered)s people answered and nobody was counted; this cannot show that the event changed trust.",
            answered,
        )
    elif present.value is None:
        sentence = ngettext(
            "%(answered)s person answered, but fewer than 10 were counted; "
            "this cannot show that the event changed trust.",
            "%(answered)s people answered, but fewer than 10 were counted; "
            "this cannot show that the event changed trust.",
            answered,
        )
    elif answered > present.value:
        sentence = ngettext(
            "%(answered)s person answered, but only %(present)s were counted; "
            "this cannot show that the event changed trust.",
            "%(answered)s people answered, but only %(present)s were counted; "
            "this cannot show that the event changed trust.",
            answered,
        )
    else:
        sentence = ngettext(
            "%(answered)s of about %(present)s person answered; this cannot show that the event changed trust.",
            "%(answered)s of about %(present)s people answered; this cannot show that the event changed trust.",
            present.value,
        )
    return sentence % values


def _few_answered(present: Amount) -> str:
    if present.known == Known.ABSENT:
        return _("Fewer than 10 people answered and nobody was counted; this cannot show that the event changed trust.")
    if present.value is None:
        return _(
            "Fewer than 10 people were counted and fewer than 10 answered; "
            "this cannot show that the event changed trust."
        )
    return ngettext(
        "Fewer than 10 of about %(present)s person answered; this cannot show that the event changed trust.",
        "Fewer than 10 of about %(present)s people answered; this cannot show that the event changed trust.",
        present.value,
    ) % {"present": present.value}


def _nobody_asked(present: Amount) -> str:
    if present.known == Known.ABSENT:
        return _("Nobody was counted and nobody was asked; this cannot show that the event changed trust.")
    if present.value is None:
        return _(
            "Fewer than 10 people were counted and nobody was asked; this cannot show that the event changed trust."
        )
    return ngettext(
        "About %(present)s person came and nobody was asked; this cannot show that the event changed trust.",
        "About %(present)s people came and nobody was asked; this cannot show that the event changed trust.",
        present.value,
    ) % {"present": present.value}


# --- What follows ------------------------------------------------------------------------------------------------------
def condition_note(*, planned: str, rated: Agreement | None) -> str:
    """A sentence where a condition was planned as strong and those present saw it otherwise; else nothing."""
    if planned != ConditionRating.STRONG or rated is None or not rated.is_low:
        return ""
    if rated.strongly:
        return _("Planned as strong, but fewer than half of those who answered strongly agreed. Ask people why.")
    return _("Planned as strong, but fewer than half of those who answered agreed. Ask people why.")


def follow_up_state(*, state: str, due_on: date, today: date) -> str:
    """open, late or done; late after the midnight that ends the due date."""
    return "late" if state == "open" and due_on < today else state


@dataclass(frozen=True)
class Standing:
    """What decides the next step."""

    stage: Stage
    answered: Amount
    present: Amount
    late: int  # follow-ups that are late
    has_follow_ups: bool
    low: str  # the statement that was rated lowest, where fewer than half agreed


def next_step(standing: Standing) -> str:
    """The one thing to do now."""
    if standing.stage != Stage.OVER:
        return _before_the_end(standing.stage)
    if standing.answered.known == Known.PENDING:
        return _("Close the pulse when the last answers are in. Then the results can be shown.")
    if standing.late:
        return ngettext(
            "%(late)s follow-up is late. See to it first: people remember what was promised.",
            "%(late)s follow-ups are late. See to them first: people remember what was promised.",
            standing.late,
        ) % {"late": standing.late}
    return _after_the_end(standing)


def _after_the_end(standing: Standing) -> str:
    if standing.low:
        words = _("Begin with the statement that was rated lowest: “%(statement)s” Ask some who came what was missing.")
        return words % {"statement": standing.low}
    if not standing.answered.is_shown:
        return _("Next time, hand out the pulse before people leave: results need at least 10 answers.")
    if standing.present.known == Known.ABSENT:
        return _("Next time, count people at the door, so that the report can say how many did not answer.")
    if not standing.has_follow_ups:
        return _("Write down what was promised at the event, each with an owner and a date.")
    return _("Tell those who came what they said and what will follow from it.")


def _before_the_end(stage: Stage) -> str:
    if stage == Stage.CANCELED:
        return _("Tell everybody who counted on it, and offer another day if there is one.")
    return _("Plan who counts people at the door and who hands out the pulse.")


def limits(*, answered: Amount) -> tuple[str, ...]:
    """What no figure of one event can show."""
    always = (_("Whether trust changed: nobody was asked before, and there is no group to compare with."),)
    if not answered.is_shown:
        return always
    return (
        *always,
        _(
            "What the neighborhood thinks: those who answered are not representative of it, so there is no margin of error."
        ),
        _("What residents and officers each thought: the pulse does not ask who one is."),
        _("That an officer or an event was better than another: it is about this event, and nobody is ranked."),
    )
