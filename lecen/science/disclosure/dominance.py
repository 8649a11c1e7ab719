"""Sums of contributions, such as hours or dollars: which sums are all but one contributor's own figure.

A sum may stand for many people and still tell what one of them gave. `PercentRule` asks how near the second largest
contributor comes to the largest one's figure by taking their own off the sum; `ShareRule` whether a few make up nearly
all of it. Standard library only. Source: Hundepool et al., Statistical Disclosure Control (Wiley 2012), section 4.2,
with the protection levels of its table of sensitivity rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite

from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole


@dataclass(frozen=True)
class PercentRule:
    """The p %-rule: nobody among the contributors may come within `percent` of the largest contribution."""

    percent: float = 10.0

    def lack(self, amounts: Iterable[float]) -> float:
        """Give by how much readers' upper bound must lie above the sum; above 0 means that the sum is sensitive."""
        ordered = sorted(amounts, reverse=True)
        return _percent(self.percent) / 100 * sum(ordered[:1]) - sum(ordered[2:])


@dataclass(frozen=True)
class ShareRule:
    """The (n, k)-rule: the `largest` contributors may not make up more than `share` (between 0 and 1) of a sum."""

    largest: int = 2
    share: float = 0.85

    def lack(self, amounts: Iterable[float]) -> float:
        """Give by how much readers' upper bound must lie above the sum; above 0 means that the sum is sensitive."""
        few = whole(self.largest, "The number of largest contributors", least=1)
        ordered = sorted(amounts, reverse=True)
        return sum(ordered[:few]) / fraction(self.share, "The share") - sum(ordered)


Rule = PercentRule | ShareRule


def is_dominated(contributions: Mapping[str, float], rule: Rule | None = None) -> bool:
    """Tell whether a sum of `contributions` (contributor to amount) would give one of them away too nearly.

    Without a rule, the p %-rule with 10 %. Raises `ScienceError` for amounts that are negative or not finite.
    """
    return (rule or PercentRule()).lack(amounts_of(contributions, "the sum")) > 0


def amounts_of(contributions: Mapping[str, float], where: str) -> list[float]:
    """Take the amounts of a sum; errors name the sum, never who contributed."""
    if not isinstance(contributions, Mapping):
        raise ScienceError(f"The contributions to {where} must map contributors to amounts.")
    amounts = list(contributions.values())
    for amount in amounts:
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not isfinite(amount) or amount < 0:
            raise ScienceError(f"A contribution to {where} is not a number of at least 0.")
    return [float(amount) for amount in amounts]


def _percent(percent: object) -> float:
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 < percent < 1000:  # noqa: PLR2004
        raise ScienceError(f"The percent must lie above 0 and below 1000, not {percent!r}.")
    return float(percent)
