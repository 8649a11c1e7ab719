"""A study by synthetic control: one estimate as planned, every other reasonable one beside it, and the rule's answer."""

from collections.abc import Iterator, Sequence
from math import isfinite

from lecen.science.errors import ScienceError
from lecen.science.plans.periods import period_of
from lecen.science.studies.result import (
    Chart,
    Criterion,
    Study,
    StudyResult,
    Table,
    Track,
    agreement,
    arithmetic_of,
    p_text,
    percent,
    place_on_axis,
    rule_sentence,
    signed,
    verdict_of,
)
from lecen.science.synthetic_control import (
    Analysis,
    Specification,
    analyze,
    comparison,
    specifications,
)

# A donor that the estimate turns on spoils the comparison. That a donor changed at that time is only a warning: among
# many donors some always do.
CONTAMINATION = {"doubtful_donor", "heavy_donor", "turns_on_one_donor"}
SHOWN_DONORS = 10
MOST_UNITS = 1_000  # every one is a placebo in every specification: minutes


def run_synthetic_control(study: Study) -> StudyResult:
    """Run the plan's method with its diagnostics, and every combination of method, scale and donors beside it.

    Parameters: `study`, with one treated unit. Returns a `StudyResult`. Raises `ScienceError` where the data do not
    carry the design.
    """
    plan, panel = study.plan, study.panel
    (treated,) = plan.treated
    if len(panel.units) > MOST_UNITS:
        raise ScienceError(
            f"{len(panel.units):,} units are more than the {MOST_UNITS:,} that a synthetic control ranks; choose donors "
            "that are like the treated unit and exclude the rest."
        )
    compared = comparison(
        panel.figures,
        units=panel.units,
        periods=panel.periods,
        treated=treated.unit,
        first_treated=period_of(treated.since),
        exclusions=dict(panel.excluded),
    )
    planned = compared.in_logs() if study.outcome.scale == "log" else compared
    found = analyze(planned, method=plan.method, level=1 - plan.verdict.level)
    every = specifications(compared, level=1 - plan.verdict.level)
    criteria = tuple(_criteria(study, found, every))
    verdict = verdict_of(criteria)
    return StudyResult(
        verdict=verdict,
        sentence=f"An effect of {treated.what} on {study.label} in {treated.unit} is {verdict}. "
        f"{rule_sentence(criteria)}",
        arithmetic=arithmetic_of(study),
        criteria=criteria,
        warnings=tuple(flag.sentence for flag in found.flags),
        tables=(_main(study, found), _specifications(every), _donors(found)),
        chart=_chart(study, found),
        notes=tuple(_notes(study, found)),
    )


def _criteria(study: Study, found: Analysis, every: Sequence[Specification]) -> Iterator[Criterion]:
    rule, placebo = study.plan.verdict, found.placebo
    yield Criterion(
        "a good fit before the start",
        f"{found.pre_fit.grade} ({found.pre_fit.relative:.2f})",
        found.pre_fit.grade == "good",
    )
    yield Criterion(
        f"a rank among the first {percent(rule.level)} of all units by the ratio of errors after to before",
        f"rank {placebo.rank} of {placebo.n} ({p_text(placebo.p)})",
        placebo.p <= rule.level,
    )
    spoiled = [flag.sentence for flag in found.flags if flag.kind in CONTAMINATION]
    yield Criterion("no donor on which the estimate turns", " ".join(spoiled) or "none found", not spoiled)
    yield _no_early_sign(found)
    ran = [(one.estimate.effect, one.estimate.p) for one in every if one.estimate is not None]
    yield agreement(ran, found.effect, rule, refused=len(every) - len(ran))


def _no_early_sign(found: Analysis) -> Criterion:
    """What was not looked for was not found: a test that could not be run is no passed test."""
    asked = "nothing unusual at starts when nothing happened"
    if not found.in_time:
        return Criterion(asked, "not tested: the periods before are too few or matched exactly", met=False)
    early = [flag.sentence for flag in found.flags if flag.kind == "unusual_before"]
    return Criterion(asked, " ".join(early) or "nothing found", not early)


