"""The four ways to build the synthetic unit, as one function of a table whose first row is the treated unit."""

from dataclasses import dataclass

import numpy as np

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.synthetic_control import did, ridge
from lecen.science.synthetic_control.predictors import Matching, matched_shares
from lecen.science.synthetic_control.solve import LARGEST, mixture

CLASSIC, DEMEANED, RIDGE, DID = "classic", "demeaned", "ridge_augmented", "synthetic_did"
METHODS = (CLASSIC, DEMEANED, RIDGE, DID)
FEWEST_BEFORE, FEWEST_DONORS = 3, 2
MOST_UNITS = MOST_PERIODS = 1_000


@dataclass(frozen=True, eq=False)
class Fit:
    """A synthetic unit."""

    before: int
    """How many periods come before the treatment."""
    shares: Numbers
    """One a donor, sum 1; below 0 only with ridge augmentation."""
    gaps: Numbers
    """Treated minus synthetic (minus `level`), one a period, in the outcome's units."""
    level: float
    """The constant by which treated and mixture differ, taken out of the gaps; 0 where the method allows none."""
    penalty: float
    """The ridge penalty on the shares; 0 where there is none."""
    period_shares: Numbers | None
    """One a pre-period, sum 1 (synthetic difference-in-differences)."""
    predictor_weights: Numbers | None
    """One a predictor, sum 1."""

    @property
    def effect(self) -> float:
        """Mean gap after the treatment began."""
        return float(self.gaps[self.before :].mean())

    @property
    def before_error(self) -> float:
        """Root mean squared gap before the treatment."""
        return float(np.sqrt(np.mean(self.gaps[: self.before] ** 2)))

    @property
    def after_error(self) -> float:
        """Root mean squared gap after the treatment began."""
        return float(np.sqrt(np.mean(self.gaps[self.before :] ** 2)))


def outcome_table(outcome: object, before: object, fewest_donors: int = FEWEST_DONORS) -> tuple[Numbers, int]:
    """Check a table of outcomes (units × periods, the treated first) and its number of pre-periods.

    Raises `ScienceError` on missing or infinite numbers, too few donors or periods, a treated unit that never changes.
    """
    table = numbers(outcome, "The outcome", dimensions=2)
    count = whole(before, "The number of periods before the treatment", least=FEWEST_BEFORE)
    if len(table) < 1 + fewest_donors:
        raise ScienceError(f"At least {fewest_donors} donors are needed beside the treated unit, not {len(table) - 1}.")
    if len(table) > MOST_UNITS or table.shape[1] > MOST_PERIODS:
        raise ScienceError(f"At most {MOST_UNITS:,} units and {MOST_PERIODS:,} periods can be compared at once.")
    if count >= table.shape[1]:
        raise ScienceError(f"No period is left after the {count} periods before the treatment.")
    largest = float(np.abs(table).max())
    if largest > LARGEST or 0 < largest < 1 / LARGEST:
        raise ScienceError(f"The outcome must lie within ±{LARGEST:g}, in units that are not far smaller than that.")
    if not float(np.ptp(table[0])) > 1e-12 * float(np.abs(table[0]).max()):
        raise ScienceError("The outcome of the treated unit never changes, so there is nothing to compare.")
    return table, count


def fit(
    outcome: object,
    before: int,
    *,
    method: str = CLASSIC,
    matching: Matching | None = None,
    treated_count: int = 1,
) -> Fit:
    """Build the synthetic unit for the first row of a table.

    Parameters
    ----------
    outcome : array-like, units × periods
        The treated unit (or the mean of several) first, the donors below; no missing values.
    before : int
        How many of the periods come before the treatment; at least 3.
    method : str
        "classic": shares at least 0, sum 1. "demeaned": the same after each unit's pre-period mean is taken out.
        "ridge_augmented": what the classic shares leave unmatched is corrected by ridge regression.
        "synthetic_did": synthetic difference-in-differences.
    matching : Matching, optional
        Predictors to choose the shares by, instead of every pre-period's outcome; not with "synthetic_did".
    treated_count : int
        How many units the first row is the mean of; more than one only with "synthetic_did".

    Returns
    -------
    Fit

    Raises
    ------
    ScienceError
        Input as in `outcome_table`, an unknown method, or a combination that no method has.

    """
    table, before = outcome_table(outcome, before)
    check_method(method, matching, whole(treated_count, "The number of treated units", least=1))
    if matching is not None and len(matching.values) != len(table):
        raise ScienceError(f"Predictors are given for {len(matching.values)} units, the outcome for {len(table)}.")
    return built(table, before, method, matching, treated_count)


def built(table: Numbers, before: int, method: str, matching: Matching | None, treated_count: int = 1) -> Fit:
    """Do what `fit` does with a table that was checked before.

    Parameters: as `fit`. Returns: Fit. Raises: `ScienceError` only where the search for weights does not end.
    """
    if method == DID:
        return _did_fit(table, before, treated_count)
    earlier = table[:, :before]
    levels = earlier.mean(axis=1, keepdims=True) if method == DEMEANED else np.zeros((len(table), 1))
    earlier = earlier - levels
    weights, penalty = None, 0.0
    if matching is None:
        shares = mixture(earlier[0], earlier[1:])
    else:
        shares, weights = matched_shares(earlier, matching)
    if method == RIDGE:
        shares, penalty = ridge.augmented(earlier[0], earlier[1:], shares)
    level = float(levels[0, 0] - shares @ levels[1:, 0])
    gaps = table[0] - shares @ table[1:] - level
    return Fit(before, shares, gaps, level, penalty, None, weights)


def check_method(method: str, matching: Matching | None, treated_count: int) -> None:
    """Refuse what a method cannot do, with a sentence. Raises `ScienceError`."""
    if method not in METHODS:
        raise ScienceError(f"The method must be one of {', '.join(METHODS)}, not {method!r}.")
    if method == DID and matching is not None:
        raise ScienceError("Synthetic difference-in-differences takes no predictors.")
    if method != DID and treated_count > 1:
        raise ScienceError(
            f"The method {method!r} takes one treated unit, not {treated_count}; synthetic_did takes more."
        )


def _did_fit(table: Numbers, before: int, treated_count: int) -> Fit:
    donors = table[1:]
    penalty = did.donor_penalty(donors, before, treated_count)
    shares = did.donor_shares(table[0, :before], donors[:, :before], penalty)
    periods = did.period_shares(donors, before)
    gaps = table[0] - shares @ donors
    level = float(periods @ gaps[:before])
    return Fit(before, shares, gaps - level, level, penalty, periods, None)
