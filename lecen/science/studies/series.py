"""A study of one series cut where something started: what changed then, and why that alone establishes nothing."""

from collections.abc import Iterator

import numpy as np

from lecen.science.interrupted_series import Change, SegmentedSeries, interrupted_series
from lecen.science.studies.result import (
    Chart,
    Criterion,
    Study,
    StudyResult,
    Table,
    Track,
    arithmetic_of,
    p_text,
    percent,
    place_on_axis,
    rule_sentence,
    verdict_of,
)


def run_interrupted_series(study: Study) -> StudyResult:
    """Estimate the change at the start of one series, and say what it is associated with.

    Parameters: `study`, with one treated unit. Returns a `StudyResult` whose verdict is never more than not established:
    nothing was compared. Raises `ScienceError` where the series is too short or does not vary.
    """
    panel = study.panel
    ((unit, since),) = panel.since.items()
    start = panel.places.index(since)
    months = hasattr(panel.periods[0], "month")
    found = interrupted_series(
        np.asarray(panel.figures[panel.units.index(unit)]),
        start,
        periods_per_year=12 if months else None,
        level=1 - study.plan.verdict.level,
    )
    criteria = tuple(_criteria(study, found))
    verdict = verdict_of(criteria)
    return StudyResult(
        verdict=verdict,
        sentence=(
            f"In {unit}, {study.label} changed by {found.average.estimate:+.3g} on average; the change is "
            f"{_association(study, found)}. An effect is {verdict}. {rule_sentence(criteria)}"
        ),
        arithmetic=arithmetic_of(study),
        criteria=criteria,
        warnings=found.cautions,
        tables=(_changes(found), _main(study, unit, found)),
        chart=_chart(study, unit, start, found),
        notes=(
            f"{found.before} periods before and {found.after} after. Errors: {found.errors}. Seasons: {found.seasons}.",
        ),
    )


def _association(study: Study, found: SegmentedSeries) -> str:
    level, what = study.plan.verdict.level, study.plan.treated[0].what
    if found.average.p_value <= level:
        return f"associated with {what}"
    return f"not told from chance at the {percent(level)} level"


def _criteria(study: Study, found: SegmentedSeries) -> Iterator[Criterion]:
    level = study.plan.verdict.level
    yield Criterion(
        f"an average change told from chance at the {percent(level)} level",
        f"{found.average.estimate:+.3g} ({found.average.interval.low:+.3g} to {found.average.interval.high:+.3g}, "
        f"{p_text(found.average.p_value)})",
        found.average.p_value <= level,
    )
    spike = found.spike
    yield Criterion(
        "nothing unusual just before the start that would fall back by itself",
        "none"
        if spike is None
        else f"a figure {spike.distance:.1f} standard errors {'above' if spike.high else 'below'}"
        " what earlier ones led one to expect",
        spike is None,
    )
    left = found.autocorrelation
    yield Criterion(
        "figures left over that do not depend on their neighbors (p above 0.05)",
        f"correlation {left.first:+.2f}, {p_text(left.p_value)}",
        left.p_value > 0.05,  # noqa: PLR2004 - said in the sentence
    )
    yield Criterion(
        "something to compare with",
        "none: whatever else began at that time is in the figure",
        met=False,
    )


def _changes(found: SegmentedSeries) -> Table:
    rows = (("step at the start", found.level), ("change of trend a period", found.slope), ("average", found.average))
    return Table(
        "Changes at the start", ("Change", "Estimate", "Low", "High", "p"), tuple(_change(*row) for row in rows)
    )


def _change(name: str, change: Change) -> tuple[str, ...]:
    figures = (change.estimate, change.interval.low, change.interval.high)
    return (
        name,
        *(f"{figure:+.4g}" for figure in figures),
        p_text(change.p_value).removeprefix("p = ").removeprefix("p "),
    )


def _main(study: Study, unit: str, found: SegmentedSeries) -> Table:
    observed = study.panel.figures[study.panel.units.index(unit)]
    rows = tuple(
        (str(period), f"{seen:.2f}", f"{expected:.2f}")
        for period, seen, expected in zip(study.panel.periods, observed, found.expected, strict=True)
    )
    return Table("Observed and expected", ("Period", "Observed", "Expected had nothing started"), rows)


def _chart(study: Study, unit: str, start: int, found: SegmentedSeries) -> Chart:
    places = [place_on_axis(period) for period in study.panel.periods]
    observed = study.panel.figures[study.panel.units.index(unit)]
    lines = ((unit, observed, True), ("Where it was heading", found.expected, False))
    return Chart(
        title=f"{unit}: {study.label}",
        description=(
            f"Two lines by period. {unit} ends at {observed[-1]:.1f}; had it gone on as before, at "
            f"{found.expected[-1]:.1f}. All figures stand in the table."
        ),
        across="Year",
        up=study.label,
        since=places[start],
        tracks=tuple(
            Track(label, tuple(zip(places, map(float, line), strict=True)), observed=seen)
            for label, line, seen in lines
        ),
    )