def _main(study: Study, found: Analysis) -> Table:
    rows = [
        (
            str(period),
            f"{found.observed[period]:.2f}",
            f"{found.synthetic[period]:.2f}",
            f"{found.observed[period] - found.synthetic[period]:+.2f}",
        )
        for period in found.observed
    ]
    named = ("Observed", "Synthetic", "Difference")
    if study.outcome.scale == "log":
        named = ("Observed (logarithm)", "Synthetic (logarithm)", "Difference of logarithms")
    return Table("Observed and synthetic", ("Period", *named), tuple(rows))


def _specifications(every: Sequence[Specification]) -> Table:
    columns = ("Method", "Scale", "Donors", "Effect", "Percent", "Low", "High", "Rank", "Fit before", "Heaviest donor")
    return Table("Every specification", columns, tuple(map(_row, every)))


def _row(one: Specification) -> tuple[str, ...]:
    named = (one.method.replace("_", " "), one.scale, one.donors)
    found = one.estimate
    if found is None:
        return (*named, "", "", "", "", "", f"refused: {one.refused}", "")
    return (
        *named,
        f"{found.effect:+.2f}",
        "" if found.percent is None else f"{found.percent:+.0f} %",
        signed(found.interval.low, ".2f"),
        signed(found.interval.high, ".2f"),
        f"{found.rank} of {found.n}",
        f"{found.pre_fit.grade} ({found.pre_fit.relative:.2f})",
        f"{found.heaviest} ({found.share:.0%})",
    )


def _donors(found: Analysis) -> Table:
    without = {one.donor: one.effect for one in found.left_out}
    rows = [
        (donor, f"{share:.1%}", f"{without[donor]:+.2f}" if donor in without else "")
        for donor, share in list(found.weights.items())[:SHOWN_DONORS]
    ]
    return Table("Donors by weight", ("Donor", "Weight", "Effect without it"), tuple(rows))


def _chart(study: Study, found: Analysis) -> Chart:
    (treated,) = study.plan.treated
    tracks = tuple(
        Track(label, tuple((place_on_axis(period), value) for period, value in line.items()), observed=seen)
        for label, line, seen in (
            (treated.unit, found.observed, True),
            ("Synthetic (a mixture of donors)", found.synthetic, False),
        )
    )
    ends = list(found.observed)[-1]
    return Chart(
        title=f"{treated.unit}: {study.compared}",
        description=(
            f"Two lines by period. {treated.unit} ends at {found.observed[ends]:.1f} in {ends}, its synthetic "
            f"counterpart at {found.synthetic[ends]:.1f}. Begun in {treated.since}: {treated.what}. "
            "All figures stand in the table."
        ),
        across="Year",
        up=study.compared,
        since=place_on_axis(period_of(treated.since)),
        tracks=tracks,
    )


def _notes(study: Study, found: Analysis) -> Iterator[str]:
    method = study.plan.method.replace("_", " ")
    yield (
        f"{len(found.comparison.donors)} units are donors. The effect as planned ({method}, {study.outcome.scale}): "
        f"{found.effect:+.2f}, {_interval(study, found)}."
    )
    for unit, reason in study.panel.excluded.items():
        yield f"{unit} is no donor: {reason}."
    for unit, reason in sorted(study.panel.left_out.items()):
        yield f"{unit} was left out: {reason}."


def _interval(study: Study, found: Analysis) -> str:
    asked = f"{percent(1 - study.plan.verdict.level)} interval"
    if found.interval is None:
        return "no interval"
    if not isfinite(found.interval.high - found.interval.low):
        return f"no {asked}: {found.placebo.n} units are too few to bound it by placebo"
    return f"{asked} by {found.interval_by} {found.interval.low:+.2f} to {found.interval.high:+.2f}"
