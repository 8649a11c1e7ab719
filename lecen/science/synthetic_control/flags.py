"""What a reader must know before trusting an estimate, each as a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lecen.science.synthetic_control.comparison import Comparison
from lecen.science.synthetic_control.diagnostics import SMALL_SHARE, Hull, LeftOut, PreFit, TimePlacebo
from lecen.science.synthetic_control.methods import Fit
from lecen.science.synthetic_control.placebo import PlaceboTest

# This project's own limits; the methods page names them.
HEAVY, CARRYING, MOVED, UNUSUAL, FEW_PERIODS = 0.5, 0.1, 0.25, 0.1, 8


@dataclass(frozen=True)
class Flag:
    """A warning: `kind` for programs, `sentence` for readers."""

    kind: str
    sentence: str


def flags_of(
    comparison: Comparison,
    fitted: Fit,
    *,
    placebo: PlaceboTest,
    fit_before: PreFit,
    hull: Hull,
    left_out: Sequence[LeftOut] = (),
    in_time: Sequence[TimePlacebo] = (),
) -> tuple[Flag, ...]:
    """Collect every warning about one estimate.

    Parameters
    ----------
    comparison, fitted, placebo, fit_before, hull, left_out, in_time
        The estimate and its diagnostics, as their own functions give them.

    Returns
    -------
    tuple of Flag, in a fixed order; empty where nothing is amiss.

    Raises
    ------
    Nothing: everything was checked before.

    """
    return (
        *_of_donors(comparison, fitted, placebo),
        *_of_fit(comparison, fitted, fit_before, hull),
        *_of_chance(placebo),
        *_of_stability(fitted, left_out, in_time),
    )


def _of_donors(comparison: Comparison, fitted: Fit, placebo: PlaceboTest) -> Iterator[Flag]:
    for place, (donor, share) in enumerate(zip(comparison.donors, fitted.shares, strict=True)):
        if donor in comparison.doubts and share >= SMALL_SHARE:
            reason = comparison.doubts[donor].rstrip(".")
            yield Flag("doubtful_donor", f"{donor} carries {share:.0%} of the weight although: {reason}.")
        if share >= HEAVY:
            yield Flag("heavy_donor", f"One donor, {donor}, carries {share:.0%} of the weight.")
        if share >= CARRYING and not placebo.drawn:
            rank = 1 + int((placebo.ratios > placebo.ratios[place]).sum())
            if rank <= UNUSUAL * len(placebo.ratios):
                yield Flag(
                    "shaken_donor",
                    f"{donor} ({share:.0%} of the weight) itself changed at that time as few donors did "
                    f"({rank} of {len(placebo.ratios)}): something else may have happened there.",
                )
    if fitted.shares.min() < -SMALL_SHARE:
        yield Flag(
            "negative_weights", "Some donors count against the treated unit: the estimate reaches beyond the data."
        )


def _of_fit(comparison: Comparison, fitted: Fit, fit_before: PreFit, hull: Hull) -> Iterator[Flag]:
    if fit_before.grade == "poor":
        yield Flag(
            "poor_fit",
            f"The fit before the treatment is poor: its error is {fit_before.relative:.2f} of the standard deviation "
            "between units.",
        )
    outside = len(hull.above) + len(hull.below)
    if outside:
        side = "above" if len(hull.above) >= len(hull.below) else "below"
        yield Flag(
            "outside_hull",
            f"In {outside} of {fitted.before} periods before, the treated unit lies outside all donors, mostly {side}.",
        )
    if fit_before.exact:
        yield Flag("exact_fit", "The periods before are matched exactly, so the ratio of errors says little.")
    if len(comparison.donors) >= fitted.before:
        yield Flag(
            "more_donors_than_periods",
            f"{len(comparison.donors)} donors for {fitted.before} periods before: a close fit may be chance.",
        )
    if fitted.before < FEW_PERIODS:
        yield Flag(
            "few_periods", f"Only {fitted.before} periods before the treatment show how well the mixture follows."
        )


def _of_chance(placebo: PlaceboTest) -> Iterator[Flag]:
    if placebo.exact:
        yield Flag(
            "exact_placebos",
            f"{placebo.exact} of {placebo.n - 1} placebos are matched exactly before, so their ratios say little; "
            "they count against the treated unit.",
        )
    if 1 / placebo.n > 1 - placebo.level:
        yield Flag(
            "few_placebos",
            f"With {placebo.n} units no p-value is below {1 / placebo.n:.2f}, so no effect could be established "
            f"at a level of {placebo.level:.0%}.",
        )


def _of_stability(fitted: Fit, left_out: Sequence[LeftOut], in_time: Sequence[TimePlacebo]) -> Iterator[Flag]:
    for one in left_out:
        if abs(one.effect - fitted.effect) > MOVED * abs(fitted.effect):
            yield Flag(
                "turns_on_one_donor",
                f"Without {one.donor} the estimate is {one.effect:.3g} instead of {fitted.effect:.3g}.",
            )
    for fake in in_time:
        if fake.rank <= UNUSUAL * fake.n:
            yield Flag(
                "unusual_before",
                f"A start in {fake.start}, when nothing happened, ranks {fake.rank} of {fake.n}: "
                "the unit was drifting before the treatment.",
            )
