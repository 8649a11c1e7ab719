"""Estimates side by side by where their errors come from, never mixed into one figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lecen.science.inputs import fraction
from lecen.science.pooling.estimates import Basis, bases_of, effects_and_errors, estimates_of
from lecen.science.pooling.random_effects import Pooled, pooled

LEAST_POOLED = 2


@dataclass(frozen=True)
class Tier:
    """The estimates of one basis.

    `places` are theirs, counted from 0, `effects` and `errors` as given. `pooled` is None where there is one estimate
    alone; it is then shown as it is.
    """

    basis: Basis
    places: tuple[int, ...]
    effects: tuple[float, ...]
    errors: tuple[float, ...]
    pooled: Pooled | None


def pool_by_basis(
    effects: Any, errors: Any, *, basis: Sequence[str], method: str = "REML", level: float = 0.95
) -> tuple[Tier, ...]:
    """Pool estimates with design-based, model-based and placebo-derived errors apart, to be shown side by side.

    Parameters
    ----------
    effects, errors, method, level
        As in `random_effects`.
    basis : sequence of str
        The kind of error of each estimate, required: "design-based", "model-based" or "placebo-derived".

    Returns
    -------
    tuple of Tier
        Design-based first, placebo-derived last; only those that occur. No figure over all of them is given.

    Raises
    ------
    ScienceError
        An estimate has no basis or an unknown one, and as in `random_effects`.

    """
    y, error = effects_and_errors(effects, errors)
    kinds, level = bases_of(basis, len(y)), fraction(level, "The level")
    tiers = []
    for kind in Basis:
        places = tuple(place for place, found in enumerate(kinds) if found is kind)
        if places:
            chosen = list(places)
            enough = len(places) >= LEAST_POOLED
            whole = pooled(estimates_of(y[chosen], error[chosen], kind, least=1), method, level) if enough else None
            tiers.append(Tier(kind, places, tuple(y[chosen].tolist()), tuple(error[chosen].tolist()), whole))
    return tuple(tiers)
