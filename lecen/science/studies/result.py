"""What a study found: a verdict by the rule stated before, what the rule asked, and every figure behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite, isnan

from lecen.science.errors import ScienceError
from lecen.science.plans.data import StudyPanel
from lecen.science.plans.schema import Outcome, Plan, VerdictRule


class Verdict(StrEnum):
    """The words a study may end with; nothing stronger is ever said."""

    ESTABLISHED = "established by the rule stated before"
    NOT_ESTABLISHED = "not established"
    NOT_REPLICABLE = "a claim; not replicable with the data at hand"
    REPLICABLE = "a claim; data to check it exist, nobody has checked it here"


@dataclass(frozen=True)
class Criterion:
    """One thing the rule asks, what was found, and whether that is enough."""

    asked: str
    found: str
    met: bool


@dataclass(frozen=True)
class Table:
    """Figures as text: `rows` below `columns`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Track:
    """One line of the chart: period (a year, with months as fractions of it) and figure."""

    label: str
    points: tuple[tuple[float, float], ...]
    observed: bool


@dataclass(frozen=True)
class Chart:
    """What the chart shows, in words as well."""

    title: str
    description: str
    across: str
    up: str
    since: float
    tracks: tuple[Track, ...]


@dataclass(frozen=True)
class StudyResult:
    """All that a reader needs to judge a study."""

    verdict: Verdict
    sentence: str
    """The finding in one sentence."""
    arithmetic: tuple[str, ...]
    """What the figures were before and after: true, and no evidence of an effect."""
    criteria: tuple[Criterion, ...]
    warnings: tuple[str, ...]
    tables: tuple[Table, ...]
    """The first holds the main figures."""
    chart: Chart | None
    notes: tuple[str, ...]
    """Who was compared, who was left out and why, how intervals were made."""


@dataclass(frozen=True, eq=False)
class Study:
    """A plan with its data, as a design takes them."""

    plan: Plan
    panel: StudyPanel
    outcome: Outcome
    label: str
    """What the figures are, with their unit."""

    @property
    def compared(self) -> str:
        """What is compared and drawn: the figures, or their logarithms."""
        return f"logarithm of {self.label}" if self.outcome.scale == "log" else self.label


def verdict_of(criteria: Sequence[Criterion]) -> Verdict:
    """Tell whether everything the rule asks is met."""
    if not criteria:
        raise ScienceError("A rule that asks nothing establishes nothing.")
    return Verdict.ESTABLISHED if all(one.met for one in criteria) else Verdict.NOT_ESTABLISHED


def place_on_axis(period: int | date) -> float:
    """Give where a period stands on the axis of years: the year, and a twelfth for each month."""
    return period.year + (period.month - 1) / 12 if isinstance(period, date) else float(period)


def rule_sentence(criteria: Sequence[Criterion]) -> str:
    """Say how many of the rule's demands are met, and which are not."""
    missed = [one.asked for one in criteria if not one.met]
    if not missed:
        return "Every demand of the rule is met."
    return f"Of the rule's {len(criteria)} demands, {len(missed)} {'is' if len(missed) == 1 else 'are'} not met: {'; '.join(missed)}."


def p_text(p_value: float) -> str:
    """Write a p-value as papers do: never as zero."""
    return "p below 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"  # noqa: PLR2004 - said in the words


def signed(figure: float, form: str) -> str:
    """Write a figure with its sign by `form` ('.2f'): nothing where there is none, a word where an end has no bound."""
    if isnan(figure):
        return ""
    return f"{figure:+{form}}" if isfinite(figure) else "unbounded"


def percent(share: float) -> str:
    """Write a share as the plan does: 0.05 as 5%, 0.025 as 2.5%."""
    return f"{100 * share:.4g}%"


def agreement(
    answers: Sequence[tuple[float, float]], effect: float, rule: VerdictRule, *, refused: int = 0
) -> Criterion:
    """Ask whether enough specifications, each an (effect, p), say what the planned one says.

    `refused` of them could not be run. They do not count against the answer, but where they are more than half, the
    rest are too few to agree.
    """
    agreeing = [
        answer for answer, p_value in answers if isfinite(answer) and p_value <= rule.level and answer * effect > 0
    ]
    ran = len(answers)
    found = f"{len(agreeing)} of {ran} point the same way at the {percent(rule.level)} level" + (
        f"; {refused} more could not be run" if refused else ""
    )
    return Criterion(
        f"the same answer in at least {percent(rule.specifications)} of the specifications",
        found,
        0 < ran >= refused and len(agreeing) >= rule.specifications * ran,
    )


def arithmetic_of(study: Study) -> tuple[str, ...]:
    """Say what the figures of the treated units were at the two periods that the plan names."""
    spread = study.plan.arithmetic
    if spread is None:
        return ()
    return tuple(
        _change(study, unit, str(spread.first), str(spread.last)) for unit in (part.unit for part in study.plan.treated)
    )


def _change(study: Study, unit: str, first: str, last: str) -> str:
    (before, rate_before), (after, rate_after) = (study.panel.of(unit, period) for period in (first, last))
    name = study.plan.primary
    said = f"{unit}: {name} {before:,.0f} ({first}) to {after:,.0f} ({last})"
    if before > 0:
        said += f", {100 * (after - before) / before:+.0f} %"
    if study.outcome.per:
        said += f"; per {study.outcome.per:,} {study.outcome.unit}: {rate_before:.1f} to {rate_after:.1f}"
    return f"{said}. This is arithmetic: it does not say what would have happened otherwise."
